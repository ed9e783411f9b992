"""plugins/press/site/tree.py: every change below a folder is found, whatever the names and the links."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from press.site.tree import changed, tree


def added(folder: Path) -> list[str]:
    (folder / "new ☃ %41.md").touch()
    return ["new ☃ %41.md"]


def added_deep_down(folder: Path) -> list[str]:
    (folder / "a b/c").mkdir(parents=True)
    (folder / "a b/c/new").touch()
    return ["a b/c/new"]


def added_with_a_name_that_is_no_text(folder: Path) -> list[str]:
    name = os.fsdecode(b"\xe9")
    (folder / name).touch()
    return [name]


def written(folder: Path) -> list[str]:
    (folder / "there").write_text("more")
    return ["there"]


def removed(folder: Path) -> list[str]:
    (folder / "there").unlink()
    return ["there"]


def renamed(folder: Path) -> list[str]:
    (folder / "there").rename(folder / "elsewhere")
    return ["elsewhere", "there"]


def a_folder_in_place_of_a_file(folder: Path) -> list[str]:
    (folder / "there").unlink()
    (folder / "there").mkdir()
    (folder / "there/in it").touch()
    return ["there", "there/in it"]


def a_folder_moved(folder: Path) -> list[str]:
    (folder / "below").rename(folder / "moved")
    return ["below/deep", "moved/deep"]


def written_behind_a_link(folder: Path) -> list[str]:
    (folder / "../outside/file").write_text("more")
    return ["linked/file"]


def led_nowhere(folder: Path) -> list[str]:
    (folder / "lost").symlink_to("nowhere")
    return ["lost"]


def led_back(folder: Path) -> list[str]:
    (folder / "below/again").symlink_to("..")
    return ["below/again"]


def compiled(folder: Path) -> list[str]:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/a.pyc").touch()
    return []


@pytest.mark.parametrize(
    "change",
    [
        added, added_deep_down, added_with_a_name_that_is_no_text, written, removed, renamed,
        a_folder_in_place_of_a_file, a_folder_moved, written_behind_a_link, led_nowhere, led_back, compiled,
    ],
)  # fmt: skip
def test_what_changed(tmp_path: Path, change: Callable[[Path], list[str]]) -> None:
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    for name in ("folder/there", "folder/below/deep", "outside/file"):
        (tmp_path / name).touch()
    (folder / "linked").symlink_to("../outside")
    before = tree([str(folder)])

    names = change(folder)

    assert sorted(changed(before, tree([str(folder)]))) == [str(folder / name) for name in names]


def test_a_file_may_be_named_itself_and_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "settings.py"
    missing = tree([str(file)])
    file.touch()

    assert missing == {}
    assert [*changed(missing, tree([str(file)]))] == [str(file)]
