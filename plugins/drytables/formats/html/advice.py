"""What could be better about the commands of a figure, for those who unfold it."""

from __future__ import annotations

from collections.abc import Iterator

from ...page.report import Snippet
from .ticks import sentence


def advice(snippet: Snippet) -> str:
    """A paragraph for each note; empty if there is none. Who reads a page sees no numbers of lines."""
    return "".join(f"<p>{' '.join(map(sentence, each))}</p>" for each in dict.fromkeys(_told(snippet)))


def _told(snippet: Snippet) -> Iterator[tuple[str, ...]]:
    number_of_line = "line "
    for checked in snippet.commands:
        for note in checked.diagnostics:
            if note.code.on == "advice":
                about = note.code.sentence if number_of_line in note.message else note.message
                yield about, note.help
