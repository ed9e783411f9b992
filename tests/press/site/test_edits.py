"""plugins/press/site: whatever an author does, each address of the preview is what a clean build writes."""

import filecmp
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Site, press_environment
from random_author import RandomAuthor

pytestmark = pytest.mark.starts_programs

HERE = Path(__file__).parent
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "20")), int(os.environ.get("SEED", "1"))


class Program:
    """A program in the folder of a site that answers each line with a line."""

    def __init__(self, site: Site, *words: str | Path) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(
            [sys.executable, *words], cwd=site.folder, env=press_environment(), text=True, **pipes
        )

    def ask(self, line: str) -> None:
        """Give it a line; it works while we do something else."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """What it answers, as JSON."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """End it as Ctrl-D would."""
        self.process.communicate()
        assert self.process.returncode == 0


class Preview:
    """The site as one process sees it that is asked after each edit."""

    def __init__(self, site: Site) -> None:
        self.program = Program(site, HERE / "answering.py")

    def ask(self, folder: Path | None) -> None:
        """Have it look at the site, and fill a folder with what it answers."""
        self.folder = str(folder or "-")
        self.program.ask(self.folder)

    def restart(self) -> None:
        """Have a new process take over."""
        self.program.ask("restart")
        assert self.program.answer() is None

    def edition(self) -> dict[str, Any]:
        """The edition that was asked for; the answers are those of a new process if one was due."""
        edition: dict[str, Any] = self.program.answer()
        if not edition["must_restart"]:
            return edition
        self.program.ask(self.folder)
        return self.edition()


class CleanBuilds:
    """The site built where nothing is remembered; but for the icons, which take long to draw."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.program = Program(site, HERE / "building.py")
        folder.mkdir()

    def ask(self) -> None:
        """Have the site built as it is now."""
        for entry in [*self.folder.iterdir()]:
            if entry.is_symlink():
                entry.unlink()
        made = (".cache", "__pycache__", "output")
        for name in ("output", "__pycache__", ".cache/press"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for entry in self.site.folder.iterdir():
            if entry.name not in made:
                (self.folder / entry.name).symlink_to(entry)
        self.program.ask(str(self.folder))

    def output(self) -> Path | None:
        """The output of the build that was asked for; None if it failed."""
        return self.folder / "output" if self.program.answer() == 0 else None


@contextmanager
def programs(site: Site, scratch: Path) -> Iterator[tuple[Preview, CleanBuilds]]:
    """A preview and clean builds of a site; they end in any case."""
    preview, clean = Preview(site), CleanBuilds(site, scratch / "clean")
    try:
        yield preview, clean
        preview.program.end()
        clean.program.end()
    finally:
        preview.program.process.kill()
        clean.program.process.kill()


def differences(one: Path, other: Path) -> list[str]:
    """The files in which two folders differ, or that only one of them has."""
    files = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (one, other)]
    both = sorted(files[0] & files[1])
    return [
        *(f"only in {one.name}: {path}" for path in sorted(files[0] - files[1])),
        *(f"only in {other.name}: {path}" for path in sorted(files[1] - files[0])),
        *(f"differs: {path}" for path in both if not filecmp.cmp(one / path, other / path, shallow=False)),
    ]


def damage(cache: Path, chance: random.Random) -> None:
    """Cut short, overwrite or garble what is kept between two processes."""
    for file in sorted(cache.rglob("*.db")):
        content = bytearray(file.read_bytes())
        kind = chance.randrange(3)
        if kind == 0:
            file.write_bytes(content[: chance.randrange(len(content))])
        elif kind == 1:
            file.write_bytes(b"of another version\n" * 50)
        else:
            for _ in range(20):
                content[chance.randrange(len(content))] ^= 0xFF
            file.write_bytes(content)


def test_the_preview_is_what_a_clean_build_writes(tmp_path: Path) -> None:
    """After each edit, also when some went by unseen; while the site is broken, it is the last one that was good."""
    chance = random.Random(SEED)
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    author = RandomAuthor(site, chance)
    author.begin()
    last, done = tmp_path / "last", list[str]()
    with programs(site, tmp_path) as (preview, clean):
        for number, (name, edit) in zip(range(EDITS), author.edits(), strict=False):
            edit()
            done.append(name)
            if number % 8 == 7:
                if number % 16 == 7:
                    damage(site.folder / ".cache", chance)
                preview.restart()
                shutil.rmtree(last, ignore_errors=True)
            if chance.random() < 0.2:
                preview.ask(None)
                preview.edition()
                shutil.rmtree(last, ignore_errors=True)
                continue
            answers = tmp_path / f"answers-{number}"
            answers.mkdir()
            preview.ask(answers)
            clean.ask()
            edition, output = preview.edition(), clean.output()
            assert edition["renders_on_request"], "every save would wait for all pages"
            if edition["is_good"] != (output is not None):
                pytest.fail(f"{done}\n{edition['report']}\n{(clean.folder / 'said').read_text(encoding='utf-8')}")
            if output is not None:
                shutil.rmtree(last, ignore_errors=True)
                output.rename(last)
            if last.exists():
                assert differences(answers, last) == [], "\n".join([*done, edition["report"]])
            shutil.rmtree(answers)
