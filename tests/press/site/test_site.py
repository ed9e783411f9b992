"""plugins/press/site/site.py: what each save leads to, and what is at each address."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.edition import Edition
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

PLUGIN = """
from pathlib import Path
from pelican import signals

def write(pelican):
    (Path(pelican.output_path) / "written.txt").write_text(Path("data.txt").read_text())

def register():
    signals.finalized.connect(write)
"""
NEEDY = """
import errno
import os
from pelican import signals

def write(generator):
    if not os.environ["ROOM"]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

def register():
    signals.article_generator_finalized.connect(write)
"""
#: Where files are that are not pages: written by the plugin, copied from the theme and from the content.
FILES = ("/written.txt", "/theme/style.css", "/images/a b%41ü.txt")


def ready(small: SmallSite) -> None:
    """Give a site a post, a page, pictures, and a plugin that writes a file."""
    small.settings('PLUGIN_PATHS, PLUGINS, THEME_TEMPLATES_OVERRIDES = ["plugins"], ["writing"], ["own"]')
    small.write("plugins/writing.py", PLUGIN)
    small.write("data.txt", "one")
    small.write("theme/static/style.css", "p {}")
    small.write("content/images/a b%41ü.txt", "picture")
    small.post(text="To [a part]({filename}two.md).")
    small.post("two.md", slug="zwei ☃%20")
    (small.folder / "own").mkdir()


SAVES: list[tuple[Callable[[SmallSite], object], bool]] = [
    # what is saved => whether a new process must read it
    (lambda small: small.post(text="Other words."), False),
    (lambda small: small.post("three.md"), False),
    (lambda small: (small.folder / "content/posts/two.md").unlink(), False),
    (lambda small: small.write("content/images/a b%41ü.txt", "another"), False),
    (lambda small: small.write("theme/templates/article.html", "changed"), False),
    (lambda small: small.write("theme/static/style.css", "a {}"), False),
    (lambda small: small.write("own/article.html", "own"), False),
    (lambda small: small.settings("SITENAME = 'Other'"), True),
    (lambda small: small.write("plugins/writing.py", PLUGIN + "# changed\n"), True),
    (lambda small: small.write("data.txt", "two"), True),
]


@pytest.mark.parametrize(("save", "must_restart"), SAVES)
def test_only_what_a_process_keeps_in_mind_needs_another_one(
    small: SmallSite, save: Callable[[SmallSite], object], must_restart: bool
) -> None:
    """Also after every address was asked for, and after earlier saves."""
    ready(small)

    def play() -> list[tuple[int, bool]]:
        site = Site(Path("pelicanconf.py"))
        editions = [site.look()]
        for words in ("More words.", "Still more."):
            for address in (*FILES, *site.addresses()):
                assert site.answer(address) is not None, address
            small.post(text=words)
            editions.append(site.look())
        save(small)
        editions += [site.look(), site.look()]
        small.post(text="Yet more.")
        editions.append(site.look())
        site.close()
        return [(edition.number, edition.must_restart) for edition in editions]

    *before, saved, again, later = small.in_a_process(play)
    assert before == [[1, False], [2, False], [3, False]]
    assert saved == again == [4, must_restart]
    assert later == [5, must_restart]


def test_what_changed_is_told_with_the_address_of_a_page_that_is_new_or_moved(small: SmallSite) -> None:
    ready(small)
    saves: list[Callable[[], object]] = [
        lambda: small.post("three.md"),
        lambda: small.post("three.md", text="Other words."),
        lambda: small.post("three.md", slug="trois"),
        lambda: small.write("theme/templates/article.html", "changed"),
        lambda: (small.folder / "content/posts/three.md").unlink(),
    ]

    def play() -> list[list[str]]:
        site, told = Site(Path("pelicanconf.py")), []
        for save in (lambda: None, *saves):
            save()
            edition = site.look()
            assert isinstance(edition, Edition)
            told.append([*edition.changed])
        site.close()
        return told

    three = "content/posts/three.md"
    assert small.in_a_process(play) == [
        [],
        [f"{three} at /threemd.html"],
        [three],
        [f"{three} at /trois.html"],
        ["theme/templates/article.html"],
        [three],
    ]


def test_what_the_machine_kept_from_being_read_is_tried_again(
    small: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When somebody asks again, since no file tells that there is room."""
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["needy"]')
    small.write("plugins/needy.py", NEEDY)
    small.post()
    monkeypatch.setattr("press.site.site._PAUSE", 0.0)

    def play() -> list[tuple[int, bool]]:
        site, seen = Site(Path("pelicanconf.py")), []
        for room in ("", "", "1", "1"):
            os.environ["ROOM"] = room
            edition = site.look()
            assert isinstance(edition, Edition)
            seen.append((edition.number, edition.is_good))
        site.close()
        return seen

    assert small.in_a_process(play) == [[1, False], [1, False], [2, True], [2, True]]


def test_the_data_of_plugins_are_known_and_nothing_that_press_reads_for_itself(small: SmallSite) -> None:
    ready(small)

    def play() -> list[str]:
        site = Site(Path("pelicanconf.py"))
        for words in ("More words.", "Still more."):
            small.post(text=words)
            site.look()
            for address in (*FILES, *site.addresses()):
                site.answer(address)
        small.post(text="Last words.")
        watched = site.look().watched
        site.close()
        return [name for name in watched if name.startswith(str(small.folder)) and name.endswith((".txt", ".css"))]

    assert small.in_a_process(play) == [str(small.folder / "data.txt")]


ADDRESSES = [
    ("/", True), ("/index.html", True), ("/onemd.html", True), ("/zwei ☃%20.html", True), ("/images/a b%41ü.txt", True),
    ("/images/a bAü.txt", False), ("/images", False), ("/images/", False), ("/onemd.html/", False), ("", False),
    ("/../pelicanconf.py", False), ("//etc/passwd", False), ("/theme/../index.html", False), ("/a\0b", False),
]  # fmt: skip


def test_what_is_at_an_address(small: SmallSite) -> None:
    ready(small)

    def ask() -> list[bool]:
        site = Site(Path("pelicanconf.py"))
        site.look()
        found = [site.answer(address) is not None for address, _ in ADDRESSES]
        site.close()
        return found

    assert [*zip((address for address, _ in ADDRESSES), small.in_a_process(ask), strict=True)] == ADDRESSES


AT_THE_END = [
    # what a plugin does to the output when all is read => whether pages are rendered when they are asked for
    ('(out / "icon.png").unlink(missing_ok=True)', True),
    ('(out / "icon.png").write_bytes(b""); (out / "icon.png").read_bytes()', True),
    ('(out / "own/a").mkdir(parents=True); [*(out / "own").iterdir()]', True),
    ('(out / "onemd.html").unlink(missing_ok=True)', False),
    ('(out / "onemd.html").read_text()', False),
    ('(out / "theme/style.css").read_text()', False),
    ("[*out.iterdir()]", False),
    ('[*(out / "theme").iterdir()]', False),
    pytest.param('__import__("subprocess").run(["true"])', False, marks=pytest.mark.starts_programs),
]


@pytest.mark.parametrize(("code", "on_request"), AT_THE_END)
def test_pages_are_rendered_on_request_unless_a_plugin_looks_at_them(
    small: SmallSite, code: str, on_request: bool
) -> None:
    ready(small)
    work = f"    out = Path(pelican.output_path)\n    {code}\n"
    small.write("plugins/writing.py", PLUGIN.replace("\ndef register", f"{work}\ndef register"))

    def play() -> bool:
        site = Site(Path("pelicanconf.py"))
        assert site.look().is_good
        site.close()
        return site.renders_on_request

    assert small.in_a_process(play) is on_request
