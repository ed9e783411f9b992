"""plugins/press/site/memory.py: what was read is not read again, whatever becomes of the file in which it is kept."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import press_environment
from press.site.read_ahead import ReadAhead

if TYPE_CHECKING:
    from .conftest import SmallSite


def database(site: SmallSite) -> Path:
    """The file in which it is kept."""
    (found,) = site.folder.glob("cache/press/*/sources.db")
    return found


def test_what_was_read_is_not_read_again(small: SmallSite) -> None:
    """Neither by the same process nor by the next; what changed is, and it alone."""
    small.post("one.md")
    small.post("two.md")
    reading = small.reading()
    assert small.read_again(reading) == ["one.md", "two.md"]
    assert small.read_again(reading) == small.read() == []

    small.post("two.md", "Other words.")
    assert small.read_again(reading) == ["two.md"]
    assert small.read() == []

    small.post("one.md", "More words.")
    assert small.read() == ["one.md"]
    assert small.read_again(reading) == ["one.md"]


def test_what_is_gone_is_forgotten(small: SmallSite) -> None:
    """Or what is remembered would grow for as long as a site is written."""
    small.post("kept.md")
    for number in range(3):
        gone = small.post(f"gone-{number}.md")
        small.read()
        gone.unlink()
    small.read()

    with sqlite3.connect(database(small)) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (1,)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def overwritten(file: Path) -> None:
    file.write_bytes(b"of another version\n" * 1000)


def of_other_tables(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE sources (path TEXT, html TEXT)")


def with_a_row_of_another_program(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE sources SET content = ?", (b"no pickle",))


def with_a_letter_changed(file: Path) -> None:
    content = file.read_bytes()
    assert b"Words." in content
    file.write_bytes(content.replace(b"Words.", b"Wordz."))


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        cut_short, emptied, overwritten, of_other_tables, with_a_row_of_another_program, with_a_letter_changed,
        replaced_by_a_folder,
    ],
)  # fmt: skip
def test_what_is_damaged_is_read_again(small: SmallSite, damage: Callable[[Path], None]) -> None:
    """And then remembered as before; unless the file is none that we may remove."""
    small.post()
    small.read()
    damage(database(small))

    assert small.read() == ["one.md"]
    assert small.read() == (["one.md"] if database(small).is_dir() else [])


def where_a_file_is(site: SmallSite) -> None:
    site.write("cache", "mine")


def where_nobody_may_write(site: SmallSite) -> None:
    site.settings('CACHE_PATH = "/proc/1/nothing"')


@pytest.mark.parametrize("hinder", [where_a_file_is, where_nobody_may_write])
def test_without_a_place_nothing_is_remembered(small: SmallSite, hinder: Callable[[SmallSite], None]) -> None:
    """And nothing fails of it; within a process it is."""
    small.post()
    hinder(small)
    reading = small.reading()

    assert small.read_again(reading) == ["one.md"]
    assert small.read_again(reading) == []
    assert small.read() == ["one.md"]


def test_a_full_disk(small: SmallSite) -> None:
    """What cannot be written is read again, once there is room."""
    small.post(text="Words. " * 20_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        assert small.read() == small.read() == ["one.md"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert small.read() == ["one.md"]
    assert small.read() == []


@pytest.mark.starts_programs
def test_a_process_that_is_killed_has_not_read_in_vain(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of many sources is written while the others are read, and not held in the meantime."""
    monkeypatch.setattr("press.site.memory._MANY", 2)
    for number in range(6):
        small.post(f"{number}.md")
    process = os.fork()
    if process == 0:
        try:
            read = ReadAhead._read
            monkeypatch.setattr(ReadAhead, "_read", lambda *it: os._exit(0) if it[1] == "posts/4.md" else read(*it))
            small.read_again(small.reading())
        finally:
            os._exit(1)

    assert os.waitpid(process, 0)[1] == 0
    assert small.read() == ["4.md", "5.md"]


def test_while_another_process_is_at_work_on_it(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done without, and left to the other."""
    monkeypatch.setattr("press.site.memory.PATIENCE", 0.01)
    small.post("one.md")
    small.read()
    small.post("two.md")
    with sqlite3.connect(database(small)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert small.read() == ["one.md", "two.md"]
        assert database(small).is_file()

    assert small.read() == ["two.md"]


@pytest.mark.starts_programs
def test_two_processes_at_a_time(small: SmallSite) -> None:
    """Both succeed, again and again, and what either has read is right."""
    for number in range(6):
        small.post(f"{number}.md", "Words. " * 2_000)
    program = """
import sys
from pathlib import Path
from press.site.reading import Reading
for _ in range(15):
    posts = [*Path("content/posts").iterdir()]
    posts[int(sys.argv[1])].touch()
    Reading(Path("pelicanconf.py"), Path("output"), is_lazy=True).run()
"""
    environment = press_environment() | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    running = [
        subprocess.Popen([*command, str(number)], env=environment, stderr=subprocess.PIPE, text=True)
        for number in range(2)
    ]

    assert [each.communicate()[1] for each in running] == ["", ""]
    small.read()
    assert small.read() == []


def test_a_name_that_is_no_text(small: SmallSite) -> None:
    """A file from another system, with another encoding of names."""
    name = os.fsdecode(b"caf\xe9.md")
    small.post().rename(small.folder / "content/posts" / name)

    assert small.read() == [name]
    assert small.read() == []
