"""A file is replaced as a whole, or not at all."""

import os
from pathlib import Path

import pytest
from press.atomic_write import replacing, write_atomically


def test_it_takes_the_place_of_the_file_before(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "inner" / "file.json"
    write_atomically(file, b"one")
    with file.open("rb") as opened:
        write_atomically(file, b"two")
        assert opened.read() == b"one"  # whoever is reading it goes on with the old one

    assert file.read_bytes() == b"two"
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_fails_leaves_the_file_as_it_was_and_nothing_beside_it(error: type[BaseException], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    with pytest.raises(error), replacing(file) as fresh:
        fresh.write_bytes(b"half")
        raise error

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"file": b"old"}


def test_a_folder_in_its_place_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()

    with pytest.raises(OSError, match="file"):
        write_atomically(tmp_path / "file", b"new")

    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208


def test_two_processes_do_not_write_into_one_file(tmp_path: Path) -> None:
    """The name that is written to is that of a process, and hidden: a site's files are looked for beside it."""
    with replacing(tmp_path / "file") as fresh:
        fresh.touch()

        assert fresh.name == f".file.{os.getpid()}"
