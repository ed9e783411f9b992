"""plugins/press/machine.py: a disk that fails and files that nobody may change are told as that, and do no harm."""

import errno
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Site, need
from press.machine import remedy

#: A file as any other, until it is read: that fails as on a disk that does.
FAILING = "/proc/self/mem"


@pytest.mark.starts_programs
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("content/posts/good.md", "content/posts/good.md cannot be read: Input/output error"),
        ("theme/templates/base.html", "the site could not be built: Input/output error: theme/templates/base.html"),
        ("theme/static/style.css", "the site could not be built: Input/output error: theme/static/style.css"),
        ("content/images/plan.png", "A problem occurred copying file {0}/content/images/plan.png to {0}/output.new/"),
        ("pelicanconf.py", "the site could not be built: Input/output error: pelicanconf.py"),
        ("plugins/menu.py", "the site could not be built: Input/output error: plugins/menu.py"),
    ],
)
def test_a_disk_that_fails(good_site: Site, tmp_path: Path, name: str, said: str) -> None:
    """The file is named, and not blamed for what is in it."""
    need(Path(FAILING).exists() or None, FAILING, "mount -t proc proc /proc")
    site = good_site.copied_to(tmp_path / "site")
    (site.folder / name).parent.mkdir(exist_ok=True)
    (site.folder / name).unlink(missing_ok=True)
    (site.folder / name).symlink_to(FAILING)

    result = site.build()

    assert result.returncode == 1
    assert result.stderr.startswith(f"error: {said.format(site.folder)}")
    assert ". Look after the disk, which may be failing\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert (site.output / "2026/01/good/index.html").is_file()


@pytest.fixture
def marked() -> Iterator[list[Path]]:
    """Return a list of what is marked with chattr; the marks are taken off in the end."""
    paths: list[Path] = []
    yield paths
    for path in paths:
        subprocess.run(["chattr", "-ia", path], check=False)


def mark(marked: list[Path], path: Path, letter: str) -> None:
    """Mark a file or folder, for as long as the test takes."""
    tried = shutil.which("chattr") and subprocess.run(["chattr", f"+{letter}", path], capture_output=True, check=False)
    need(tried and not tried.returncode, "the right to mark files", "apt-get install e2fsprogs, and test as root")
    marked.append(path)


@pytest.mark.starts_programs
@pytest.mark.parametrize(("letter", "name"), [("i", "immutable"), ("a", "append-only")])
def test_a_marked_output(good_site: Site, tmp_path: Path, marked: list[Path], letter: str, name: str) -> None:
    """It is told before anything is read, with what takes the mark off."""
    site = good_site.copied_to(tmp_path / "site")
    mark(marked, site.output, letter)

    result = site.build()

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"error: output/ cannot be replaced: output is marked {name}. Take the mark off: chattr -{letter} output\n"
    )
    assert [path.name for path in site.folder.glob("output*")] == ["output"]


@pytest.mark.starts_programs
@pytest.mark.parametrize("letter", ["i", "a"])
def test_an_output_in_a_marked_folder(good_site: Site, tmp_path: Path, marked: list[Path], letter: str) -> None:
    """Nothing in that folder can be renamed, so the output is filled in place; without one it is told why."""
    site = good_site.copied_to(tmp_path / "site")
    site.post("good", "Otherwise.\n")
    mark(marked, site.folder, letter)

    for _ in range(2):
        result = site.build()
        assert (result.returncode, result.stderr) == (0, "")
    assert "Otherwise." in site.page("2026/01/good")
    assert [path.name for path in site.folder.glob("output*")] == ["output"]

    if letter == "i":
        result = site.build(output="elsewhere")
        assert result.returncode == 1
        assert f"is marked immutable. Take the mark off: chattr -i {site.folder}\n" in result.stderr


def test_what_helps() -> None:
    """Of a file that is just not the user's, and of what is no fault of the machine."""
    assert remedy(PermissionError(errno.EPERM, "Operation not permitted", "file")) == "Change its mode or its owner"
    assert remedy(OSError(errno.EDQUOT, "Disk quota exceeded")) == "Make room, and try again"
    assert remedy(FileNotFoundError(errno.ENOENT, "No such file or directory", "file")) == ""
