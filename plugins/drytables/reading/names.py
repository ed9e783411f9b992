"""What iptables and the shells are called: for the patterns of all that read a text, so that they agree."""

from __future__ import annotations

from .pattern import pattern

#: Either program, in either variant.
IPTABLES = r"ip6?tables(?:-legacy|-nft)?"
#: A shell of Unix.
SHELL = r"(?:ba|da|a|k|z)?sh"
#: The folder that a program may be named with.
FOLDER = r"(?:\S*/)?"

_IPTABLES = pattern(FOLDER + IPTABLES)
_SHELL = pattern(FOLDER + SHELL)
#: Options that go with any command, and their values.
_WITH_ANY = (
    r"(?:-[wvnx46]+\d*|-W|--(?:wait|wait-interval|verbose|numeric|exact|ipv[46])(?:=\S+)?|\d+"
    r"|(?:-[tM]|--(?:table|modprobe))[ \t=]?\S+)"
)
_BEGINNING = pattern(rf"\s*{FOLDER}{IPTABLES}(?:\s++{_WITH_ANY})*+\s*")


def is_iptables(word: str) -> bool:
    """Whether a word names one of them, by any path."""
    return bool(_IPTABLES.fullmatch(word))


def is_shell(word: str) -> bool:
    """Whether a word names a shell, by any path."""
    return bool(_SHELL.fullmatch(word))


def is_beginning(text: str) -> bool:
    """Whether a text is no more than the beginning of a command, to which others add the rest: `/sbin/iptables -w`."""
    return bool(_BEGINNING.fullmatch(text))
