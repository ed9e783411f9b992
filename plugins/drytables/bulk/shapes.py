"""Judges commands of one shape once: what holds for one without its values holds for all of them.

A rule set says the same few things over and over, about different addresses and ports. A shape is a command without the
values of its options. Once it is known which of these the verdict depends on, the others need only be read and printed,
by the same declarations as always.

Nothing is taken on trust. A command is judged in full if a value cannot be read, if a check or an older release may
distinguish it from the values seen before, if it names something on the reader's machine, or if there is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..formats.records import as_line, rule_record
from ..grammar.history.releases import Release
from ..meaning.slots import KEPT, Slots, find_slots
from ..nft.writing import NFT
from ..reading.pattern import pattern
from ..reading.shell.line import read_line

#: How many shapes and answers are kept at most, and how long their lines may be. When there are more, all are
#: forgotten.
_MOST, _LONGEST = 16_384, 1_000

_KEPT = "|".join(KEPT)
#: An option and its value, bare or in quotes, which looks like neither an option nor a `!`. Whether it is a value is
#: only a guess: a wrong one is discovered when the command is judged without it.
_VALUE = pattern(
    rf""" (-[sdio]|--(?!(?:{_KEPT})[ ])[^ =]+) +([^-! "'\\][^ "'\\]*|"(?![-!"])[^"\\]*"|'(?![-!'])[^']*')(?= |\Z)"""
)
_QUOTING = pattern(r"""["'\\]""")
_QUOTES = "\"'"

#: The placeholders for the canonical form and for the lines in nft in a record.
_MARK, _NFT_MARK = "\ue000", "\ue001"

#: A line's record as a line of JSON, and whether its command is refused.
Answer = tuple[str, bool]


class Form(NamedTuple):
    """An answer without the values: the JSON around the canonical form and the lines in nft, and these two as format
    strings.
    """

    before: str
    canonical: str | None
    between: str
    nft: str | None
    after: str

    def filled(self, printed: Sequence[str], nft_printed: Sequence[str]) -> str:
        """The answer for a command with these values."""
        form = "null" if self.canonical is None else encode_basestring(self.canonical.format(*printed))
        if self.nft is None:
            return f"{self.before}{form}{self.between}null{self.after}"
        lines = ", ".join(map(encode_basestring, self.nft.format(*nft_printed).split("\n")))
        return f"{self.before}{form}{self.between}[{lines}]{self.after}"


class Shape:
    """What is known of a shape: its slots in the canonical form and in nft, and the answers by what these depend on.

    `slots`, or an answer, is None while only one command was seen: most that occur once do not occur again.
    """

    __slots__ = ("answers", "nft_slots", "slots")

    def __init__(self) -> None:
        self.slots: Slots | None = None
        self.nft_slots: Slots | None = None
        self.answers: dict[Hashable, Form | None] = {}


class Shapes:
    """Answers lines as `rule_record` does, and remembers the shapes that it has met."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._shapes: dict[Hashable, Shape] = {}
        self._held = 0

    def answer(self, line: str) -> Answer:
        """The record of a line, as a line of JSON, and whether its command is refused."""
        if len(line) > _LONGEST or not (line.isascii() and line.isprintable()):
            return self._judged(line)
        kept = _VALUE.split(line)
        values = kept[2::3]
        del kept[2::3]
        if _QUOTING.search(line):
            if any(map(_QUOTING.search, kept)):
                return self._judged(line)
            values = [value[1:-1] if value[0] in _QUOTES else value for value in values]
        key = tuple(kept)
        shape = self._shapes.get(key)
        if shape is None:
            self._make_room()
            self._shapes[key] = Shape()
            return self._judged(line)
        if shape.slots is None or shape.nft_slots is None:
            return self._learnt(shape, line)
        reading, nft_reading = shape.slots.read(values), shape.nft_slots.read(values)
        if reading is None or nft_reading is None:
            return self._judged(line)
        facts = (reading[1], nft_reading[1])
        form = shape.answers.get(facts)
        if form is not None:
            return form.filled(reading[0], nft_reading[0]), False
        if facts in shape.answers:
            return self._learnt(shape, line)
        self._make_room()
        shape.answers[facts] = None
        return self._judged(line)

    def _make_room(self) -> None:
        self._held += 1
        if self._held > _MOST:
            self._shapes.clear()
            self._held = 1

    def _judged(self, line: str) -> Answer:
        record = rule_record(line, self.release)
        return as_line(record), not record["ok"]

    def _learnt(self, shape: Shape, line: str) -> Answer:
        """Judge a line in full, and record what part of its answer holds for other values."""
        record = rule_record(line, self.release)
        command = read_line(Source("-", line))
        if record["status"] == "accepted" and not record["diagnostics"] and not isinstance(command, Diagnostic):
            starts = {match.start(2) for match in _VALUE.finditer(line)}
            places = [place for place, word in enumerate(command.words) if word.span.start in starts]
            nft = None if record["nft"] is None else "\n".join(record["nft"])
            slots = find_slots(command, places, shape.slots, record["canonical"], self.release)
            nft_slots = find_slots(command, places, shape.nft_slots, nft, self.release, NFT)
            if _differ(slots, shape.slots) or _differ(nft_slots, shape.nft_slots):
                shape.slots, shape.nft_slots, shape.answers = slots, nft_slots, {}
            values = [command.words[place].text for place in places]
            reading, nft_reading = slots.read(values), nft_slots.read(values)
            if reading is not None and nft_reading is not None:
                shape.answers[reading[1], nft_reading[1]] = _form(record, slots, nft_slots)
        return as_line(record), not record["ok"]


def _differ(found: Slots, known: Slots | None) -> bool:
    """Whether an answer depends on other slots than was known."""
    return known is None or (found.bound, found.telling) != (known.bound, known.telling)


def _form(record: dict[str, Any], slots: Slots, nft_slots: Slots) -> Form:
    before, rest = as_line({**record, "canonical": _MARK, "nft": _NFT_MARK}).split(encode_basestring(_MARK))
    between, after = rest.split(encode_basestring(_NFT_MARK))
    return Form(before, slots.form, between, nft_slots.form, after)
