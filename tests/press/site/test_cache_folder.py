"""plugins/press/site/cache_folder.py: what is kept has a folder for each fingerprint, and only for the latest."""

from __future__ import annotations

import os
from pathlib import Path

from press.site.cache_folder import FOLDERS, CacheFolder


def aged(place: Path, fingerprint: str, age: int) -> None:
    """Make a folder that was used some seconds ago."""
    CacheFolder(place, fingerprint).make_room()
    (place / fingerprint / "sources.db").touch()
    now = (place / fingerprint).stat().st_mtime
    os.utime(place / fingerprint, (now - age, now - age))


def test_those_that_were_not_used_for_long_are_removed(tmp_path: Path) -> None:
    for age in range(FOLDERS + 5, 0, -1):
        aged(tmp_path, f"used-{age}", age)

    CacheFolder(tmp_path, "present").make_room()

    assert {path.name for path in tmp_path.iterdir()} == {"present", *(f"used-{age}" for age in range(1, FOLDERS))}


def test_one_that_is_used_again_stays(tmp_path: Path) -> None:
    for age in range(FOLDERS, 0, -1):
        aged(tmp_path, f"used-{age}", age)

    CacheFolder(tmp_path, f"used-{FOLDERS}").make_room()
    CacheFolder(tmp_path, "present").make_room()

    there = {path.name for path in tmp_path.iterdir()}
    assert {"present", f"used-{FOLDERS}", "used-1"} <= there
    assert f"used-{FOLDERS - 1}" not in there


def test_one_that_was_removed_meanwhile_is_made_again(tmp_path: Path) -> None:
    """As `make clean` does beside a preview."""
    folder = CacheFolder(tmp_path / "press", "present")
    folder.make_room()
    folder.folder.rmdir()
    folder.place.rmdir()

    folder.make_room()

    assert folder.folder.is_dir()


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "press").write_text("mine")

    CacheFolder(tmp_path / "press", "present").make_room()

    assert (tmp_path / "press").read_text() == "mine"
