"""Lines of sudoers(5): `ada ALL=(ALL) NOPASSWD: /sbin/iptables -L, /sbin/iptables -S`.

They say what may be run, with patterns for arguments, and run nothing themselves.
"""

from __future__ import annotations

import re

from ..excerpt import Excerpt
from ..pattern import pattern
from .carried import Contents, without_lines

_TAGS = r"(?:(?:NO)?(?:PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT):[ \t]*)"
_AS = r"[ \t]*\([^()\n]*\)[ \t]*"
#: What begins such a line: who, where, as whom, and with which tags; or the name of a list of commands.
_RULE = pattern(
    rf"""[ \t]*(?:
        [%+\#]?[\w.@\\-]+[ \t]+(?:ALL[ \t]*={_AS}{_TAGS}* | [\w.,!/-]+[ \t]*=(?:{_AS}|[ \t]*){_TAGS}+)
      | Cmnd_Alias[ \t]+[A-Z]
    )""",
    re.VERBOSE,
)


def holds_sudoers(text: str) -> bool:
    """Whether a line of a text is one of sudoers."""
    return ("ALL" in text or "PASSWD" in text or "Cmnd_Alias" in text) and any(map(_RULE.match, text.splitlines()))


def sudoers_commands(code: Excerpt) -> Contents:
    """A text without its lines of sudoers, which carry nothing that is run."""
    taken: set[int] = set()
    goes_on = False
    for number, line in enumerate(code.lines()):
        if goes_on or _RULE.match(line.text):
            taken.add(number)
            goes_on = line.text.rstrip().endswith("\\")
    return Contents((), without_lines(code, taken))
