"""plugins/proofreader/places: the characters of a link."""

import pytest
from proofreader.places.in_source import LinksInSource


@pytest.mark.parametrize(
    ("text", "value", "number", "expected"),
    [
        ("[a](x.md) [b](x.md)", "x.md", 0, 4),
        ("As x.md says: [a](x.md)", "x.md", 0, 18),
        ("[a](x.md) [b](x.md)", "x.md", 1, 14),
        ("[a][r] [b][r]\n\n[r]: x.md", "x.md", 1, 20),
        ("[a]({filename}x.md) [b](x.md)", "x.md", 0, 24),
        ("[a](p.md#x) [b](#x)", "#x", 0, 16),
        ("[a](/x/y/) [b](/x/)", "/x/", 0, 15),
        ("<https://example.org/x>", "https://example.org/x", 0, 1),
        ("at https://example.org/x.", "https://example.org/x", 0, 3),
        ('<img alt="" src="x.png">', "x.png", 0, 17),
        ("<img src=x.png>", "x.png", 0, 9),
        ('<img alt="x"> [a](img)', "img", 0, 18),
        ("[a](<x y.md>)", "x y.md", 0, 5),
        ("[a](x%20y.md)", "x y.md", 0, 4),
        ("[a](x y.md)", "x%20y.md", 0, 4),
        ("[a](/x?a=1&amp;b)", "/x?a=1&b", 0, 4),
        ("`[a](x.md)` [b](x.md)", "x.md", 0, 16),
        ("```\n[a](x.md)\n```\n[b](x.md)", "x.md", 0, 22),
        ("~~~~ md\n[a](x.md)\n~~~\n~~~~\n[b](x.md)", "x.md", 0, 31),
        ("<!-- [a](x.md) -->\n[b](x.md)", "x.md", 0, 23),
        ("[a](`x.md`)", "x.md", 0, 5),
        ("`name <x.md>`_", "x.md", 0, 7),
        (".. image:: x.png", "x.png", 0, 11),
        (".. _name: x.md", "x.md", 0, 10),
        ("[a]() [b](  )", "", 1, 8),
        ("nothing", "x.md", 0, None),
    ],
)
def test_a_link_is_found(text: str, value: str, number: int, expected: int | None) -> None:
    """By its place, counted in characters from 0."""
    place = LinksInSource(text, 0).place(value, number)

    assert (place.start if place else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](#x)\n\n# A {#x}\n\n# B {: .b #x}", 30),
        ("[a](#x)\n\n<a name=x></a> <p id='x'>", 31),
        ("# A {#x}\n\n# B {#xy}", 6),
        ("[a](#x)", None),
    ],
)
def test_where_an_id_is_given_again(text: str, expected: int | None) -> None:
    place = LinksInSource(text, 0).place_of_id("x", 1)

    assert (place.start if place else None) == expected
