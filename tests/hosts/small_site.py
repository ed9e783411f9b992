"""A project with a published site of a few files, which `python -m deploy` puts on hosts."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from conftest import PROJECT
from warm.program import Program, run

ADDRESS = "https://example.org/blog"
#: What a page of the site says; `{number}` tells one edition of the site from the others.
_PAGE = """<!DOCTYPE html>
<link rel="canonical" href="{address}/">
<link rel="stylesheet" href="{address}/theme/style.css">
<p>Number {number}.</p>
"""


class SmallSite:
    """The project's folder, and the site in its output."""

    def __init__(self, folder: Path, address: str = ADDRESS) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.environment: dict[str, str] = {}
        (folder / "content").mkdir(parents=True)
        (folder / "theme").mkdir()
        self.set(
            f'SITEURL = "{address}"', 'TIMEZONE = "UTC"', 'PATH, THEME, OUTPUT_PATH = "content", "theme", "output"'
        )
        self.write({"index.html": _PAGE.format(address=address, number=0), "theme/style.css": "p { color: red }"})

    def set(self, *lines: str) -> None:
        """Add settings."""
        with (self.folder / "publishconf.py").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{line}\n" for line in lines)
        os.utime(self.folder / "publishconf.py", (0, 0))

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files of the built site; None removes one."""
        for name, text in files.items():
            path = self.output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def number(self, number: int, pages: int = 1) -> None:
        """Build another edition, with its number on each of its pages."""
        self.write({"index.html": _PAGE.format(address=ADDRESS, number=number)})
        for page in range(1, pages):
            self.write({f"page-{page}/index.html": _PAGE.format(address=ADDRESS, number=number) + "x" * 20_000})

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """Run `python -m deploy` on the site as it is built."""
        return run(["deploy", *arguments], self.folder, self.whole_environment(**environment))

    def start(self, **environment: str) -> Deployment:
        """Start `python -m deploy` and go on."""
        return Deployment(self.folder, self.whole_environment(**environment))

    def whole_environment(self, **environment: str) -> dict[str, str]:
        """What the program is started with."""
        ours = {"PYTHONPATH": str(PROJECT / "plugins"), "DEPLOY_BUILT": "1"}
        return {**os.environ, **ours, **self.environment, **environment}

    def deployed(self, *arguments: str, **environment: str) -> str:
        """Run it, expecting that to go well, and return what it says."""
        done = self.run(*arguments, **environment)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def refused(self, *arguments: str, **environment: str) -> str:
        """Run it, expecting that it says why not, and return that."""
        done = self.run(*arguments, **environment)
        said = done.stderr.decode()
        assert (done.returncode, done.stdout, "Traceback" in said) == (1, b"", False), (done, said)
        return said


class Deployment(Program):
    """`python -m deploy`, running."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # `said` closes it
        with Path(os.devnull).open("rb") as nothing:
            output = self._said.fileno()
            super().__init__(["deploy"], folder, environment, [nothing.fileno(), output, output])

    def said(self) -> str:
        """Wait for its end, and return all that it printed."""
        self.wait()
        with self._said:
            self._said.seek(0)
            return self._said.read().decode()
