"""plugins/press/site: whatever authors and plugins do, a build that keeps pages of the last one is a clean build."""

import os
import random
import shutil
from pathlib import Path

import pytest
from clean_builds import CleanBuilds, Program, damage, differences
from conftest import Site
from odd_plugin import KINDS, PLUGIN
from random_author import RandomAuthor

pytestmark = pytest.mark.starts_programs

HERE = Path(__file__).parent
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "6")), int(os.environ.get("SEED", "1"))


class OddAuthor(RandomAuthor):
    """An author who also goes from one of those words to another."""

    def begin(self) -> None:
        """Write the first posts, and the plugin."""
        super().begin()
        self.write("plugins/odd.py", PLUGIN)
        self.odd_file()
        self.site.settings('PLUGINS.append("odd")')
        with (self.site.folder / "theme/templates/base.html").open("a", encoding="utf-8") as template:
            template.write("<!-- {{ odd() }} -->")

    def odd(self) -> None:
        self.site.settings(f'ODD = "{self.chance.choice(KINDS)}"')

    def ordinary(self) -> None:
        self.site.settings('ODD = "nothing"')

    def odd_file(self) -> None:
        self.write("data/odd.txt", self.word())

    def nothing(self) -> None:
        """Build again as it is."""

    def kinds(self) -> list[object]:  # type: ignore[override]
        """One edit of each kind, and many of the texts."""
        return [*super().kinds(), *[self.odd, self.text, self.text, self.title] * 4, self.ordinary, self.ordinary,
                self.odd_file, self.odd_file, self.nothing]  # fmt: skip


def test_a_build_that_keeps_pages_is_a_clean_build(tmp_path: Path) -> None:
    """After each edit, also when some went by unseen, what is kept was damaged, or a build failed."""
    chance = random.Random(SEED)
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    author = OddAuthor(site, chance)
    author.begin()
    done = list[str]()
    clean, warm = CleanBuilds(site, tmp_path / "clean"), Program(site, HERE / "building.py")
    try:
        for number, (name, edit) in zip(range(EDITS), author.edits(), strict=False):
            edit()
            done.append(name)
            if number % 16 == 7:
                damage(site.folder / ".cache", chance)
            if chance.random() < 0.15:
                continue
            clean.ask()
            warm.ask(str(site.folder))
            output, status = clean.output(), warm.answer()
            said = [(each / "said").read_text(encoding="utf-8") for each in (clean.folder, site.folder)]
            assert said[0] == said[1], done
            assert (output is None) == (status != 0), "\n".join([*done, *said])
            if output is not None:
                assert differences(output, site.output) == [], done
        for program in (clean.program, warm):
            program.end()
    finally:
        for program in (clean.program, warm):
            program.process.kill()
    shutil.rmtree(tmp_path, ignore_errors=True)
