"""plugins/proofreader/places: the characters of a link, and the fields of a header, in whatever form."""

import pytest
from proofreader.places.in_header import end_of_header, field
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


@pytest.mark.parametrize(
    ("header", "name", "expected"),
    [
        ("Title: A b\nSlug: c\n\nSlug: d", "slug", "c"),
        ("title:A\n\nx", "title", "A"),
        ("---\ntitle: \"A\"\nslug: 'c'\n---\nslug: d", "slug", "'c'"),
        ('+++\ntitle = "A"\n+++\nx', "title", '"A"'),
        ("A b\n###\n\n:slug: c\n:date: 2026\n\nText", "slug", "c"),
        ("A b\n###\n\n:date: 2026\n\nText", "title", "A b"),
        ('<html><head><title>A</title><meta name="slug" content="c"></head><body>x', "slug", "c"),
        ("<html><head><title>A</title></head><body>x", "title", "A"),
        ("Title: A\n\nSlug: d", "slug", None),
    ],
)
def test_a_field_is_found(header: str, name: str, expected: str | None) -> None:
    place = field(header, (name,))

    assert (header[place.start : place.end] if place else None) == expected


@pytest.mark.parametrize(
    ("text", "body"),
    [("Title: A\n\nx", "x"), ("---\na: b\n---\nx", "\nx"), ("x", "x"), ("A\n#\n\n:a: b\n\nx", "\n\nx"), ("", "")],
)
def test_the_header_ends_where_the_text_begins(text: str, body: str) -> None:
    assert text[end_of_header(text) :] == body
