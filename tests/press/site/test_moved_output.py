"""plugins/press/site/moved_output.py: what a site makes of its own OUTPUT_PATH follows the output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.build import build
from press.site.moved_output import moved, output_in
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

OLD, NEW = Path("/site/output"), Path("/site/output.new")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (OLD, NEW),
        (OLD / "thumbs", NEW / "thumbs"),
        ("/site/output", "/site/output.new"),
        ("/site/output/", "/site/output.new/"),
        (["/site/output/a", 1], ["/site/output.new/a", 1]),
        ({"places": (OLD / "a", "b")}, {"places": (NEW / "a", "b")}),
        ({OLD}, {NEW}),
    ],
)
def test_what_is_in_the_output_is_moved(value: object, expected: object) -> None:
    assert moved(value, OLD, NEW) == expected


@pytest.mark.parametrize("value", ["output", "/site/output2", "/output/x.png", ["a", {"b": Path("/site")}], None, 3])
def test_all_else_is_the_same_object(value: object) -> None:
    """Plugins may compare by identity, and settings are described by it."""
    assert moved(value, OLD, NEW) is value


@pytest.mark.parametrize(("path", "expected"), [(None, "output"), ("public", "public"), ("/var/www", "/var/www")])
def test_where_a_site_has_its_output(path: str | None, expected: str) -> None:
    module = {} if path is None else {"OUTPUT_PATH": path}

    assert output_in(module, Path("/site/pelicanconf.py")) == Path("/site", expected)


PLUGIN = """
from pelican import signals

def write(pelican):
    (pelican.settings["MADE"] / "made.txt").write_text("made")

def register():
    signals.finalized.connect(write)
"""


def ready(small: SmallSite) -> None:
    """Give a site a plugin that is told by a setting where the output is."""
    small.settings("from pathlib import Path; PLUGIN_PATHS, PLUGINS = ['plugins'], ['making']")
    small.settings("MADE = Path(__file__).parent / OUTPUT_PATH")
    small.write("plugins/making.py", PLUGIN)
    small.post()


def test_a_build_has_what_such_a_plugin_makes(small: SmallSite) -> None:
    ready(small)

    for _ in range(2):
        small.in_a_process(lambda: build(Path("pelicanconf.py"), Path("output")))
        assert Path("output/made.txt").read_text(encoding="utf-8") == "made"
    assert len([*Path("cache/press").iterdir()]) == 1, "what was read is known by another name each time"


def test_an_output_that_cannot_be_exchanged_is_filled(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new site is built in a folder of the output then, from which nothing is moved further."""
    ready(small)
    monkeypatch.setattr("press.output_folder._holds_mount", lambda folder: folder.exists())
    Path("output").mkdir()

    for _ in range(2):
        small.in_a_process(lambda: build(Path("pelicanconf.py"), Path("output")))
        assert {path.name for path in Path("output").iterdir()} >= {"made.txt", "index.html", "onemd.html"}
        assert not [*Path("output").glob(".output.new*")]
    assert len([*Path("cache/press").iterdir()]) == 1


def test_the_preview_has_it_too_and_leaves_the_output_alone(small: SmallSite) -> None:
    ready(small)

    def answer() -> str:
        site = Site(Path("pelicanconf.py"))
        site.look()
        found = site.answer("/made.txt")
        site.close()
        return found.body.decode() if found else ""

    assert small.in_a_process(answer) == "made"
    assert not Path("output").exists()


def test_sources_in_the_output_stay_where_they_are(small: SmallSite) -> None:
    """A site that is built into the folder of its project can be shown; `press build` refuses it."""
    small.settings("import os; OUTPUT_PATH = os.getcwd(); OWN = os.path.join(OUTPUT_PATH, 'data')")
    small.post()

    assert small.reading().settings["OWN"] == str(small.folder / "data")
