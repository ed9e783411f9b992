"""Sites built again and again, where nothing is remembered and where the last build is; and how two builds differ."""

import filecmp
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import Site, press_environment

_BUILDING = Path(__file__).parent / "press/site/building.py"


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


class CleanBuilds:
    """The site built where nothing is remembered; but for the icons, which take long to draw."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.program = Program(site, _BUILDING)
        folder.mkdir()

    def ask(self) -> None:
        """Have the site built as it is now."""
        for entry in [*self.folder.iterdir()]:
            if entry.is_symlink():
                entry.unlink()
        shutil.rmtree(self.folder / "output", ignore_errors=True)
        shutil.rmtree(self.folder / ".cache/press", ignore_errors=True)
        for entry in self.site.folder.iterdir():
            if entry.name not in ("output", "said") and not entry.name.startswith("."):
                (self.folder / entry.name).symlink_to(entry)
        self.program.ask(str(self.folder))

    def output(self) -> Path | None:
        """The output of the build that was asked for; None if it failed."""
        return self.folder / "output" if self.program.answer() == 0 else None


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
