"""Quotes are followed by leaps from sign to sign, and all comes out as it does character by character."""

from __future__ import annotations

from drytables.reading.shell.quotes import Quoting, open_quote, quoted_ranges
from hypothesis import given
from hypothesis import strategies as st

texts = st.text(st.sampled_from("ab \t\n\u00a0\\'\"`#"), max_size=14)


def followed(pieces: list[str], quotes: str) -> tuple[list[tuple[int, int]], int | None, str, bool]:
    """Go through pieces of one text character by character: what is quoted or a comment, where a quote that is open
    began, which it is, and whether a word has begun.
    """
    found: list[tuple[int, int]] = []
    quote, opened, is_word = "", 0, False
    base = 0
    for text in pieces:
        at = 0
        while at < len(text):
            char = text[at]
            if char == "\\" and quote != "'":
                at += 2
                is_word = True
                continue
            if quote:
                if char == quote:
                    found.append((opened, base + at + 1))
                    quote = ""
            elif char in quotes:
                quote, opened = char, base + at
            elif char == "#" and not is_word:
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
                found.append((base + at, base + end))
                at = end
                continue
            is_word = bool(quote) or not char.isspace()
            at += 1
        base += len(text)
    return found, opened if quote else None, quote, is_word


@given(texts)
def test_what_is_quoted_and_what_is_a_comment(text: str) -> None:
    found, opened, *_ = followed([text], "'\"")

    assert quoted_ranges(text) == found + ([] if opened is None else [(opened, len(text))])


@given(texts)
def test_the_quote_that_is_left_open(text: str) -> None:
    assert open_quote(text) == followed([text], "'\"`")[1]


@given(st.lists(texts, max_size=4))
def test_a_text_can_be_followed_piece_by_piece(pieces: list[str]) -> None:
    quoting = Quoting()
    for piece in pieces:
        quoting.follow(piece)
    _, opened, quote, is_word = followed(pieces, "'\"`")

    assert (quoting.quote, quoting.is_word) == (quote, is_word)
    if opened is not None and opened >= sum(map(len, pieces[:-1])):
        assert quoting.opened == opened - sum(map(len, pieces[:-1]))
