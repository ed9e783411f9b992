"""plugins/proofreader/checks/good_files.py: what was found to be right is not looked at again."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proofreader.checks.built_pages import look_at
from proofreader.checks.good_files import GoodFiles, PlaceLink, digest_of
from proofreader.facts.targets import Site

SITE = Site(("//example.org",), "", re.compile(r"[{|](?P<what>.*?)[|}]"))
TEXT = digest_of(b"text")
HERE = '<p id="here">'
LINK = PlaceLink("a.html", "here", "", "/a#here")
#: What a page or a feed may be made of; together they lead to files and places that are there only now and then.
PIECES = (
    '<p id="here">', '<p id="there">', '<a href="/a#here">x</a>', '<a href="a#there">x</a>', '<a href="#here">x</a>',
    '<a href="../a#here">x</a>', '<a href="/b/c#there">x</a>', '<a href="/a.xml">x</a>', '<a href="/else/">x</a>',
    '<code>&lt;a href="/a#nowhere"></code>', '<a href="https://example.org/a#here">x</a>', '<base href="/b/">',
)  # fmt: skip
NAMES = ("a.html", "b/c.html", "b/d.html", "a.xml")
SITES = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=5).map("".join))


@settings(deadline=None)
@given(st.lists(st.tuples(SITES, st.sampled_from([(), ("/else/",)])), min_size=2, max_size=5))
def test_what_is_found_is_what_a_first_look_finds(sites: list[tuple[dict[str, str], tuple[str, ...]]]) -> None:
    """Whatever is changed from one build to the next."""
    with TemporaryDirectory() as folder:
        kept = Path(folder, "kept/good")
        for number, (files, elsewhere) in enumerate(sites):
            output = Path(folder, str(number))
            for name, text in files.items():
                output.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                output.joinpath(name).write_text(text, encoding="utf-8")

            found = look_at(str(output), SITE, (), elsewhere, kept)

            assert found == look_at(str(output), SITE, (), elsewhere)


def test_a_page_whose_digest_is_known_need_not_be_read(tmp_path: Path) -> None:
    """Only one that was found to be right; a wrong one is looked at again."""
    (tmp_path / "a.html").write_text(HERE, encoding="utf-8")
    (tmp_path / "b.html").write_text('<a href="nowhere">x</a>', encoding="utf-8")
    digests = {name: bytes.fromhex(digest_of((tmp_path / name).read_bytes())) for name in ("a.html", "b.html")}
    kept = tmp_path / ".kept/good"
    look_at(str(tmp_path), SITE, kept=kept)
    (tmp_path / "a.html").write_text('<a href="unread">x</a>', encoding="utf-8")

    assert look_at(str(tmp_path), SITE, (), (), kept, digests).dead == {"nowhere": ["b.html"]}
    assert look_at(str(tmp_path), SITE, (), (), kept).dead == {"unread": ["a.html"], "nowhere": ["b.html"]}


def test_each_page_has_its_links_to_places(tmp_path: Path) -> None:
    """Also one whose links were on another page first, which has them no more when the place goes."""
    link = '<a href="/a#here">x</a>'
    for a, b, dead in ((HERE, link, []), (HERE, "", []), ("", "", ["c.html"])):
        for name, text in (("a.html", a), ("b.html", b), ("c.html", link)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        found = look_at(str(tmp_path), SITE, kept=tmp_path / ".kept/good")

        assert found.dead_anchors == ({"/a#here": dead} if dead else {})


def test_a_file_is_known_by_its_content_and_its_premises(tmp_path: Path) -> None:
    """Whatever the file is called, and wherever it is."""
    first = GoodFiles(tmp_path / "kept", ["a site"])
    first.note("a.html", TEXT, [LINK])
    first.keep()
    again = GoodFiles(tmp_path / "kept", ["a site"])

    assert again.links("a.html", TEXT) == [LINK]
    assert again.links("a.html", digest_of(b"changed")) is None
    assert again.links("b.html", TEXT) is None
    assert GoodFiles(tmp_path / "kept", ["another site"]).links("a.html", TEXT) is None


def test_what_is_asked_for_is_kept_on(tmp_path: Path) -> None:
    """A file that is gone, or was not right any more, is not."""
    for noted, asked in ((["a.html", "b.html"], []), ([], ["a.html"])):
        good_files = GoodFiles(tmp_path / "kept", [])
        for name in noted:
            good_files.note(name, TEXT, [])
        assert all(good_files.links(name, TEXT) == [] for name in asked)
        good_files.keep()
    last = GoodFiles(tmp_path / "kept", [])

    assert last.links("a.html", TEXT) == []
    assert last.links("b.html", TEXT) is None


@pytest.mark.parametrize(
    "damaged", [b"", b"[", b"{}", b"[1, 2, 3]", b"\xff", b"null", b'["@", 1]', b'["@", {"a.html": 1}]']
)
def test_what_is_damaged_is_not_used(tmp_path: Path, damaged: bytes) -> None:
    """It is written anew."""
    first = GoodFiles(tmp_path / "kept", [])
    first.note("a.html", TEXT, [LINK])
    first.keep()
    whole = (tmp_path / "kept").read_bytes()
    premises = whole.split(b'"')[1]
    (tmp_path / "kept").write_bytes(damaged.replace(b"@", premises))
    good_files = GoodFiles(tmp_path / "kept", [])

    assert good_files.links("a.html", TEXT) is None

    good_files.note("a.html", TEXT, [LINK])
    good_files.keep()
    assert (tmp_path / "kept").read_bytes() == whole


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Nothing is left of a try, either."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder/kept").mkdir(parents=True)
    for place in (tmp_path / "file/kept", tmp_path / "folder/kept", None):
        good_files = GoodFiles(place, [])
        good_files.note("a.html", TEXT, [])
        good_files.keep()

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder", "kept"]
