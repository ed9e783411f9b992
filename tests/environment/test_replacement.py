"""plugins/environment/replacement.py: a folder takes the place of another, and what can come between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, need
from environment.replacement import Replacement


def write(folder: Path, words: str) -> None:
    """Make a folder with two files of which both have these words."""
    (folder / "bin").mkdir(parents=True)
    for file in (folder / "bin" / "python", folder / "packages"):
        file.write_text(words, encoding="utf-8")


def words_of(folder: Path) -> set[str]:
    """What the files of a folder say."""
    return {file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("place", ["folder", "link", "file", "nothing"])
def test_replaced(tmp_path: Path, place: str) -> None:
    """Nothing is left beside it, and a link leads where it did."""
    venv = tmp_path / ".venv"
    if place == "link":
        write(tmp_path / "elsewhere" / "env", "old")
        venv.symlink_to(tmp_path / "elsewhere" / "env")
    elif place == "folder":
        write(venv, "old")
    elif place == "file":
        venv.write_text("old", encoding="utf-8")
    replacement = Replacement(venv)
    replacement.clean_up()
    write(replacement.new, "new")
    replacement.replace()

    assert words_of(venv) == {"new"}
    assert venv.is_symlink() == (place == "link")
    assert len([*replacement.old.parent.iterdir()]) == 1


def test_replaced_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is renamed after the other."""
    monkeypatch.setattr("environment.replacement._are_exchanged", lambda one, other: False)
    test_replaced(tmp_path, "folder")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders in one step")
def test_never_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program that starts meanwhile fails."""
    monkeypatch.setattr(Path, "rename", lambda self, target: pytest.fail("it is missing until the next one"))
    test_replaced(tmp_path, "folder")


def test_killed_between_two_renames(tmp_path: Path) -> None:
    """The old one comes back."""
    write(tmp_path / ".venv.old", "old")
    write(tmp_path / ".venv.new", "new")
    Replacement(tmp_path / ".venv").clean_up()

    assert words_of(tmp_path / ".venv") == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == [".venv"]


@pytest.mark.starts_programs
def test_a_mounted_volume_is_filled(tmp_path: Path) -> None:
    need(os.geteuid() == 0, "the right to mount a volume", "sudo make test")
    write(tmp_path / "volume", "old")
    write(tmp_path / ".venv.new", "new")
    (tmp_path / ".venv").mkdir()
    (tmp_path / "replace.py").write_text(
        "from pathlib import Path\n"
        "from environment.replacement import Replacement\n"
        "Replacement(Path('.venv')).replace()\n"
    )
    program = f'mount --bind volume .venv && exec "{sys.executable}" replace.py'
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    subprocess.run(["unshare", "--mount", "sh", "-c", program], cwd=tmp_path, env=environment, check=True)

    assert words_of(tmp_path / "volume") == {"new"}
    assert {path.name for path in tmp_path.iterdir()} == {".venv", "volume", "replace.py"}
