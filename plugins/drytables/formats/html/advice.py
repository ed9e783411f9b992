"""What could be better about the commands of a figure, for those who unfold it."""

from __future__ import annotations

from collections.abc import Iterator

from ...page.report import Snippet
from .ticks import sentence

#: What a message says that has numbers of lines.
_NUMBER_OF_LINE = frozenset({"line", "lines"})


def advice(snippet: Snippet) -> str:
    """A paragraph for each note; empty if there is none. Readers of a page see no line numbers."""
    return "".join(f"<p>{' '.join(map(sentence, each))}</p>" for each in dict.fromkeys(_told(snippet)))


def _told(snippet: Snippet) -> Iterator[tuple[str, ...]]:
    for checked in snippet.commands:
        for note in checked.diagnostics:
            if note.code.on == "advice":
                about = note.message if _NUMBER_OF_LINE.isdisjoint(note.message.split()) else note.code.sentence
                yield about, note.help
