"""plugins/social_images/lines.py: a title of any length and script fits its box, and is broken where it may be."""

import pytest
from social_images.cards import TITLE_BOX, TITLE_SIZES
from social_images.lines import LEADING, set_in_lines


def width(text: str) -> float:
    """As if each sign were as wide as two thirds of its height."""
    return 0.66 * len(text)


@pytest.mark.parametrize(
    "title",
    ["", "A", "Load balance between source IPs in Linux", "word " * 60, "W" * 300, "网" * 90, "🙂" * 80, "a-b " * 40],
)
def test_a_title_fits_its_card(title: str) -> None:
    size, lines = set_in_lines(title, TITLE_SIZES, *TITLE_BOX, width)

    assert all(width(line) * size <= TITLE_BOX[0] * 1.05 for line in lines)
    assert len(lines) * size * LEADING <= TITLE_BOX[1]
    assert "".join(lines).replace(" ", "").removesuffix("…") in title.replace(" ", "")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("井戸の中の青い蛙、大海", ["井戸の中の青い", "蛙、大海"]),  # a comma does not begin a line
        ("使用iptables的方法", ["使用", "iptables", "的方法"]),
        ("a" * 9, ["a" * 8, "a"]),
        ("ก็" * 5, ["ก็" * 4, "ก็"]),  # a sign stays with its letter
        ("क्षक्षक्षक्ष", ["क्षक्ष", "क्षक्ष"]),
    ],
)
def test_a_line_ends_where_it_may(title: str, lines: list[str]) -> None:
    """Eight signs fit."""
    assert set_in_lines(title, (10,), 8.5 * 6.6, 1000, width)[1] == lines
