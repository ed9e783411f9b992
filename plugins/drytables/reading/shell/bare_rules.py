"""Rules without their program and table, as `iptables -S` prints them and ufw's files contain them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..excerpt import Excerpt
from ..family import Family, family_of_program, family_of_rules, is_of_ipv6
from ..other_tables import is_of_other_tables
from ..pattern import pattern
from .chunks import logical_lines
from .drawings import without_remark

#: How each of them begins.
_BEGINNING = pattern(r"^[ \t]*(?:\[\d+:\d+\][ \t]+)?-[AIDRP][ \t]", re.MULTILINE)
#: A rule that adds to a chain and says more than that; in a list of options, `-A` is followed by a name alone.
_RULE = pattern(
    r"[ \t]*(?:\[\d+:\d+\][ \t]+)?"
    r"(?P<rule>-[AIDR][ \t]+(?P<chain>[A-Za-z][\w-]*)[ \t]++(?:\d+[ \t]++)?(?:!?[ \t]*--?[A-Za-z]).*)"
)
#: In other programs' lists of their options, `-R rule               --rule-name rule`.
_LISTED_OPTION = pattern(r"[ \t]*-[A-Z][ \t]+\w+(?:[ ]{2}|\t)[ \t]*+--")
#: The name of a value in such a list: `-I INPUT -o OUTPUT`.
_NAMES_VALUE = pattern(r"[ \t]-[a-z][ \t]+[A-Z][A-Z_]+(?!\S)")
_TARGET = pattern(r"[ \t](?:-[jg]|--jump|--goto)[ \t=]")
_BUILT_IN = frozenset({"INPUT", "FORWARD", "OUTPUT", "PREROUTING", "POSTROUTING"})
#: What picks packets: other programs have `-A ARCHIVE -f FILE` and `-D PORT -N`.
_MATCH = pattern(r"[ \t](?:-[psdiom]|--[sd](?:rc|st|port|ports)|--match|--protocol)[ \t=]")
#: `-P PORT  LISTEN` belongs to some other program: either the chain or the policy has to be a name from iptables.
_POLICY = pattern(
    r"[ \t]*(?P<rule>-P[ \t]+"
    r"(?:(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)[ \t]+[A-Z]+|[A-Z]+[ \t]+(?:ACCEPT|DROP)))"
    r"[ \t]*\n?"
)
#: Fences in which a line that begins like this is something else.
_OTHER_LANGUAGES = frozenset({"yaml", "yml", "json", "toml", "make", "makefile", "python", "c", "cpp"})


def bare_rules(code: Excerpt, language: str) -> Iterator[Excerpt]:
    """The lines that are such rules, each with the name of its program put before it.

    A target must be named, or the chain must be built in, or in capitals where something picks packets: other programs
    have an option -A too, and ebtables has the same options. The program is ip6tables where the rule says so, or else
    the last line that names either of them, such as the prompt before `ip6tables -S`.
    """
    if language in _OTHER_LANGUAGES or not _BEGINNING.search(code.text) or is_of_other_tables(code.text):
        return
    announced: Family | None = None
    for line in logical_lines(code):
        if "tables" in line.text:
            announced = family_of_program(line.text)
        elif line.text.count("\n") < 2:
            line = without_remark(line)
        rule = _RULE.match(line.text)
        if rule and not _TARGET.search(line.text):
            is_likely = rule["chain"] in _BUILT_IN or (rule["chain"].isupper() and _MATCH.search(line.text))
            rule = (
                rule if is_likely and not (_LISTED_OPTION.match(line.text) or _NAMES_VALUE.search(line.text)) else None
            )
        match = rule or _POLICY.fullmatch(line.text)
        if match:
            family = "ipv6" if is_of_ipv6(line.text) else family_of_rules(line.text) or announced
            program = "ip6tables" if family == "ipv6" else "iptables"
            start = match.start("rule")
            here = line.span(start, start)
            yield Excerpt.join(
                (Excerpt.written_for(program, here), Excerpt.written_for(" ", here), line.cut(start, len(line.text)))
            )
