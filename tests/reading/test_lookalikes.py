"""Words in which letters of another script stand for Latin ones are told from words of another language."""

from __future__ import annotations

import pytest
from drytables.reading.lookalikes import in_latin, is_lookalike


@pytest.mark.parametrize(
    ("text", "latin"),
    [("-А", "-A"), ("АCCEPT", "ACCEPT"), ("АССЕРТ", "ACCEPT"), ("tсp", "tcp"), ("--dроrt", "--dport"), ("-Ａ", "-A")],
)
def test_letters_that_look_latin_are_no_hole(text: str, latin: str) -> None:
    assert is_lookalike(text)
    assert in_latin(text) == latin


@pytest.mark.parametrize("text", ["шлюз", "АВТО", "-d", "ACCEPT", "мойIP", "еth0", "网关", "«ip»", "-шлюз"])
def test_words_of_another_language_do_not_look_latin(text: str) -> None:
    assert not is_lookalike(text)
