"""plugins/press/site/spare.py: a build takes pages from the site before the last one, and it is as good as a clean one.

SEQUENCES=50 for a long run, SEED for other edits.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.build import build
from press.site import premises, stamps
from press.site.spare import Spare, _read

if TYPE_CHECKING:
    from .conftest import SmallSite

SEQUENCES, SEED = int(os.environ.get("SEQUENCES", "2")), int(os.environ.get("SEED", "1"))
OUTPUT = Path("output")


@pytest.fixture
def site(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """Return a site with a folder for each post, on a day that does not end, and where a stamp is proof at once."""
    monkeypatch.setattr(premises, "today", lambda: date(2026, 11, 28))
    monkeypatch.setattr(stamps, "_CLOCK", 0)
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["own"]\nARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"')
    small.write("plugins/own.py", "def register():\n    pass\n")
    for name in ("one", "two", "three"):
        small.post(f"{name}.md", f"The words of {name}.", slug=name)
    return small


def press(site: SmallSite, output: Path = OUTPUT) -> str:
    """Build in a process of its own, and return what is wrong, if anything."""

    def attempt() -> str:
        try:
            build(Path("pelicanconf.py"), output)
        except (Exception, SystemExit) as error:
            return repr(error)
        return ""

    return str(site.in_a_process(attempt))


def files(folder: Path = OUTPUT) -> dict[str, bytes]:
    """All that is in a site."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def inodes(folder: Path = OUTPUT) -> dict[str, int]:
    """Which file each page is."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*.html")}


def clean(site: SmallSite) -> dict[str, bytes]:
    """All that is in the site of a build that nothing is kept for."""
    Path("cache").rename("aside")
    try:
        assert press(site, Path("clean")) == ""
        return files(Path("clean"))
    finally:
        shutil.rmtree("clean", ignore_errors=True)
        shutil.rmtree("cache", ignore_errors=True)
        Path("aside").rename("cache")


def spare() -> Path:
    """Where the spare site is."""
    (tree,) = Path("cache/press").glob("*/spare")
    return tree


def builds(site: SmallSite, count: int) -> None:
    """Build some times, with another text in one post each time."""
    for number in range(count):
        site.post("one.md", f"Words of build {number}.", slug="one")
        assert press(site) == ""


def test_pages_are_moved_and_not_written_again(site: SmallSite) -> None:
    """Two sites take turns: what is the same in three of them is two files."""
    builds(site, 2)
    in_place, ready = inodes(), inodes(spare())
    assert ready.keys() == in_place.keys()

    builds(site, 3)

    changed = {"2026/one/index.html", "index.html"}
    assert {name for name, inode in inodes().items() if inode != in_place[name]} >= changed
    assert {name: inode for name, inode in inodes().items() if name not in changed} == {
        name: inode for name, inode in ready.items() if name not in changed
    }
    assert files() == clean(site)


def test_a_first_change_finds_all_other_pages_ready(site: SmallSite) -> None:
    """A build that finds no site makes copies of its pages; who builds once more has just these."""
    builds(site, 1)
    ready = inodes(spare())
    assert {name: (spare() / name).read_bytes() for name in ready} == files()

    site.post("one.md", "Other words.", slug="one")
    assert press(site) == ""

    assert {name for name, inode in inodes().items() if inode != ready[name]} <= {"2026/one/index.html"}
    assert {name: (spare() / name).read_bytes() for name in ready} == files()


def test_nothing_is_left_undone_below_a_folder_that_is_the_same(site: SmallSite) -> None:
    """A year has a page of its own, and folders of posts; what comes into one of those shows in none above."""
    site.post("year.md", "All of it.", save_as="2026/index.html")
    site.write(
        "plugins/own.py",
        """
import pathlib
from pelican import signals
def attach(pelican):
    file = pathlib.Path(pelican.output_path, "2026/two/words.txt")
    file.write_text("words")
    file.chmod(0o600)
    page = file.with_name("index.html")
    if pathlib.Path("closes").exists():
        page.chmod(0o600)
def register():
    signals.finalized.connect(attach)
""",
    )
    for number in range(6):
        if number == 4:
            Path("closes").touch()
        assert press(site) == ""
        assert {path.stat().st_mode & 0o777 for path in OUTPUT.rglob("*.*")} == {0o644}
        assert not [*spare().rglob("*.txt")]


def test_a_spare_site_has_pages_only(site: SmallSite) -> None:
    """A site with thousands of pictures is not there twice."""
    site.write("content/images/picture.png", "picture")
    builds(site, 3)

    assert (OUTPUT / "images/picture.png").is_file()
    assert {path.suffix for path in spare().rglob("*") if path.is_file()} == {".html"}


def test_no_page_of_the_site_in_place_is_touched(site: SmallSite) -> None:
    """A build that fails after its pages were put together leaves the files of readers as they are."""
    site.write(
        "plugins/own.py",
        """
import pathlib
from pelican import signals
def spoil(pelican):
    for page in pathlib.Path(pelican.output_path).rglob("*.html"):
        with page.open("a") as file:
            file.write("spoilt")
    if pathlib.Path("fails").exists():
        raise SystemExit("error: it fails")
def register():
    signals.finalized.connect(spoil)
""",
    )
    builds(site, 3)
    good = files()
    assert all(content.endswith(b"spoilt") and content.count(b"spoilt") == 1 for content in good.values())
    Path("fails").touch()
    with pytest.raises(AssertionError):
        builds(site, 1)
    assert files() == good

    Path("fails").unlink()
    builds(site, 2)
    assert files() == clean(site)


def test_a_page_that_a_plugin_changes_beside_others_is_made_ready_anew(site: SmallSite) -> None:
    """Its folder came and went whole, with its time; what a plugin did to one page in it must not be passed over."""
    site.settings(
        'PLUGIN_PATHS, PLUGINS = ["plugins"], ["own"]\nARTICLE_SAVE_AS = "all/{slug}.html"\nINDEX_SAVE_AS = ""'
    )
    site.write(
        "plugins/own.py",
        """
import pathlib
from pelican import signals
def close(pelican):
    page = pathlib.Path(pelican.output_path, "all/two.html")
    if pathlib.Path("closes").exists():
        page.chmod(0o600)
def register():
    signals.finalized.connect(close)
""",
    )
    for number in range(5):
        if number == 3:
            Path("closes").touch()
        assert press(site) == ""
        assert {path.stat().st_mode & 0o777 for path in OUTPUT.rglob("*.html")} == {0o644}


def test_plugins_are_told_the_digests_of_pages(site: SmallSite) -> None:
    """But not of one that another plugin has changed."""
    site.write(
        "plugins/own.py",
        """
import hashlib, json, pathlib
from pelican import signals
def tell(pelican):
    output = pathlib.Path(pelican.output_path)
    (output / "2026/one/index.html").write_bytes(b"changed")
    wrong = [
        name for name, digest in pelican.digests().items()
        if digest != hashlib.blake2b((output / name).read_bytes(), digest_size=16).digest()
    ]
    pathlib.Path("told").write_text(json.dumps([sorted(pelican.digests()), wrong]))
def register():
    signals.finalized.connect(tell)
""",
    )
    for _ in range(3):
        assert press(site) == ""
        assert json.loads(Path("told").read_text()) == [sorted(files().keys() - {"2026/one/index.html"}), []]


def test_the_pages_of_two_quick_builds_need_not_be_read(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the same file system did later is proof that their stamps will be others after the next change."""
    monkeypatch.setattr(stamps, "_CLOCK", 10**18)
    for _ in range(20):  # all may be written within one tick of that clock, and is then read
        builds(site, 2)
        lists = _read(spare().with_name("spare.pages"))
        if all(pages[f"2026/{each}/index.html"].is_settled for pages in lists for each in ("two", "three")):
            return
    pytest.fail("none is settled")


def rewritten(page: Path) -> None:
    """Write something of the same length, and give the file its old time back."""
    status = page.stat()
    page.write_bytes(b"x" * status.st_size)
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def linked(page: Path) -> None:
    """Put a link in its place."""
    page.rename("elsewhere.html")
    page.symlink_to(Path("elsewhere.html").resolve())


def made_a_folder(page: Path) -> None:
    """Put a folder in its place, in which there is something."""
    page.unlink()
    page.mkdir()
    (page / "index.html").write_text("stray", encoding="utf-8")


#: What somebody may do to a page, or around it.
TAMPERS: dict[str, Callable[[Path], object]] = {
    "rewritten": rewritten,
    "longer": lambda page: page.write_bytes(page.read_bytes() + b"more"),
    "removed": lambda page: page.unlink(),
    "a link": linked,
    "a folder": made_a_folder,
    "beside it": lambda page: page.with_name("stray.html").write_text("stray", encoding="utf-8"),
    "no folder": lambda page: shutil.rmtree(page.parent),
    "another's": lambda page: (page.unlink(), shutil.copy2("output/2026/three/index.html", page)),
    "of other permissions": lambda page: page.chmod(0o600),
}


@pytest.mark.parametrize("is_spare", [False, True])
@pytest.mark.parametrize("tamper", TAMPERS)
def test_what_somebody_has_changed_is_not_taken(site: SmallSite, tamper: str, is_spare: bool) -> None:
    """In the site in place, which is the spare one a build later, and in that."""
    builds(site, 2)
    TAMPERS[tamper]((spare() if is_spare else OUTPUT) / "2026/two/index.html")

    builds(site, 1)
    expected = clean(site)
    for _ in range(3):
        assert files() == expected
        assert {path.stat().st_mode & 0o777 for path in OUTPUT.rglob("*.html")} == {0o644}
        assert press(site) == ""


#: What may be wrong with what is kept.
DAMAGES: dict[str, Callable[[Path], object]] = {
    "the list is gone": lambda tree: tree.with_name("spare.pages").unlink(),
    "the list is cut short": lambda tree: os.truncate(tree.with_name("spare.pages"), 100),
    "the list is another": lambda tree: tree.with_name("spare.pages").write_bytes(bytes(500)),
    "the tree is gone": lambda tree: shutil.rmtree(tree),
    "the tree is a file": lambda tree: (shutil.rmtree(tree), tree.write_text("", encoding="utf-8")),
    "the tree is a link": lambda tree: (tree.rename("moved"), tree.symlink_to(Path("moved").resolve())),
    "the output is gone": lambda tree: shutil.rmtree(OUTPUT),
    "both are gone": lambda tree: (shutil.rmtree(tree), shutil.rmtree(OUTPUT)),
    "they were exchanged": lambda tree: (OUTPUT.rename("x"), tree.rename(OUTPUT), Path("x").rename(tree)),
    "the output was copied": lambda tree: (
        shutil.copytree(OUTPUT, "x"),
        shutil.rmtree(OUTPUT),
        Path("x").rename(OUTPUT),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_done_without(site: SmallSite, damage: str) -> None:
    builds(site, 2)
    DAMAGES[damage](spare())

    builds(site, 1)
    expected = clean(site)
    for _ in range(3):
        assert files() == expected
        assert press(site) == ""


def test_a_build_does_without_while_another_has_it(site: SmallSite) -> None:
    """Two sites are built from the same sources into two folders."""
    builds(site, 2)
    ready = inodes(spare())
    other = Spare(spare().parent)
    try:
        builds(site, 1)
        assert files() == clean(site)
        assert inodes(spare()) == ready
    finally:
        other.close()

    builds(site, 1)
    assert files() == clean(site)


#: What an author does, in any order.
EDITS: list[Callable[[SmallSite, int], object]] = [
    lambda site, number: site.post("one.md", f"Text {number}.", slug="one"),
    lambda site, number: site.post("two.md", "Text.", slug="two", title=f"Title {number}"),
    lambda site, number: site.post("three.md", "Text.", slug=f"three-{number % 2}"),
    lambda site, number: site.post("three.md", "Text.", save_as="x" if number % 2 else "x/index.html"),
    lambda site, number: site.post("new.md", "Text.", slug="new", date=f"20{number % 2 + 20}-01-01"),
    lambda site, number: (site.folder / "content/posts/new.md").unlink(missing_ok=True),
    lambda site, number: site.write("content/pages/about.md", f"Title: About\n\nText {number}.\n"),
    lambda site, number: site.write("content/images/picture.png", f"picture {number}"),
    lambda site, number: site.write("theme/templates/article.html", f"{number % 2} {{{{ article.content }}}}"),
    lambda site, number: None,
    lambda site, number: rewritten(sorted(OUTPUT.rglob("*.html"))[number % 3]),
    lambda site, number: shutil.rmtree(OUTPUT),
]


@pytest.mark.parametrize("sequence", range(SEQUENCES))
def test_any_edits_one_after_the_other(site: SmallSite, sequence: int) -> None:
    """After each the site is that of a clean build."""
    chosen = random.Random(SEED * 1000 + sequence)
    builds(site, 1)
    for number in range(15):
        edit = chosen.choice(EDITS)
        edit(site, number)
        assert press(site) == ""
        assert files() == clean(site), (number, EDITS.index(edit))
