"""plugins/press/site: whatever an author does, each address of the preview is what a clean build writes, and so is each
file of a build that keeps what it can of the one before.
"""

import filecmp
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import Site, press_environment
from random_author import RandomAuthor
from warm.program import Program

pytestmark = pytest.mark.starts_programs

HERE = Path(__file__).parent
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "20")), int(os.environ.get("SEED", "1"))


class Preview:
    """The site as one process sees it that is asked after each edit."""

    def __init__(self, site: Site) -> None:
        theirs, lines = os.pipe()
        answers, told = os.pipe()
        environment = {**press_environment(), "PYTHONPATH": f"plugins{os.pathsep}{HERE}"}
        self.program = Program(["answering"], site.folder, environment, [theirs, told, 2])
        for each in (theirs, told):
            os.close(each)
        self.lines, self.answers = os.fdopen(lines, "w"), os.fdopen(answers)

    def tell(self, line: str) -> None:
        """Give it a line; it works while we do something else."""
        print(line, file=self.lines, flush=True)

    def answer(self) -> Any:
        """What it answers, as JSON."""
        return json.loads(self.answers.readline())

    def end(self) -> None:
        """End it as Ctrl-D would."""
        self.lines.close()
        self.answers.close()
        assert self.program.wait() == 0

    def ask(self, folder: Path | None) -> None:
        """Have it look at the site, and fill a folder with what it answers."""
        self.folder = str(folder or "-")
        self.tell(self.folder)

    def restart(self) -> None:
        """Have a new process take over."""
        self.tell("restart")
        assert self.answer() is None

    def edition(self) -> dict[str, Any]:
        """The edition that was asked for; the answers are those of a new process if one was due."""
        edition: dict[str, Any] = self.answer()
        if not edition["must_restart"]:
            return edition
        self.tell(self.folder)
        return self.edition()


class Builds:
    """The site built in a folder of its own; clean builds where nothing is remembered, but for the icons, which take
    long to draw.
    """

    def __init__(self, site: Site, folder: Path, *, are_clean: bool) -> None:
        self.site, self.folder, self.are_clean = site, folder, are_clean
        folder.mkdir()

    def ask(self) -> None:
        """Have the site built as it is now."""
        for entry in [*self.folder.iterdir()]:
            if entry.is_symlink():
                entry.unlink()
        made = (".cache", "__pycache__", "output")
        for name in ("output", "__pycache__", ".cache/press") if self.are_clean else ():
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for entry in self.site.folder.iterdir():
            if entry.name not in made:
                (self.folder / entry.name).symlink_to(entry)
        build = ["press", "build", "pelicanconf.py", "--output", "output", "--require", "drytables"]
        with (self.folder / "said").open("w") as said, Path(os.devnull).open() as nothing:
            standard = [nothing.fileno(), said.fileno(), said.fileno()]
            self.program = Program(build, self.folder, press_environment(), standard)

    def output(self) -> Path | None:
        """The output of the build that was asked for; None if it failed."""
        return self.folder / "output" if self.program.wait() == 0 else None

    def pages(self) -> set[tuple[Any, ...]]:
        """The pages that are kept for the next build, each with what is another when it is rendered anew: its number in
        the database, or else a digest of what all pages depend on.
        """
        found: set[tuple[Any, ...]] = set()
        for database in self.folder.glob(".cache/press/*/pages.db"):
            with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
                found |= {*connection.execute("SELECT site.digest, name, pages.rowid FROM pages, site")}
        return found


@contextmanager
def preview_of(site: Site) -> Iterator[Preview]:
    """A preview of a site, which ends in any case."""
    preview = Preview(site)
    try:
        yield preview
        preview.end()
    finally:
        preview.program.kill()


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


def test_whatever_is_edited(tmp_path: Path) -> None:
    """After each edit, also when some went by unseen; while the site is broken, the preview is the last one that was
    good.
    """
    chance = random.Random(SEED)
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    author = RandomAuthor(site, chance)
    author.begin()
    last, done, kept = tmp_path / "last", list[str](), 0
    again, clean = (Builds(site, tmp_path / name, are_clean=name == "clean") for name in ("again", "clean"))
    with preview_of(site) as preview:
        for number, (name, edit) in zip(range(EDITS), author.edits(), strict=False):
            edit()
            done.append(name)
            if number % 8 == 7:
                if number % 16 == 7:
                    for folder in (site.folder, again.folder):
                        damage(folder / ".cache", chance)
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
            before = again.pages()
            again.ask()
            built = again.output()
            kept += len(before & again.pages())
            if not edition["is_good"] == (output is not None) == (built is not None):
                pytest.fail(f"{done}\n{edition['report']}\n{(clean.folder / 'said').read_text(encoding='utf-8')}")
            if output is not None and built is not None:
                assert differences(built, output) == [], "\n".join(done)
                shutil.rmtree(last, ignore_errors=True)
                output.rename(last)
            if last.exists():
                assert differences(answers, last) == [], "\n".join([*done, edition["report"]])
            shutil.rmtree(answers)
    assert kept, "no page was kept from one build to the next"
