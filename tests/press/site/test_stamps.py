"""plugins/press/site/stamps.py: a file that was changed is never taken for the one that was read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from press.site.stamps import Seen, Stamp, is_settled_by


def same_size_at_once(file: Path) -> None:
    file.write_text("two")


def same_size_and_time(file: Path) -> None:
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced_by_rename(file: Path) -> None:
    before = file.stat()
    fresh = file.with_suffix(".new")
    fresh.write_text("two")
    os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))
    fresh.replace(file)


def folder_swapped(file: Path) -> None:
    other = file.parent.with_name("other")
    other.mkdir()
    (other / file.name).write_text("two")
    os.utime(other / file.name, (0, 0))
    file.parent.rename(file.parent.with_name("aside"))
    other.rename(file.parent)


def led_elsewhere(file: Path) -> None:
    (file.parent / "other").write_text("two")
    file.unlink()
    file.symlink_to("other")


def removed(file: Path) -> None:
    file.unlink()


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def nothing(file: Path) -> None:
    pass


def touched(file: Path) -> None:
    os.utime(file)


def written_again(file: Path) -> None:
    file.write_text("one")


def moved_away_and_back(file: Path) -> None:
    file.rename(file.with_suffix(".away")).rename(file)


CHANGES = [
    same_size_at_once, same_size_and_time, replaced_by_rename, folder_swapped, led_elsewhere, removed,
    replaced_by_a_folder,
]  # fmt: skip
NO_CHANGES = [nothing, touched, written_again, moved_away_and_back]


@pytest.fixture(params=["just written", "written an hour ago"])
def file(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with a word in it; the clock goes wrong, since no program can put back the time of a change."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_text("one")
    if request.param == "written an hour ago":
        an_hour_later = time.time_ns() + 3600 * 10**9
        monkeypatch.setattr("press.site.stamps.time.time_ns", lambda: an_hour_later)
    return file


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_another(file: Path, change: Callable[[Path], None]) -> None:
    seen = Seen.now(str(file))

    change(file)

    assert not seen.is_same()


@pytest.mark.parametrize("change", NO_CHANGES)
def test_a_file_with_the_same_content_is_the_same(file: Path, change: Callable[[Path], None]) -> None:
    """Also when it is asked for again."""
    seen = Seen.now(str(file))

    change(file)

    assert seen.is_same()
    assert seen.is_same()


def test_a_missing_file_is_another_once_it_is_there(tmp_path: Path) -> None:
    seen = Seen.now(str(tmp_path / "file"))
    assert seen.is_same()

    (tmp_path / "file").touch()

    assert not seen.is_same()


def test_a_file_of_long_ago_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its stamp is proof enough; that of one that was just written is not, and once its content was compared, it is."""
    (tmp_path / "file").write_text("one")
    seen = Seen.now(str(tmp_path / "file"))
    later = time.time_ns() + 3600 * 10**9
    read = list[str]()
    monkeypatch.setattr("press.site.stamps.digest_of", lambda path: read.append(path) or seen.digest)

    assert seen.is_same()
    monkeypatch.setattr("press.site.stamps.time.time_ns", lambda: later)
    assert seen.is_same()
    assert seen.is_same()

    assert len(read) == 2


#: The times of a file and of what happened later, in seconds, and whether the former will show its next change.
CLOCKS = (
    (1.25, 1.25, 1.5, True),
    (1.25, 1.5, 1.5, False),  # both in one tick
    (1.5, 1.25, 1.5, False),
    (1.0, 1.0, 1.5, True),
    (0.5, 0.5, 2.0, False),  # a clock of whole seconds: two changes may be in one
    (2.5, 1.0, 1.5, False),  # a time that is still to come
)


@pytest.mark.parametrize(("modified", "changed", "later", "is_settled"), CLOCKS)
def test_later_times_of_the_file_system_are_proof(
    modified: float, changed: float, later: float, is_settled: bool, tmp_path: Path
) -> None:
    stamp = Stamp(int(modified * 1e9), int(changed * 1e9), 3, 1)
    status = os.stat_result((*tmp_path.stat()[:10], 0, 0, later, 0, 0, int(later * 1e9)))
    assert is_settled_by(stamp, status) is is_settled
    assert not is_settled_by(None, status)
