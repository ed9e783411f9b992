"""The words of a snippet explained: a note for each place in its code, and a list with all parts of each command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from ...meaning.explain import Part
from ...page.report import Checked
from ...reading.excerpt import Excerpt
from ...reading.pattern import pattern
from .code import Note, place_in
from .explained import Explained
from .unbroken import unbroken

#: The `!` before a negated option.
_BANG = pattern(r"!\s+\Z")


class Words:
    """Collects the parts of a figure's commands as they are shown.

    Where the same words have the same sentence, Tab stops only at the first, and the list has one row for them: a
    reader meets each explanation once.
    """

    def __init__(self, explained: Explained) -> None:
        self._explained = explained
        self._listed: set[tuple[str, str]] = set()
        self._stopped_at: set[tuple[str, str]] = set()
        self._lists: list[str] = []
        self._written: list[Sequence[Part]] = []

    def read(self, commands: Iterable[Checked], code: Excerpt) -> list[Note]:
        """The notes of some commands in their code; each command is added to the list as a whole."""
        notes = []
        for checked in commands:
            parts = self._explained.of(checked.verdict.rule)
            self._written.append(parts)
            own = [part for part in parts if part.span.start >= checked.command.span.start]
            begin, end = place_in(code, checked.command.span)
            self._list(" ".join(code.text[begin:end].replace("\\\n", " ").split()), own)
            notes += self._notes(parts, code)
        return _one_a_place(notes)

    def read_corrected(self, commands: Iterable[Checked], code: Excerpt) -> list[Note]:
        """The notes of the corrected commands, as many as were read, with what is new in them marked; only new
        explanations are added to the list.
        """
        notes, rows = [], []
        for checked, written in zip(commands, self._written, strict=True):
            parts = self._explained.of(checked.verdict.rule)
            rows += self._rows(parts)
            notes += self._notes(parts, code, Counter(part.words for part in written))
        if rows:
            self._lists.append(f"<p>New in the corrected commands:</p><dl>{''.join(rows)}</dl>")
        return _one_a_place(notes)

    def html(self) -> str:
        """The list; empty if nothing could be explained."""
        return "".join(self._lists)

    def _list(self, text: str, parts: Sequence[Part]) -> None:
        rows = self._rows(parts)
        if rows:
            self._lists.append(f"<p><code>{unbroken(text)}</code></p><dl>{''.join(rows)}</dl>")

    def _rows(self, parts: Sequence[Part]) -> list[str]:
        """The rows of what is not in the list yet."""
        rows = []
        for part in parts:
            key = (part.words, part.sentence)
            if key in self._listed:
                continue
            self._listed.add(key)
            css_class = ' class="snippet-detail"' if part.is_detail else ""
            words, sentence = escape(part.words, quote=False), escape(part.sentence, quote=False)
            rows.append(f"<dt{css_class}><code>{words}</code></dt><dd>{sentence}</dd>")
        return rows

    def _notes(self, parts: Sequence[Part], code: Excerpt, written: Counter[str] | None = None) -> list[Note]:
        """The notes of a command's parts; those are new whose words are not among the `written` ones, if given."""
        notes = []
        for part in parts:
            key = (part.words, part.sentence)
            is_stop = key not in self._stopped_at
            self._stopped_at.add(key)
            start, end = place_in(code, part.span)
            bang = _BANG.search(code.text, 0, start) if part.words.startswith("!") else None
            is_new = written is not None and not written[part.words]
            if written is not None:
                written[part.words] -= 1
            notes.append(Note(bang.start() if bang else start, end, part.sentence, is_stop, is_new))
        return notes


def _one_a_place(notes: Iterable[Note]) -> list[Note]:
    """The notes, with those of one place merged: a variable may stand for several options."""
    places: dict[tuple[int, int], Note] = {}
    for note in notes:
        place = (note.start, note.end)
        earlier = places.get(place)
        if earlier is None:
            places[place] = note
        elif note.sentence not in earlier.sentence:
            places[place] = earlier._replace(sentence=f"{earlier.sentence}; {note.sentence}")
    return list(places.values())
