"""A diagnostic as text: as a compiler shows it, as one line, or as a record for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import combining, east_asian_width

from ..diagnostics.diagnostic import Diagnostic, Label, Quote
from ..diagnostics.source import Source

#: The colours of a terminal, by part.
_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "strong": "1", "frame": "1;34", "cause": "34"}
_TAB = 4
#: In characters: of a longer line only a part is shown, with so many before the fault.
_LONGEST_LINE, _BEFORE = 500, 100
#: Characters that a terminal would obey instead of showing: control characters, and those that change the direction of
#: a line.
_UNSEEN = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}
#: A name is on one line.
_UNSEEN_IN_NAMES = {**_UNSEEN, ord("\t"): 0x2409, ord("\n"): 0x240A}


def notes(diagnostic: Diagnostic) -> list[str]:
    """The notes of a diagnostic as sentences, beginning with what the real program says."""
    return [*([quoted(diagnostic.quote)] if diagnostic.quote else []), *diagnostic.notes]


def quoted(quote: Quote) -> str:
    """A sentence that quotes a program."""
    if quote.speaker == "kernel":
        return f"the kernel refuses it; iptables says: {quote.words}"
    if quote.since:
        return f"{quote.speaker} {quote.since} and later say: {quote.words}"
    return f"{quote.speaker} {'say' if quote.speaker == 'shells' else 'says'}: {quote.words}"


def short(diagnostic: Diagnostic, source: Source) -> str:
    """One line, as editors and grep read it: `path:line:column: error[code]: message`."""
    line, column = source.position(diagnostic.span.start)
    where = f"{source.path}:{line}:{column}: {diagnostic.severity}[{diagnostic.code}]: "
    return where + diagnostic.message.translate(_UNSEEN)


def record(diagnostic: Diagnostic, source: Source, base: int = 0) -> dict[str, Any]:
    """A diagnostic for JSON; `start` and `end` are character offsets from `base`, `line` and `column` count from 1."""
    line, column = source.position(diagnostic.span.start)
    fields: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "start": diagnostic.span.start - base,
        "end": diagnostic.span.end - base,
        "line": line,
        "column": column,
        "label": diagnostic.label.text,
        "notes": notes(diagnostic),
        "help": diagnostic.help,
    }
    fields["edits"] = [
        {"start": edit.span.start - base, "end": edit.span.end - base, "replacement": edit.replacement}
        for edit in diagnostic.edits
    ]
    return fields


def text(diagnostic: Diagnostic, source: Source, color: bool = False) -> str:
    """The diagnostic with its lines: carets under the fault, dashes under its causes, notes and help below."""
    line, column = source.position(diagnostic.span.start)
    lines = _lines_of(diagnostic, source)
    margin = " " * len(str(max(lines)))
    bar = _paint("|", "frame", color)
    head = _paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity, color)
    rows = [
        f"{head}{_paint(f': {diagnostic.message.translate(_UNSEEN)}', 'strong', color)}",
        f"{margin}{_paint('-->', 'frame', color)} {source.path.translate(_UNSEEN_IN_NAMES)}:{line}:{column}",
        f"{margin} {bar}",
    ]
    before = 0
    for number, labels in sorted(lines.items()):
        if before and number > before + 1:
            rows.append(_paint("...", "frame", color))
        before = number
        shown, start = _shown_part(number, labels, diagnostic, source)
        rows.append(f"{_paint(str(number).rjust(len(margin)), 'frame', color)} {bar} {_flat(shown)}".rstrip())
        rows += (f"{margin} {bar} {row}" for row in _marks(labels, diagnostic, shown, start, color))
    for kind, words in [("note", note) for note in notes(diagnostic)] + (
        [("help", diagnostic.help)] if diagnostic.help else []
    ):
        mark = f"{_paint('=', 'frame', color)} {_paint(kind, 'strong', color)}"
        rows.append(f"{margin} {mark}: {words.translate(_UNSEEN)}")
    return "\n".join(rows)


def _lines_of(diagnostic: Diagnostic, source: Source) -> dict[int, list[Label]]:
    """The numbers of the lines to show, each with the labels that begin on it."""
    lines: dict[int, list[Label]] = {}
    for label in (diagnostic.label, *diagnostic.causes):
        lines.setdefault(source.position(label.span.start)[0], []).append(label)
    return lines


def _shown_part(number: int, labels: list[Label], diagnostic: Diagnostic, source: Source) -> tuple[str, int]:
    """A line, or the part of a long one around the fault or its first cause; and the offset of the first character.

    A line may hold as many faults as it is long, and is shown with each of them.
    """
    line, start = source.line(number), source.offset(number)
    if len(line) <= _LONGEST_LINE:
        return line, start
    label = diagnostic.label if diagnostic.label in labels else min(labels, key=lambda each: each.span)
    low = max(0, label.span.start - start - _BEFORE)
    high = low + _LONGEST_LINE
    shown = ("…" if low else "") + line[low:high] + ("…" if high < len(line) else "")
    return shown, start + low - bool(low)


def _marks(labels: list[Label], diagnostic: Diagnostic, line: str, start: int, color: bool) -> Iterable[str]:
    """The row of carets and dashes under a line, with the last label's words after it and the others' in rows below.

    `start` is the offset of the line's first character.
    """
    places = []
    for label in sorted(labels, key=lambda label: label.span):
        begin = min(max(label.span.start - start, 0), len(line))
        finish = min(max(label.span.end - start, begin), len(line))
        at = _width(line[:begin])
        width = max(_width(line[:finish]) - at, 1)
        is_fault = label is diagnostic.label
        words = label.text.translate(_UNSEEN)
        places.append((at, width, "^" if is_fault else "-", words, diagnostic.severity if is_fault else "cause"))
    row, here = "", 0
    for at, width, mark, _, part in places:
        if at < here:
            continue
        row += " " * (at - here) + _paint(mark * width, part, color)
        here = at + width
    *others, last = places
    yield f"{row} {_paint(last[3], last[4], color)}" if last[3] else row
    for at, _, _, words, part in reversed(others):
        if words:
            yield " " * at + _paint(words, part, color)


def _flat(line: str) -> str:
    """A line with its tabs as spaces, and with a symbol for each invisible character."""
    return line.translate(_UNSEEN).replace("\t", " " * _TAB)


def _width(line: str) -> int:
    """How many columns of a terminal a text takes up."""
    if line.isascii():
        return len(line) + (_TAB - 1) * line.count("\t")
    return sum(
        _TAB if char == "\t" else 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in line
    )


def _paint(words: str, part: str, color: bool) -> str:
    return f"\x1b[{_COLOURS[part]}m{words}\x1b[0m" if color else words
