"""plugins/headers: what a header of each notation says to Pelican, and what is said of one that is wrong, and where."""

import textwrap
from typing import Any

import pytest
from drytables.diagnostics.source import Source
from headers.meanings import translate
from headers.reading import read_header
from headers.translation import Translation

SAID = [
    # A header => what Pelican is given.
    ("Title: A\nTags: a, b", {"title": "A", "tags": "a, b"}),
    ("title: A: b\nDATE: 2026-10-01", {"title": "A: b", "date": "2026-10-01 00:00:00"}),
    ('Title: "Quoted" #1', {"title": '"Quoted" #1'}),
    ("Title: A\n    and more\nSummary: one\n    two", {"title": "A and more", "summary": "one\ntwo"}),
    ("Title: A\nTags: a,\n  b\nSummary: s\n\tt", {"title": "A", "tags": "a,\nb", "summary": "s\nt"}),
    ("Title: A\nTags: [x, y]", {"title": "A", "tags": ["x", "y"]}),
    ("Title: A\nCategory: [x, 'y']", {"title": "A", "category": "x", "tags": ["y"]}),
    ("Title: A\nTags:\n  - a\n  - 'b, c'\nLang: es", {"title": "A", "tags": ["a", "b, c"], "lang": "es"}),
    ("Title: A\nAuthors:\n- Ana\n- Bo", {"title": "A", "authors": ["Ana", "Bo"]}),
    ("Title: A\nSummary:\n    - a", {"title": "A", "summary": "- a"}),
    ("Title: A\nDraft: yes", {"title": "A", "status": "draft"}),
    ("Title: A\nUrl: own/", {"title": "A", "url": "own/", "save_as": "own/index.html"}),
    ("Title: A\nUrl: own/\nSave_as: x.html", {"title": "A", "save_as": "x.html", "url": "own/"}),
    (
        "Title: A\nDate: May 2026\nDate-precision: Month",
        {"title": "A", "date": "2026-05-01 00:00:00", "date_precision": "Month"},
    ),
    (
        "---\ntitle: A\ndate: 2026\ndate_precision: year\n---",
        {"title": "A", "date": "2026-01-01 00:00:00", "date_precision": "year"},
    ),
    ("Title: A\nSave-as: x.html\nDate-Format: %Y", {"title": "A", "save_as": "x.html", "date_format": "%Y"}),
    ("---\ntitle: A\nsaveAs: x.html\n---", {"title": "A", "save_as": "x.html"}),
    ("Title: A\nColour-scheme: dark", {"title": "A", "colour-scheme": "dark"}),
    ('---\ntitle: "A: b"\ntags: [a, "b, c"]\n---', {"title": "A: b", "tags": ["a", "b, c"]}),
    ("---\ntitle: no\ntags:\n- yes\n- 1.0\n- ~\n---", {"title": "no", "tags": ["yes", "1.0"]}),
    ("---\ntitle: 10:30\nslug: 007\n---", {"title": "10:30", "slug": "007"}),
    ("---\nTitle: A\nTags: a, b\n...", {"title": "A", "tags": "a, b"}),
    ("Title: A\nTags: #x, C#, # y, #z", {"title": "A", "tags": "x, C#, # y, z"}),
    ("Title: A\nTags: #x #y", {"title": "A", "tags": ["x", "y"]}),
    ("---\ntitle: A\ntags: ['#x', 'F#']\n---", {"title": "A", "tags": ["x", "F#"]}),
    ("---\ntitle: A # a comment\ntags: # more\n- b ## x\n---", {"title": "A", "tags": ["b"]}),
    ("Title: A\nSlug: My Post/x y", {"title": "A", "slug": "My-Post/x-y"}),
    ("---\ntitle: >\n  A\n  b\nsummary: |\n  *x*\n---", {"title": "A b", "summary": "*x*\n"}),
    ("---\ntitle: A\ndate: 2026-10-01T08:00:00+02:00\n---", {"title": "A", "date": "2026-10-01 08:00:00+02:00"}),
    ("---\ntitle: &t A\ndescription: *t\n---", {"title": "A", "summary": "A"}),
    ("---\ntitle: A\ndraft: false\n---", {"title": "A"}),
    ("---\ntitle: A\ndraft: 'true'\n---", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\npublished: no\n---", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\npublished: 2026-10-01\n---", {"title": "A", "date": "2026-10-01 00:00:00"}),
    ("---\ntitle: A\nstatus: publish\nprivate: true\n---", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\nstatus: hidden\ndraft: true\n---", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\nunlisted: true\n---", {"title": "A", "status": "hidden"}),
    ("---\ntitle: A\nstatus: publish\nvisibility: Private\n---", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\nstatus: skip\npost_status: pending\n---", {"title": "A", "status": "skip"}),
    ("---\ntitle: A\nvisibility: public\n---", {"title": "A", "status": "published"}),
    ("---\ntitle: A\npermalink: false\n---", {"title": "A", "status": "skip"}),
    ("---\ntitle: A\nbuild:\n  list: never\n  render: always\n---", {"title": "A", "status": "hidden"}),
    ('+++\ntitle = "A"\n[_build]\nlist = "local"\nrender = false\n+++', {"title": "A", "status": "skip"}),
    ("Title: A\nPublic: no", {"title": "A", "status": "draft"}),
    ("---\ntitle: A\nlastmod: 2026-10-02\n---", {"title": "A", "modified": "2026-10-02 00:00:00"}),
    ("---\ntitle: A\nlast_modified_at: 2026-10-02\n---", {"title": "A", "modified": "2026-10-02 00:00:00"}),
    ("---\ntitle: A\npublishDate: 2026-10-02\n---", {"title": "A", "date": "2026-10-02 00:00:00"}),
    ("---\ntitle: A\ncategories: [x, y]\ntags: [z]\n---", {"title": "A", "category": "x", "tags": ["z", "y"]}),
    ("---\nlayout: post\ntitle: A\ntags: x y\n---", {"layout": "post", "title": "A", "tags": ["x", "y"]}),
    ("---\ntitle: A\nauthor:\n  name: Ana, B\n---", {"title": "A", "authors": "Ana, B"}),
    ("---\ntitle: A\nauthors:\n- name: Ana\n- Bo\n---", {"title": "A", "authors": ["Ana", "Bo"]}),
    ("---\ntitle: A\npermalink: /old/a.html\n---", {"title": "A", "url": "old/a.html", "save_as": "old/a.html"}),
    ("---\ntitle: A\nlang: pt_BR\nexcerpt: x\n---", {"title": "A", "lang": "pt-br", "summary": "x"}),
    ('+++\ntitle = "A"\ndate = 2026-10-01\n+++', {"title": "A", "date": "2026-10-01 00:00:00"}),
    ('+++\ntitle = "A"\n[taxonomies]\ntags = ["a,b"]\n+++', {"title": "A", "tags": ["a,b"]}),
    ('+++\ntitle = "A"\ndraft = true\n+++', {"title": "A", "status": "draft"}),
    ('+++\ntitle = "A"\ntemplate = "page.html"\n[extra]\nx = 1\n+++', {"title": "A"}),
]

WRONG = [
    # A source => the line and column at which something is said of it, and what.
    ("\n\nTitle: A\n\nText", "3:1 a header must begin in the first line"),
    ("\n---\ntitle: A\n---\nText", "2:1 a header must begin in the first line"),
    ("Title : A\n\nText", "1:1 `Title` has a blank before its colon"),
    ("Title: A\nTags\t: b\n\nText", "2:1 `Tags` has a blank before its colon"),
    ("Title: A\nSummary: one\ntwo\nTags: b\n\nText", "3:1 the header ends before this line, and goes on below it"),
    ("Title: A\n***\n  lang: es\n\nText", "2:1 the header ends before this line, and goes on below it"),
    ("Title: A\nDate: 2026-10\n\nText", "2:7 `2026-10` has no day"),
    ("Title: A\nDate: 2026\nDate-precision: month\n\nText", "2:7 `2026` has no month and no day"),
    ("Title: A\nDate: 10/01/2026\n\nText", "2:7 `10/01/2026` may mean two days"),
    ("Title: A\nDate: 01/10/26\n\nText", "2:7 `01/10/26` has a year of two digits"),
    ("Title: A\nDate: 26-10-01 10:30\n\nText", "2:7 `26-10-01 10:30` has a year of two digits"),
    ("Title: A\nModified: 1 Oct 26\n\nText", "2:11 `1 Oct 26` has a year of two digits"),
    ("---\ntitle: Issue #12\n---\nText", "2:14 `#12` is a comment here, and not part of `title`"),
    ("---\ntitle: A\ntags: #x #y\n---\nText", "3:7 `#x #y` is a comment here, and not part of `tags`"),
    ("---\ntitle: A\ntags:\n- x #y\n---\nText", "4:5 `#y` is a comment here, and not part of `tags`"),
    ("----\ntitle: A\n----\nText", "1:1 this is not `---`"),
    ("–––\ntitle: A\n–––\nText", "1:1 this is not `---`"),
    ('++\ntitle = "A"\n++\nText', "1:1 this is not `+++`"),
    ("Title: A\nTitle: B\n\nText", "2:1 `Title` is there twice"),
    ("---\ntitle: A\nTitle: B\n---\nText", "3:1 `Title` is there twice"),
    ("---\ntitle: A\n\nText", "1:1 this header is not closed"),
    ("---\ntitle: A: b\n---\nText", "2:9 this header is not valid YAML"),
    ('---\ntitle: "A\ntags: b\n---\nText', "2:8 this header is not valid YAML"),
    ("---\ntitle: A\ntags: [a\n---\nText", "3:7 this header is not valid YAML"),
    ("---\n\ttitle: A\n---\nText", "2:1 this header is not valid YAML"),
    ("---\ntitle: *b\n---\nText", "2:8 this header is not valid YAML"),
    ("---\n- a\n---\nText", "2:1 this header has no field"),
    ("---\ntitle: \x1b\n---\nText", "2:8 this header has a control character"),
    ("---\nx: " + "[" * 9000 + "\n---\nText", "1:1 this header has too many brackets"),
    ("+++\ntitle = A\n+++\nText", "2:9 this header is not valid TOML"),
    ('+++\ntitle = "A"\n\nText', "1:1 this header is not closed"),
    ('+++\ntitle = "A"\ndate = "2026"\n+++\nText', "3:8 `2026` has no month and no day"),
    ("---\ntitle: [a, b]\n---\nText", "2:9 `title` has several values"),
    ("---\ntitle: A\ndraft: maybe\n---\nText", "3:8 `maybe` is neither true nor false"),
    ("Password: x\nTitle: A\n\nText", "1:1 this `Password` would not be asked for, so the post is kept as a draft"),
    ("---\ntitle: A\nvisibility: some\n---\nText", "3:13 unknown status `some`"),
    ("Title: A\nStatus: Finished\n\nText", "2:9 unknown status `Finished`"),
    ("Title: A\nTimezone: Mars/Base\n\nText", "2:11 `Mars/Base` is not a time zone"),
    ("Title: A\nSave_as: ../x\n\nText", "2:10 no page can be written to `../x`"),
    ("Title: A\nSlug: a?b\n\nText", "2:7 this slug cannot be part of an address"),
    ("---\ntitle: A\nredirect_from: [/a/, '/b?c']\n---\nText", "3:22 nothing can lead from `/b?c` to this post"),
    ("---\ntitle: A\npermalink: /:year/:title/\n---\nText", "3:12 `/:year/:title/` cannot be the address of a post"),
]


def translated(text: str) -> Translation:
    """What a source's header says."""
    return translate(read_header(text), frozenset({"colour_scheme"}))


@pytest.mark.parametrize(("header", "said"), SAID)
def test_a_field_says_what_it_says_elsewhere(header: str, said: dict[str, Any]) -> None:
    translation = translated(f"{header}\n\nText: is *text*.\n")

    assert translation.meta == {name: [value] for name, value in said.items()}
    assert not translation.faults and not translation.unknown


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_named_at_its_place(text: str, said: str) -> None:
    source = Source("x.md", text)
    faults = translated(text).faults
    line, column = source.position(faults[0].span.start)

    assert [f"{line}:{column} {faults[0].message}", len(faults)] == [said, 1]
    assert faults[0].help


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "Title: A\nUpdate: the bug\nis fixed\n\nTitle: text",
        "---",
        "--- x\n",
        "+++",
        "Words: not\n  a header",
        "***\n\nText",
        "a\n---\nb",
    ],
)
def test_a_text_without_a_header_stays_one(text: str) -> None:
    """A rule in Markdown, or a colon in a sentence, is no fault by itself."""
    header = read_header(text)

    assert not header.fields or header.notation == "pelican"
    assert {each.message for each in header.faults} <= {"this header is not closed"}


def test_no_header_takes_more_time_than_it_is_long() -> None:
    """A YAML of aliases to aliases would be as long as the stars are many, if any were followed."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    translation = translated("---\n" + "\n".join(lines) + "\ntitle: A\n---\n")

    assert translation.meta["title"] == ["A"]


def test_addresses_are_told_from_other_names_of_a_note() -> None:
    text = textwrap.dedent("""\
        ---
        title: A
        aliases: [/old/, "2012/03/old", /old.html, https://example.org/there/, My other note]
        ---
        """)

    assert [place.save_as for place, _ in translated(text).aliases] == [
        "old/index.html", "2012/03/old/index.html", "old.html", "there/index.html",
    ]  # fmt: skip


def test_a_field_that_the_site_knows_withholds_nothing() -> None:
    header = read_header("Title: A\nPassword: x\nVisibility: 10 km\n\nText")
    translation = translate(header, frozenset({"password", "visibility"}))

    assert "status" not in translation.meta and not translation.faults
    assert translation.meta["password"] == ["x"]
