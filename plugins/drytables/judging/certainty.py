"""Whether a cure is certain, so that it may be made without asking: `drytables fix` makes those, and no others.

A command must be one beyond doubt, and be typed rather than printed by a program, which prints what it takes. Its
family must be beyond doubt too: which of a command's words are wrong hangs on it.
"""

from __future__ import annotations

from ..diagnostics.codes.command import WRONG_FAMILY
from ..diagnostics.codes.damage import PROSE_IN_COMMAND
from ..diagnostics.diagnostic import Diagnostic
from ..reading.family import family_of_rules, is_of_ipv6
from ..reading.word import Command

#: The languages of fences in which what follows a command is read by a shell.
_SHELLS = frozenset({"sh", "bash", "shell", "zsh", "ksh", "dash", "console", "shell-session", "shellsession"})


def is_certain(found: Diagnostic, command: Command, language: str) -> bool:
    """Whether the cure of what was found in a command of a fence is certain; `language` is that of the fence."""
    if command.is_bare or command.may_be_output or _family_is_in_doubt(found, command):
        return False
    return found.code != PROSE_IN_COMMAND or language.lower() in _SHELLS


def _family_is_in_doubt(found: Diagnostic, command: Command) -> bool:
    """Whether a command has in it what only the other family has."""
    if found.code == WRONG_FAMILY:
        return True
    arguments = " ".join(["", *(word.text for word in command.words[1:])])
    if command.family == "ipv4":
        return is_of_ipv6(arguments)
    return family_of_rules(arguments) == "ipv4"
