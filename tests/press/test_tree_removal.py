"""plugins/press/tree_removal.py: what is to go is gone, and whoever wants to end the program does."""

import os
from pathlib import Path

import pytest
from press.tree_removal import remove_tree


def test_whatever_its_modes_are(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inside").mkdir(parents=True)
    (folder / "inside/file").touch()
    (folder / "inside").chmod(0o500)

    assert remove_tree(folder)
    assert not folder.exists()
    assert remove_tree(folder)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert not remove_tree(tmp_path / "file")


def test_an_interrupt_is_none_of_its_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that comes just after rmtree has closed a folder becomes an error of closing it again."""
    close = os.close

    def close_and_interrupt(descriptor: int) -> None:
        close(descriptor)
        monkeypatch.setattr(os, "close", close)
        raise KeyboardInterrupt

    (tmp_path / "folder/inside").mkdir(parents=True)
    monkeypatch.setattr(os, "close", close_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        remove_tree(tmp_path / "folder")
