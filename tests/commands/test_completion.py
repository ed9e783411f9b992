"""`drytables completion`, loaded by the lines of CHECKING.md into real shells, where Tab is then pressed."""

import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import PROJECT, need

from commands.run import COMMAND, ENVIRONMENT

#: How long a shell may take to answer before it counts as stuck. Not a measure of speed.
PATIENCE = 30

#: What is typed before Tab, and the arguments that drytables then gets.
TYPED = [
    ("ch", "check"),
    ("check --form", "check --format"),
    ("check --format sh", "check --format short"),
    ("check --format=sh", "check --format=short"),
    ("check --iptables 1.4.1.", "check --iptables 1.4.1.1"),
    ("codes unknown-tab", "codes unknown-table"),
    ("completion f", "completion fish"),
    ("fix pos", "fix post.md"),
]

#: A program that completes as drytables does, and for all else shows its arguments.
PROGRAM = f"""#!/bin/sh
if [ $# = 2 ] && [ "$1" = completion ] && [ -z "$LOADED" ]; then exec {" ".join(COMMAND)} "$@"; fi
echo "<$*>"
"""


def documented_line(shell: str) -> str:
    """The line of CHECKING.md that loads the completion of a shell; that of bash is said to be zsh's too."""
    lines = (PROJECT / "CHECKING.md").read_text(encoding="utf-8").splitlines()
    line, comment = next(
        line.split("#", 1) for line in lines if line.count("drytables completion") and shell in line and "#" in line
    )
    assert shell in line or shell in comment.split()
    return line.strip() if shell in line else line.replace("bash", shell).strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a post, and the program in bin/."""
    (tmp_path / "post.md").touch()
    program = tmp_path / "bin" / "drytables"
    program.parent.mkdir()
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """An environment in which no shell finds a user's own files."""
    path = f"{folder / 'bin'}:{ENVIRONMENT['PATH']}"
    return ENVIRONMENT | {"PATH": path, "HOME": str(folder), "TERM": "dumb", "INPUTRC": "/dev/null"}


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.keyboard, theirs = pty.openpty()
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment(folder),
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def answer(self, keys: str, last: str) -> str:
        """Press some keys, and return what is then shown, up to some last words."""
        os.write(self.keyboard, keys.encode())
        shown, end = "", time.monotonic() + PATIENCE
        while last not in shown:
            ready, _, _ = select.select([self.keyboard], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{last!r} did not appear after {keys!r}, but:\n{shown}"
            shown += os.read(self.keyboard, 4096).decode(errors="replace")
        return shown

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.keyboard)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_completes(folder: Path, shell: str) -> None:
    need(shutil.which(shell), shell, f"apt-get install {shell}")
    bare = ["bash", "--norc", "--noprofile", "-i"] if shell == "bash" else ["zsh", "-f", "-i"]
    terminal = Terminal(bare, folder)
    try:
        loaded = terminal.answer(f"{documented_line(shell)}; export LOADED=1; echo is-$((0))-loaded\n", "is-0-loaded")
        assert "not found" not in loaded
        for typed, arguments in TYPED:
            terminal.answer(f"drytables {typed}\t\n", f"<{arguments}>")
    finally:
        terminal.close()


def test_fish_completes(folder: Path) -> None:
    """It says by itself what it would offer."""
    need(shutil.which("fish"), "fish", "apt-get install fish")
    for typed, arguments in TYPED:
        run = subprocess.run(
            ["fish", "--no-config", "-c", f"{documented_line('fish')}; complete --do-complete 'drytables {typed}'"],
            cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        offered = [line.split("\t")[0] for line in run.stdout.splitlines()]
        assert arguments.split()[-1] in offered, (typed, run.stdout, run.stderr)
