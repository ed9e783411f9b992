"""Rules that stand without their program and table, as `iptables -S` prints them and files of ufw hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..excerpt import Excerpt
from ..family import is_of_ipv6
from ..other_tables import is_of_other_tables
from .chunks import logical_lines

#: What each of them has.
_OPTION = re.compile(r"-[AIDRP][ \t]")
#: A rule that adds to a chain and says more than that; in a list of options, a name alone follows `-A`.
_RULE = re.compile(
    r"[ \t]*(?:\[\d+:\d+\][ \t]+)?"
    r"(?P<rule>-[AIDR][ \t]+(?P<chain>[A-Za-z][\w-]*)[ \t]++(?:\d+[ \t]++)?(?:!?[ \t]*--?[A-Za-z]).*)"
)
#: In other programs' lists of their options, `-R rule               --rule-name rule`.
_LISTED_OPTION = re.compile(r"[ \t]*-[A-Z][ \t]+\w+(?:[ ]{2}|\t)[ \t]*+--")
_TARGET = re.compile(r"[ \t](?:-[jg]|--jump|--goto)[ \t=]")
#: `-P PORT  LISTEN` is some other program's: of the chain and the policy, one has to be a name of iptables'.
_POLICY = re.compile(
    r"[ \t]*(?P<rule>-P[ \t]+"
    r"(?:(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)[ \t]+[A-Z]+|[A-Z]+[ \t]+(?:ACCEPT|DROP)))"
    r"[ \t]*\n?"
)
#: Fences in which a line that begins so is something else.
_OTHER_LANGUAGES = frozenset({"diff", "patch", "yaml", "yml", "json", "toml", "make", "makefile", "python", "c", "cpp"})


def bare_rules(code: Excerpt, language: str) -> Iterator[Excerpt]:
    """The lines that are such rules, each with the name of its program before it.

    The chain must be in capitals, as the built-in ones are, or a target must be named: other programs have an option -A
    as well, and ebtables has the same ones.
    """
    if language in _OTHER_LANGUAGES or not _OPTION.search(code.text) or is_of_other_tables(code.text):
        return
    for line in logical_lines(code):
        rule = _RULE.match(line.text)
        if rule and not _TARGET.search(line.text):
            is_of_built_in = rule["chain"].isupper() and not _LISTED_OPTION.match(line.text)
            rule = rule if is_of_built_in else None
        found = rule or _POLICY.fullmatch(line.text)
        if found:
            program = "ip6tables" if is_of_ipv6(line.text) else "iptables"
            start = found.start("rule")
            here = line.span(start, start)
            yield Excerpt.join(
                (Excerpt.written_for(program, here), Excerpt.written_for(" ", here), line.cut(start, len(line.text)))
            )
