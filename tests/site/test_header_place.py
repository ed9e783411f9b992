"""plugins/header_place.py: where a header says something, whether the plugin `headers` has read it or nobody has."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from header_place import end_of_header, place_of
from headers.markdown_extension import Facts
from headers.meanings import translate
from headers.reading import read_header


def searched(folder: Path, text: str, *fields: str, value: str = "") -> str:
    """What is at the place that is found in a text."""
    file = folder / "post.md"
    file.write_text(text, encoding="utf-8", newline="")
    found, span = place_of(SimpleNamespace(source_path=file), *fields, value=value)
    return found[span.start : span.end]


def known(text: str, *fields: str, value: str = "") -> str:
    """What is at the place of a field that `headers` has read."""
    header = read_header(text)
    facts = Facts(header.notation, text, translate(header, frozenset()).places)
    found, span = place_of(SimpleNamespace(source_path="", header=facts), *fields, value=value)
    return found[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Title: A b\nSlug: c\n\nSlug: d", "slug", "c"),
        ("title:A\n\nx", "title", "A"),
        ("Title: A\nDate-precision: week\n\nx", "date_precision", "week"),
        ("Title: A\r\nSlug: c\r\n\r\nx", "slug", "c"),
        ("---\ntitle: \"A\"\nslug: 'c'\n---\nslug: d", "slug", "'c'"),
        ('+++\ntitle = "A"\n+++\nx', "title", '"A"'),
        ("A b\n###\n\n:slug: c\n:date: 2026\n\nText", "slug", "c"),
        ("A b\n###\n\n:date: 2026\n\nText", "title", "A b"),
        ("###\nA b\n###\n\n:date: 2026\n\nText", "title", "A b"),
        ('<html><head><title>A</title><meta name="slug" content="c"></head><body>x', "slug", "c"),
        ("<html><head><title>A</title></head><body>x", "title", "A"),
        ("Title: A\n\nSlug: d", "slug", "Title: A"),
        ("", "slug", ""),
    ],
)
def test_a_field_is_found_in_a_text(tmp_path: Path, text: str, name: str, expected: str) -> None:
    """Without the field, the first line is its place."""
    assert searched(tmp_path, text, name) == expected


@pytest.mark.parametrize("text", ["\n" * 300_000, "!" * 300_000, "a" * 300_000 + "\nb", "<meta name=tags " * 20_000])
def test_whatever_a_text_is_it_is_soon_looked_through(tmp_path: Path, text: str) -> None:
    """What grows with the square takes minutes here."""
    assert searched(tmp_path, f"X: y\n\n{text}", "tags", "title").startswith("X: y"[: len(text)])


#: A header, and what is at the place of the tag `C`.
TAGS = [
    ("Tags: C++, C#, C", "C"),
    ("Tags: C++; C; B, C", "C"),
    ("Tags: [C++, 'C']", "C"),
    ("---\ntags: [x-C, C-x, C]\n---", "C"),
    ("---\ntags:\n- x\n- C\n---", "C"),
    ('+++\ntags = [\n  "C#",\n  "C",\n]\n+++', "C"),
    ('+++\n[taxonomies]\ntags = ["C++", "C"]\n+++', "C"),
    ("---\nlayout: post\ntags: x C y\n---", "C"),
    ("Category: C\nTags: x", "C"),
    ("---\ncategories: [x, C]\n---", "C"),
    ("Tags: x", "x"),
    ("Title: A", "Title: A"),
]


@pytest.mark.parametrize(("header", "expected"), TAGS)
def test_one_of_several_values_is_found(tmp_path: Path, header: str, expected: str) -> None:
    text = f"{header}\n\nTags: C\n"
    found = known(text, "tags", "category", value="C")

    assert found == expected
    if "\n-" not in header and "taxonomies" not in header and "[\n" not in header and "categories" not in header:
        assert searched(tmp_path, text, "tags", "category", value="C") == expected


def test_the_right_one_of_several_alike_is_found() -> None:
    text = "Title: C\nTags: C++, C-x, C\n"
    facts = Facts(
        "pelican", text, {"title": read_header(text).fields[0].span, "tags": read_header(text).fields[1].span}
    )
    _, span = place_of(SimpleNamespace(source_path="", header=facts), "tags", value="C")

    assert span.start == len(text) - 2


@pytest.mark.parametrize("header", ["Language: xx", "---\nlocale: xx\n---", '+++\nlang = "xx"\n+++'])
def test_a_field_is_found_under_any_of_its_names(header: str) -> None:
    assert known(f"{header}\n\nx", "lang").strip('"') == "xx"


@pytest.mark.parametrize(
    ("text", "body"),
    [("Title: A\n\nx", "x"), ("---\na: b\n---\nx", "\nx"), ("x", "x"), ("A\n#\n\n:a: b\n\nx", "\n\nx"), ("", "")],
)
def test_the_header_ends_where_the_text_begins(text: str, body: str) -> None:
    assert text[end_of_header(text) :] == body
