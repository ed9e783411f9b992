"""What hints, in a shell text before parsing, at something that is read here: most texts contain no hint.

A hint may be a false alarm, as in `docker network create`. But a text without any contains no command of iptables or
ipset and no table of iptables-save, however it is quoted and whatever variables it uses; so it need not be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..pattern import pattern

#: What the shell removes, and what may therefore appear anywhere in a name.
_QUOTING = r"""['"\\\n]*+"""


def _spelled(name: str) -> str:
    """A pattern for a name, however it is quoted."""
    return _QUOTING.join(name)


_HINTS_OF_RULES = "|".join(
    (
        _spelled("tables"),
        # Names of variables for iptables begin so.
        rf"\${_QUOTING}\{{?{_QUOTING}[iI]{_QUOTING}[pP]",
        # What a template replaces, and what may be its arguments.
        r"\}\}['\"]?[ \t]+-[A-Ztw]",
        # A line that begins a table.
        rf"\*{_QUOTING}[a-z]",
        # In `$'…'`, letters can be written as numbers.
        r"""\$['"\\]""",
    )
)
#: A program that matters by more than its name, and what begins a line for `ipset restore`.
_HINTS_OF_SETS = f"{_spelled('ipset')}|{_spelled('create')}"
#: The two parts of a name that a script may put together: the first ends a word, and the second begins one.
_PARTS = tuple(
    (pattern(rf"{name[:at]}(?![A-Za-z])"), pattern(rf"(?<![A-Za-z]){name[at:]}(?![A-Za-z])"))
    for name in ("tables", "ipset", "create")
    for at in range(1, len(name))
)
_HINT = pattern(f"{_HINTS_OF_RULES}|{_HINTS_OF_SETS}")
#: All that an iptables command, or a substitution in one, can contain.
_IN_A_RULE = rf"{_HINTS_OF_RULES}|[$`]|[<>]\("
_MAY_BE_IN_A_RULE = pattern(_IN_A_RULE)
_MAY_BE_IN_A_COMMAND = pattern(f"{_IN_A_RULE}|{_HINTS_OF_SETS}")
_WORD = pattern(r"\w+", re.ASCII)
_VARIABLE = pattern(r"\$(?:\{(\w+)\}|(\w+))", re.ASCII)
#: What sets a variable, or makes its value unknown.
_SETTING = pattern(
    r"(?<![\w.-])\w++\+?=|\]\+?="
    r"|\(\(|\$\[|\b(?:read|unset|mapfile|getopts|readarray)\s|\b(?:for|select)\b",
    re.ASCII,
)


def places_of_hints(text: str) -> list[int]:
    """The indexes at which a text has a hint, in order."""
    return [match.start() for match in _HINT.finditer(text)]


def is_hinted_by(text: str, values: Mapping[str, str]) -> bool:
    """Whether the values of the variables in a text turn it into a hint."""
    if not values or "$" not in text:
        return False
    return bool(_HINT.search(_VARIABLE.sub(lambda match: values.get(match[1] or match[2], match[0]), text)))


def may_hold_commands(text: str, values: Mapping[str, str]) -> bool:
    """Whether a script may contain anything that is read here, given the values of the variables before it."""
    if _HINT.search(text):
        return True
    return "$" in text and (_may_assemble(text) or is_hinted_by(text, values))


def _may_assemble(text: str) -> bool:
    """Whether a script may assemble a name from variables that it sets itself: then it has both parts of the name."""
    return "=" in text and any(end.search(text) and begin.search(text) for begin, end in _PARTS)


def words_in(text: str) -> set[str]:
    """All words of a script, among them the names of the variables that it sets."""
    return {*_WORD.findall(text)}


def names_used(text: str) -> set[str]:
    """The variables whose values a script may use."""
    return {match[1] or match[2] for match in _VARIABLE.finditer(text)}


def sets_variables(text: str) -> bool:
    """Whether a script may set a variable, or make its value unknown."""
    return bool(_SETTING.search(text))


def may_hold_rules(text: str) -> bool:
    """Whether a script may contain iptables commands or iptables-save tables, and not only ipset commands."""
    return bool(_MAY_BE_IN_A_RULE.search(text))


def stretch_of_commands(text: str) -> tuple[int, int]:
    """From where to where a script can contain iptables and ipset commands, as a half-open range."""
    places = [match.span() for match in _MAY_BE_IN_A_COMMAND.finditer(text)]
    return (text.rfind("\n", 0, places[0][0]) + 1, places[-1][1]) if places else (0, 0)
