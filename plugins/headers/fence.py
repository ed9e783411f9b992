"""A header between two lines of signs, which nothing but the notation between them tells apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span

from .codes import UNREADABLE_HEADER
from .header import Field, Header, Notation, fault


class Unreadable(Exception):
    """What is between the lines is not in the notation; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Fence:
    """The lines around headers in a notation: `sign` above and below them, where `other_end` may be instead.

    `unmeant` says what to write for a text that begins with such a line and has no header; empty if none does.
    """

    notation: Notation
    sign: str
    other_end: str = ""
    unmeant: str = ""

    def begins(self, text: str) -> bool:
        """Whether a text begins with such a header, or with a line that looks like it."""
        return text.partition("\n")[0].rstrip(" \t") == self.sign

    def read(self, text: str, fields: Callable[[str, int], Iterable[Field]]) -> Header:
        """The header of a text that begins with one.

        `fields` reads what is between the lines, given the text up to the end of that and where it starts. Raises
        Unreadable.
        """
        ends = "|".join(re.escape(each) for each in (self.sign, self.other_end) if each)
        start = text.find("\n") + 1 or len(text)
        end = re.compile(rf"^(?:{ends})[ \t]*$", re.MULTILINE).search(text, start)
        if end is None:
            return Header(self.notation, (), text.count("\n") + 1, (self._unclosed(),))
        lines = text.count("\n", 0, end.start()) + 1
        try:
            return Header(self.notation, tuple(fields(text[: end.start()], start)), lines)
        except Unreadable as error:
            return Header(self.notation, (), lines, (error.diagnostic,))

    def _unclosed(self) -> Diagnostic:
        return fault(
            UNREADABLE_HEADER,
            "this header is not closed",
            Span(0, len(self.sign)),
            "it begins here",
            help=f"end it with a line `{self.sign}`{self.unmeant and f'; {self.unmeant}'}",
        )
