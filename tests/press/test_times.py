"""plugins/press/times.py, with the real rsync: what did not change is not sent again, and what did is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Site, need
from press.times import keep_times

_LONG_AGO = 1_000_000_000


def sent(output: Path, host: Path) -> list[str]:
    """Copy a site as README.md says, and return what rsync says of each file and folder that it touched."""
    rsync = need(shutil.which("rsync"), "rsync", "apt install rsync")
    command = [rsync, "--archive", "--delete", "--itemize-changes", f"{output}/", f"{host}/"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return said.splitlines()


@pytest.mark.starts_programs
def test_what_did_not_change_is_not_sent_again(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    host = tmp_path_factory.mktemp("host")
    for name in ("first", "second"):
        site.post(name, tags=name)
    image = site.folder / "content/images/a.png"
    image.parent.mkdir()
    image.write_bytes(b"1")
    site.built("publishconf.py")
    assert len(sent(site.output, host)) > 50

    shutil.rmtree(site.folder / ".cache")
    site.built("publishconf.py")
    assert sent(site.output, host) == []

    # Within the second, as long as before, and the picture with its old time.
    site.post("first", "Nothing to say.\n", tags="first")
    stamp = image.stat().st_mtime_ns
    image.write_bytes(b"2")
    os.utime(image, ns=(stamp, stamp))
    site.built("publishconf.py")
    files = {line.split()[1] for line in sent(site.output, host) if line[1] == "f"}
    page, picture = "2026/01/first/index.html", "images/a.png"
    assert {page, f"{page}.br", f"{page}.gz", picture} <= files
    assert not [name for name in files if "second" in name or "card" in name or "style" in name]
    for name in files:
        assert (host / name).read_bytes() == (site.output / name).read_bytes()


def test_each_file_by_itself(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        for name in ("same/a", "longer/b", "other/c", "other/d"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("1")
        (folder / "link").symlink_to(folder.name)
        (folder / "retained").mkdir()
    (new / "longer/b").write_text("11")
    (new / "other/c").write_text("2")
    for file in (*old.rglob("*"), *new.rglob("other/*")):
        os.utime(file, (_LONG_AGO, _LONG_AGO), follow_symlinks=False)

    assert not keep_times(str(old), str(new), ["retained"])

    times = {file.relative_to(new).as_posix(): file.lstat().st_mtime for file in new.rglob("*")}
    kept = {name for name, time in times.items() if time == _LONG_AGO}
    assert kept == {"same", "same/a", "other/d"}
    assert all(times[name] >= _LONG_AGO + 1 for name in ("longer/b", "other/c"))


def test_a_changed_file_is_later_by_a_second_even_if_the_clock_is_not(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "a").write_text(folder.name)
        os.utime(folder / "a", (2**32, 2**32))

    keep_times(str(old), str(new))

    assert (new / "a").stat().st_mtime == 2**32 + 1


def test_a_file_that_is_its_source_keeps_the_time_of_that(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    for folder in (old, tmp_path):
        (folder / "a").write_text("1")
    os.utime(tmp_path / "a", (_LONG_AGO, _LONG_AGO))
    os.link(tmp_path / "a", new / "a")

    assert keep_times(str(old), str(new))
    assert (tmp_path / "a").stat().st_mtime == _LONG_AGO
