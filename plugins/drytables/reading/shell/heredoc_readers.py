"""Who reads a heredoc: all that begin in one command have one reader, which is looked at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from ..family import Family, family_of_restore
from ..pattern import pattern
from .heredocs import Heredoc

#: Programs whose heredoc is not a shell script; for `:` it is a comment.
_OTHER_INTERPRETERS = frozenset(
    {":", "python", "python3", "perl", "ruby", "node", "php", "mysql", "psql", "sqlite3", "awk"}
)
#: A line of iptables-save text.
_RESTORED = pattern(r"^[ \t]*(?:\*[a-z]|:[A-Z]|-[AIDNPX][ \t]|COMMIT$)", re.MULTILINE)
#: The program of a command, and those that hand on what they read as it is.
_NAME = pattern(r"(?:^|(?<=[\s;|&()]))(?!sudo\s|\w+=)[^\s|;&()<>]+")
_PASSES_ON = frozenset({"cat", "tee", "ssh"})
#: What ends a command, other than a pipe; a line that goes on in the next ends none.
_END_OF_COMMAND = pattern(r"(?P<goes_on>\\\n)|;|&&|\|\||\n")

#: What iptables-restore gets: a heredoc as it is typed, or what a filter makes of its lines, which is not known.
Origin = Literal["heredoc", "shown"]


class HeredocReader(NamedTuple):
    """The command or pipeline that gets a heredoc: of which `family` an iptables-restore in it is, what that gets, and
    whether it `is_other` than a shell.
    """

    text: str
    family: Family | None
    origin: Origin
    is_other: bool

    def restores(self, body: str) -> bool:
        """Whether iptables-restore reads a body, and there is a line of its format in it."""
        return self.family is not None and bool(_RESTORED.search(body))


class HeredocReaders:
    """The readers of the heredocs of a script; `text` is the script without their bodies."""

    def __init__(self, text: str, heredocs: Sequence[Heredoc]) -> None:
        self._whole, self._heredocs = text, heredocs
        self._known: dict[int, HeredocReader] = {}

    def of(self, heredoc: Heredoc) -> HeredocReader:
        """The reader of a heredoc."""
        text, commands = self._commands
        at = bisect_right(commands, (heredoc.operator[0], len(text))) - 1
        if at not in self._known:
            self._known[at] = _reader(text[slice(*commands[at])].replace("\\\n", "  "))
        return self._known[at]

    @cached_property
    def _commands(self) -> tuple[str, list[tuple[int, int]]]:
        """The script without the heredocs themselves, and the half-open ranges of its commands."""
        pieces: list[str] = []
        at = 0
        for start, end in (each.operator for each in self._heredocs):
            pieces += self._whole[at:start], " " * (end - start)
            at = end
        text = "".join((*pieces, self._whole[at:]))
        ends = [match.span() for match in _END_OF_COMMAND.finditer(text) if match["goes_on"] is None]
        begins = [0, *(end for _, end in ends)]
        return text, [*zip(begins, [*(start for start, _ in ends), len(text)], strict=True)]


def _reader(text: str) -> HeredocReader:
    first, pipe, _ = text.partition("|")
    name = _NAME.search(first)
    is_filtered = pipe and name is not None and name[0].rpartition("/")[2] not in _PASSES_ON
    is_other = not _OTHER_INTERPRETERS.isdisjoint(text.split())
    return HeredocReader(text, family_of_restore(text), "shown" if is_filtered else "heredoc", is_other)
