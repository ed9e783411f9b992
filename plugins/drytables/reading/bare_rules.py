"""Rules that stand without their program and table, as `iptables -S` prints them and files of ufw hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chunks import logical_lines
from .excerpt import Excerpt
from .saved import is_of_ipv6

#: A rule that adds to a chain and says more than that; in a list of options, a name alone follows `-A`.
_RULE = re.compile(
    r"[ \t]*(?:\[\d+:\d+\][ \t]+)?(?P<rule>-[AIDR][ \t]+[A-Za-z][\w-]*[ \t]++(?:\d+[ \t]++)?(?:!?[ \t]*--?[A-Za-z]).*)"
)
_POLICY = re.compile(r"[ \t]*(?P<rule>-P[ \t]+[A-Z]+[ \t]+[A-Z]+)[ \t]*\n?")
#: Fences in which a line that begins so is something else.
_OTHER_LANGUAGES = frozenset({"diff", "patch", "yaml", "yml", "json", "toml", "make", "makefile", "python", "c", "cpp"})


def bare_rules(code: Excerpt, language: str) -> Iterator[Excerpt]:
    """The lines that are such rules, each with the name of its program before it."""
    if language in _OTHER_LANGUAGES:
        return
    for line in logical_lines(code):
        found = _RULE.match(line.text) or _POLICY.fullmatch(line.text)
        if found:
            program = "ip6tables" if is_of_ipv6(line.text) else "iptables"
            start = found.start("rule")
            here = line.span(start, start)
            yield Excerpt.join(
                (Excerpt.written_for(program, here), Excerpt.written_for(" ", here), line.cut(start, len(line.text)))
            )
