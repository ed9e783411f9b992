"""plugins/press/site/unread.py: a folder that cannot be read takes nothing from a site without a word."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, need
from press.site.unread import unread

SETTINGS = """
PATH, PLUGINS, TIMEZONE, ARTICLE_EXCLUDES = "content", [], "UTC", ["attic"]
"""
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a stock site that an ordinary user can enter, as it cannot pytest's own folders."""
    folder = Path(tempfile.mkdtemp())
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    for name in ("deep/down", "images/small", "pages", "attic", "theme/static/fonts"):
        (folder / "content" / name).mkdir(parents=True)
    for name in ("one", "deep/two", "deep/down/three"):
        text = f"Title: {name}\nDate: 2026-01-01\n\nWords.\n"
        (folder / "content" / name).with_suffix(".md").write_text(text, encoding="utf-8")
    (folder / "content/deep/again").symlink_to("..")
    folder.chmod(0o755)
    yield folder
    for each in (folder, *folder.rglob("*")):
        if each.is_dir() and not each.is_symlink():
            each.chmod(0o755)
    shutil.rmtree(folder)


def found_by_nobody(content: Path) -> set[str]:
    """The folders that cannot be read by somebody for whom modes count, as they do not for root."""
    settings = {
        "PATH": str(content), "THEME": str(content / "theme"), "THEME_STATIC_PATHS": ["static"], "IGNORE_FILES": [".*"],
        "ARTICLE_PATHS": [""], "PAGE_PATHS": ["pages"], "STATIC_PATHS": ["images", "one.md"],
        "ARTICLE_EXCLUDES": ["attic"], "PAGE_EXCLUDES": [], "STATIC_EXCLUDES": [],
    }  # fmt: skip
    result, sink = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            if not os.geteuid():
                os.setuid(NOBODY)
            names = [os.path.relpath(trouble.filename, content) for trouble in unread(settings)]
            os.write(sink, json.dumps(names).encode())
        finally:
            os._exit(0)
    os.close(sink)
    with os.fdopen(result) as answer:
        names: list[str] = json.loads(answer.read())
    os.waitpid(process, 0)
    return {*names}


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o311])
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("deep/down", {"deep/down"}),
        ("images", {"images"}),
        ("images/small", {"images/small"}),
        ("pages", {"pages"}),
        ("theme/static/fonts", {"theme/static/fonts"}),
        ("attic", set()),
    ],
)
def test_it_is_found(folder: Path, name: str, mode: int, found: set[str]) -> None:
    """Of whatever kind it is, unless the settings leave it out; and so is one whose files cannot be reached."""
    (folder / "content" / name).chmod(mode)

    assert found_by_nobody(folder / "content") == found


def test_nothing_is_found_where_all_can_be_read(folder: Path) -> None:
    """Nor is a folder that is missing, or a link that leads back."""
    shutil.rmtree(folder / "content/pages")

    assert found_by_nobody(folder / "content") == set()


@pytest.fixture
def build(folder: Path) -> Callable[[], "subprocess.CompletedProcess[str]"]:
    """Return what builds the site as an ordinary user, to whom it belongs."""
    (folder / "content/deep/again").unlink()  # Pelican would read all twice
    become: tuple[str, ...] = ()
    if not os.geteuid():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        become = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        trial = [*become, sys.executable, "-c", "import pelican"]
        tried = shutil.which("setpriv") and subprocess.run(trial, check=False)
        need(tried and not tried.returncode, "a Python that others than root can run", "apt-get install util-linux")

    def build() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*become, sys.executable, "-m", "press", "build"],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins")},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    return build


@pytest.mark.starts_programs
def test_the_site_in_place_stays(folder: Path, build: "Callable[[], subprocess.CompletedProcess[str]]") -> None:
    """What is in the folder is not gone from it; the folder is named once."""
    assert build().returncode == 0
    (folder / "content/deep").chmod(0)
    result = build()

    said = "error: content/deep cannot be read: Permission denied. Change its mode or its owner, or exclude it in the"
    assert result.returncode == 1
    assert result.stderr.count("content/deep") == result.stderr.count(said) == 1
    assert [*(folder / "output").glob("deepdownthree.html")]


@pytest.mark.starts_programs
def test_a_build_does_without_what_is_kept_for_somebody_else(
    folder: Path, build: "Callable[[], subprocess.CompletedProcess[str]]"
) -> None:
    """As after one by root, who lets nobody read new files."""
    assert build().returncode == 0
    (kept,) = (folder / "cache/press").iterdir()
    for shut in (kept, kept.parent, kept.parent.parent):
        shut.chmod(0)
        result = build()
        assert (result.returncode, "error" in result.stderr) == (0, False), result.stderr
