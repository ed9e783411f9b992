"""What hints, in a shell text that is not parsed yet, at something that is read here: most texts have nothing of it.

A hint may be no more than that: `docker network create` is one. But a text without any holds no command of iptables or
ipset and no table of iptables-save, however it is quoted and whatever variables stand in it; so it need not be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What the shell takes away, and which may therefore stand anywhere in a name.
_QUOTING = r"""['"\\\n]*+"""


def _spelled(name: str) -> str:
    """A pattern for a name, however it is quoted."""
    return _QUOTING.join(name)


_HINTS_OF_RULES = "|".join(
    (
        _spelled("tables"),
        # Names of variables for iptables begin so.
        rf"\${_QUOTING}\{{?{_QUOTING}[iI]{_QUOTING}[pP]",
        # A line that begins a table.
        rf"\*{_QUOTING}[a-z]",
        # In `$'…'`, letters can be written as numbers.
        r"""\$['"\\]""",
    )
)
#: A program of which more than its name is asked, and what begins a line for `ipset restore`.
_HINTS_OF_SETS = f"{_spelled('ipset')}|{_spelled('create')}"
_HINT = re.compile(f"{_HINTS_OF_RULES}|{_HINTS_OF_SETS}")
#: All that a command of iptables, or a substitution in one, can have in it.
_IN_A_RULE = rf"{_HINTS_OF_RULES}|[$`]|[<>]\("
_MAY_BE_IN_A_RULE = re.compile(_IN_A_RULE)
_MAY_BE_IN_A_COMMAND = re.compile(f"{_IN_A_RULE}|{_HINTS_OF_SETS}")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))", re.ASCII)
#: What sets a variable, or makes its value one that is not known.
_SETTING = re.compile(
    r"(?<![\w.-])\w++\+?=|\]\+?="
    r"|\(\(|\$\[|\b(?:read|unset|mapfile|getopts|readarray)\s|\b(?:for|select)\b",
    re.ASCII,
)


def places_of_hints(text: str) -> list[int]:
    """The indexes at which a text has a hint, in order."""
    return [found.start() for found in _HINT.finditer(text)]


def is_hinted_by(text: str, values: Mapping[str, str]) -> bool:
    """Whether the values of the variables in a text make a hint of it."""
    if not values or "$" not in text:
        return False
    return bool(_HINT.search(_VARIABLE.sub(lambda found: values.get(found[1] or found[2], found[0]), text)))


def may_hold_commands(text: str, values: Mapping[str, str]) -> bool:
    """Whether a script may hold anything that is read here, the values being those of the variables before it."""
    if _HINT.search(text):
        return True
    # A script can put a name together out of variables that it sets itself.
    return "$" in text and ("=" in text or is_hinted_by(text, values))


def uses_variables(text: str) -> bool:
    """Whether a script may ask for the value of a variable."""
    return bool(_VARIABLE.search(text))


def sets_variables(text: str) -> bool:
    """Whether a script may set a variable, or make its value unknown."""
    return bool(_SETTING.search(text))


def may_hold_rules(text: str) -> bool:
    """Whether commands of iptables or tables of iptables-save can be in a script, and not only commands of ipset."""
    return bool(_MAY_BE_IN_A_RULE.search(text))


def stretch_of_commands(text: str) -> tuple[int, int]:
    """From where to where in a script commands of iptables and ipset can stand, as a half-open range."""
    places = [found.span() for found in _MAY_BE_IN_A_COMMAND.finditer(text)]
    return (text.rfind("\n", 0, places[0][0]) + 1, places[-1][1]) if places else (0, 0)
