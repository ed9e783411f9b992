"""A text that is edited in an editor is the same here, and so are its places, whatever is in it."""

from itertools import pairwise

import pytest
from drytables.commands.language_server.document import Document, Encoding, Places, split
from drytables.diagnostics.source import Span
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

#: All that ends a line for somebody, and letters that take one to four bytes.
LETTERS = "ab\r\n\u2028\u0085\f\vé防😀"
UNITS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
SIZES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def line_starts(text: str) -> list[int]:
    """Where lines begin, read character by character."""
    starts = [0]
    for at, letter in enumerate(text):
        if letter == "\n" or (letter == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts


def position(text: str, offset: int, encoding: str) -> types.Position:
    """The position of an offset by the letter of the protocol."""
    line = sum(start <= offset for start in line_starts(text)) - 1
    before = text[line_starts(text)[line] : offset]
    return types.Position(line, len(before.encode(UNITS[encoding])) // SIZES[encoding])


def opened(text: str, encoding: str = "utf-16") -> Document:
    return Document("file:///a.md", "a.md", 1, split(text), Encoding(encoding))


TEXTS = st.text(LETTERS, max_size=30)


@given(text=TEXTS)
def test_a_text_is_all_of_its_lines(text: str) -> None:
    lines = split(text)

    assert "".join(lines) == text
    assert [0, *(start for _, start in pairwise(Places(lines, Encoding()).starts[:-1]))] == line_starts(text)


@given(text=TEXTS, encoding=st.sampled_from([*UNITS]), data=st.data())
def test_a_place_is_where_the_protocol_says(text: str, encoding: str, data: st.DataObject) -> None:
    """But for the place within a CR LF, which no editor knows."""
    places = Places(split(text), Encoding(encoding))
    offset = data.draw(st.integers(0, len(text)).filter(lambda at: text[at - 1 : at + 1] != "\r\n" or not at))

    assert places.position(offset) == position(text, offset, encoding)
    assert places.offset(places.position(offset)) == offset


@given(text=TEXTS, encoding=st.sampled_from([*UNITS]), data=st.data())
def test_edits_are_made_where_the_editor_made_them(text: str, encoding: str, data: st.DataObject) -> None:
    """One after the other, as they come."""
    document = opened(text, encoding)
    for _ in range(data.draw(st.integers(1, 4))):
        outside = [at for at in range(len(text) + 1) if not at or text[at - 1 : at + 1] != "\r\n"]
        start, end = sorted((data.draw(st.sampled_from(outside)), data.draw(st.sampled_from(outside))))
        new = data.draw(st.text(LETTERS, max_size=8))
        where = types.Range(position(text, start, encoding), position(text, end, encoding))
        document.change(types.TextDocumentContentChangePartial(where, new))
        text = text[:start] + new + text[end:]

        assert document.lines == split(text)


@pytest.mark.parametrize(
    ("line", "column", "offset"),
    [
        (0, 0, 0),
        (0, 1, 1),
        (0, 2, 1),  # within the emoji
        (0, 3, 2),
        (0, 99, 3),  # behind the end of a line
        (1, 0, 5),
        (1, 99, 7),
        (9, 0, 7),  # behind the last line
    ],
)
def test_a_place_that_is_none_is_the_nearest(line: int, column: int, offset: int) -> None:
    assert opened("a😀b\r\nde").places().offset(types.Position(line, column)) == offset


def test_half_of_a_pair_is_a_unit() -> None:
    """Some editors send texts that were cut within an emoji."""
    assert opened("\ud83dab\n").places().range(Span(1, 2)) == types.Range(types.Position(0, 1), types.Position(0, 2))


def test_the_whole_text_may_come_anew() -> None:
    document = opened("a\nb")
    document.change(types.TextDocumentContentChangeWholeDocument("c\r\nd"))

    assert document.lines == ["c\r\n", "d"]
