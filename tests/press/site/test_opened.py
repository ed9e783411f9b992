"""plugins/press/site/opened.py and shared_files.py: whatever is opened to read a post is what the post depends on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pelican import signals
from press.site.opened import heard, listen, naming_files, opened, unheard

if TYPE_CHECKING:
    from .conftest import SmallSite

NAMES = ["plain.txt", "ünï ☃.txt", "with blanks  .txt", "100%.txt", "'quoted\".txt", "-dash", os.fsdecode(b"\xe9.txt")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "read", [Path.read_text, Path.read_bytes, lambda path: os.close(os.open(os.fsencode(path), 0))]
)  # fmt: skip
def test_what_is_read_is_noticed(tmp_path: Path, name: str, read: Callable[[Path], object]) -> None:
    """By its whole name, whatever that is made of."""
    (tmp_path / name).write_text("words")

    with opened() as happened:
        read(tmp_path / name)

    assert happened.read == {str(tmp_path / name)}
    assert not happened.leaves_traces


def test_a_relative_name_is_one_in_the_folder_of_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").touch()

    with opened() as happened:
        Path("a").read_text()
    monkeypatch.chdir("/")

    assert happened.read == {str(tmp_path / "a")}


def test_what_is_missing_is_noticed(tmp_path: Path) -> None:
    """It may come to be."""
    with opened() as happened, pytest.raises(FileNotFoundError):
        (tmp_path / "missing").read_text()

    assert happened.read == {str(tmp_path / "missing")}


TRACES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "new").write_text(""),
    lambda folder: (folder / "there").open("a").close(),
    lambda folder: (folder / "there").open("r+").close(),
    lambda folder: (folder / "there").rename(folder / "elsewhere"),
    lambda folder: (folder / "there").unlink(),
    lambda folder: (folder / "new").mkdir(),
    lambda folder: (folder / "new").symlink_to("there"),
    lambda folder: os.system("true"),
]


@pytest.mark.parametrize("leave", TRACES)
def test_what_leaves_a_trace(tmp_path: Path, leave: Callable[[Path], object]) -> None:
    (tmp_path / "there").touch()

    with opened() as happened:
        leave(tmp_path)

    assert happened.leaves_traces


def test_all_that_happens_is_heard_once(tmp_path: Path) -> None:
    """But for what press does for itself."""
    names = [str(tmp_path / name) for name in "abc"]
    for name in names:
        Path(name).touch()
    listen()
    heard()
    Path(names[0]).read_text()
    with opened():
        Path(names[1]).read_text()
    with unheard(), opened():
        Path(names[2]).read_text()

    assert heard().read.intersection(names) == {*names[:2]}
    assert not heard().read.intersection(names)


INCLUDING = "One\n###\n\n:date: 2026-01-01\n\n.. include:: {}\n"


@pytest.mark.parametrize("name", NAMES[:3])
def test_a_post_is_read_again_when_what_it_includes_changes(small: SmallSite, name: str) -> None:
    """And no other post is."""
    part = small.write(f"content/posts/{name}.part", "A part.")
    small.write("content/posts/one.rst", INCLUDING.format(part.name))
    small.post("two.md")
    small.read()
    assert small.read() == []

    part.write_text("Another part.", encoding="utf-8")

    assert small.read() == ["one.rst"]


def test_a_post_that_includes_what_is_not_there_is_read_when_it_comes(small: SmallSite) -> None:
    small.settings('DOCUTILS_SETTINGS = {"halt_level": 5, "report_level": 5}')
    small.write("content/posts/one.rst", INCLUDING.format("later.part"))
    small.read()

    small.write("content/posts/later.part", "Here.")

    assert small.read() == ["one.rst"]


PLUGIN = """
import functools
from pathlib import Path
from pelican import signals

@functools.cache
def words():
    return Path("data.txt").read_text()

def at_first(*arguments, **named):
    words()

def register():
    signals.{}.connect(at_first)
"""
MOMENTS = ["initialized", "get_generators", "article_generator_init", "article_generator_preread",
           "article_generator_context", "content_object_init"]  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_all_posts_are_read_again_when_the_data_of_a_plugin_change(small: SmallSite, moment: str) -> None:
    """Whenever it reads them: what it keeps in mind may be in any post."""
    plugin = f"plugin_{moment}"
    small.write(f"plugins/{plugin}.py", PLUGIN.format(moment))
    small.settings(f'PLUGIN_PATHS, PLUGINS = ["plugins"], ["{plugin}"]')
    data = small.write("data.txt", "one")
    small.post("one.md")
    small.post("two.md")
    small.post("three.md", status="draft")
    assert len(small.read()) == 3
    assert small.read() == []

    data.write_text("two")
    assert len(small.read()) == 3
    assert small.read() == []


def test_what_a_plugin_writes_itself_is_nothing_that_posts_depend_on(small: SmallSite) -> None:
    """Or its notes of the last time would have all read again each time."""
    notes = small.write("notes.txt", "0")

    def write_notes(*_: object) -> None:
        notes.write_text(notes.read_text() + "1")

    small.on(signals.finalized, write_notes)
    small.post()
    reading = small.reading()
    for _ in range(3):
        reading.run()
        assert str(notes) not in reading.memory.common
    assert small.read() == small.read() == []


def test_a_post_whose_reading_leaves_something_behind_is_read_each_time(small: SmallSite) -> None:
    """It would not be left behind again."""

    def leave(*_: object, **__: object) -> None:
        (small.folder / "left").write_text("")

    small.on(signals.article_generator_context, leave)
    small.post()
    small.read()

    assert "one.md" in small.read()


def test_an_error_without_a_name_is_of_the_file_that_was_opened_last(tmp_path: Path) -> None:
    """Python does not say which file it was reading or writing when the disk failed."""
    file = tmp_path / "file"
    for given, name in ((OSError(errno.EIO, "failed"), str(file)), (OSError(errno.EIO, "failed", "other"), "other")):
        with pytest.raises(OSError, match="failed") as raised, naming_files():
            file.write_text("", encoding="utf-8")
            raise given
        assert raised.value.filename == name

    with pytest.raises(OSError, match="refused") as raised, naming_files():
        raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    assert raised.value.filename is None
