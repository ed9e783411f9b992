"""plugins/press/site: whatever an author does, each address of the preview is what a clean build writes."""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from clean_builds import CleanBuilds, Program, damage, differences
from conftest import Site
from random_author import RandomAuthor

pytestmark = pytest.mark.starts_programs

HERE = Path(__file__).parent
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "40")), int(os.environ.get("SEED", "1"))


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
            if edition["is_good"] != (output is not None):
                pytest.fail(f"{done}\n{edition['report']}\n{(clean.folder / 'said').read_text(encoding='utf-8')}")
            if output is not None:
                shutil.rmtree(last, ignore_errors=True)
                output.rename(last)
            if last.exists():
                assert differences(answers, last) == [], "\n".join([*done, edition["report"]])
            shutil.rmtree(answers)
