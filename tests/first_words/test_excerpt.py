"""plugins/first_words/excerpt.py: a text is cut after a sentence or a word, in every script."""

import pytest
from first_words.excerpt import shortened, weight

#: A text, how much of it there is room for, and what is left.
CUT = [
    ("One two three.", 14, "One two three."),
    ("One two three. Four five six.", 20, "One two three."),
    ("One. Two three four five six seven", 30, "One. Two three four five six…"),
    ("«Is it so?» Nobody knows it yet", 20, "«Is it so?»"),
    ("Written by J. Smith for all of us", 24, "Written by J. Smith for…"),
    ("Take one of these, e.g. Linux or so", 26, "Take one of these, e.g.…"),
    ("Debian 12.5 is the newest of them all", 20, "Debian 12.5 is the…"),
    ("one, two, three", 9, "one, two…"),
    ("abcdefghijkl", 5, "abcde…"),
    ("防火墙的规则。后来的规则", 27, "防火墙的规则。"),
    ("防火墙的规则，后来的规则", 21, "防火墙的规则…"),
    ("在 Linux 上使用防火墙的规则", 26, "在 Linux 上使用防火…"),
    ("「防火墙」的规则", 12, "「防火…"),
    ("جدار الحماية؟ ثم القواعد", 18, "جدار الحماية؟"),
    ("جدار الحماية، ثم القواعد", 14, "جدار الحماية…"),
    ("नेटवर्क क्या है। फिर आगे", 16, "नेटवर्क क्या है।"),
    ("สวัสดีครับ", 4, "สวัสดี…"),
    ("ABCDE\u0301FG", 5, "ABCDE\u0301…"),
    ("🇦🇷🇦🇷🇦🇷", 3, "🇦🇷…"),
    ("anything", 0, ""),
    ("", 10, ""),
]


@pytest.mark.parametrize(("text", "most", "left"), CUT, ids=[text for text, *_ in CUT])
def test_a_text_is_cut_where_a_reader_would_pause(text: str, most: int, left: str) -> None:
    assert shortened(text, most) == left
    assert weight(left.removesuffix("…")) <= most
