"""Runs the user's own programs, and says in plain words why one failed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .deploy_error import DeployError
from .failures import Failure
from .masking import without_secrets

#: How many of a program's last lines are shown.
_LINES_SHOWN = 4
#: The packages of programs that are not named as they are: with apt-get, and with brew.
_PACKAGES = {"ssh": ("openssh-client", "openssh")}


def require(*names: str) -> None:
    """Raise DeployError if one of these programs is not installed."""
    for name in names:
        if shutil.which(name) is None:
            debian, macos = _PACKAGES.get(name, (name, name))
            raise DeployError(
                f"{name} is not installed here. Install it: apt-get install {debian}, or on macOS brew install {macos}"
            )


#: What a hook of git's tells the programs that it starts, of a repository that is none of ours.
_OF_HOOKS = frozenset(f"GIT_{name}" for name in ("DIR", "WORK_TREE", "INDEX_FILE", "PREFIX", "OBJECT_DIRECTORY"))


@dataclass(frozen=True)
class Program:
    """A program of the user's that reaches a host.

    `place` is the host as a user knows it, and `failures` what the program says when it fails.
    """

    name: str
    place: str
    failures: Sequence[Failure]
    environment: Mapping[str, str] | None = None
    folder: Path | None = None

    def run(self, *arguments: str, doing: str, on_line: Callable[[str], None] | None = None, text: str = "") -> str:
        """Run it with these arguments and `text` on its standard input, and return what it prints.

        `on_line` is called with each line as it is printed. Raises DeployError if the program fails.
        """
        done = self.attempt(*arguments, on_line=on_line, text=text)
        if done.status:
            raise self.failure(doing, done.errors or done.output, done.status)
        return done.output

    def attempt(self, *arguments: str, on_line: Callable[[str], None] | None = None, text: str = "") -> Done:
        """Run it, and return how it ended."""
        with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
            given.write(text.encode("utf-8", "surrogateescape"))
            given.seek(0)
            process = start(
                self.name, *arguments, stdin=given, stderr=errors, more=self.environment, folder=self.folder
            )
            assert process.stdout is not None
            lines = []
            try:
                for line in process.stdout:
                    lines.append(line)
                    if on_line is not None:
                        on_line(line.rstrip("\n"))
                status = process.wait()
            finally:
                process.kill()
                process.wait()
            errors.seek(0)
            return Done(status, "".join(lines), errors.read().decode("utf-8", "replace"))

    def failure(self, doing: str, said: str, status: int) -> DeployError:
        """What to raise where the program failed, with these words and this exit status."""
        advice = next((words for pattern, words in self.failures if pattern.search(said)), "")
        shown = [line.strip() for line in said.replace("\r", "\n").splitlines() if line.strip()][-_LINES_SHOWN:]
        words = f"{doing} failed" + (
            f": {advice.replace('{place}', self.place)}" if advice else f" (exit status {status})"
        )
        return DeployError(without_secrets("\n".join([words, *(f"  {self.name} said: {line}" for line in shown)])))


@dataclass(frozen=True)
class Done:
    """How a program ended, and what it printed."""

    status: int
    output: str
    errors: str


def start(
    name: str,
    *arguments: str,
    stdin: IO[bytes] | int,
    stderr: IO[bytes],
    more: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[str]:
    """Start a program that says in English what is wrong, and that holds the locks which this one holds."""
    inherited = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
    return subprocess.Popen(
        [name, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        errors="surrogateescape",
        encoding="utf-8",
        close_fds=False,
        env={**inherited, "LC_ALL": "C", **(more or {})},
        cwd=folder,
    )
