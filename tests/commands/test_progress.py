"""commands/progress.py: how far a long run is, on a real terminal."""

import os
import pty
import sys
from collections.abc import Callable

import pytest
from drytables.commands import progress
from drytables.commands.progress import Progress


def seen_on_a_terminal(work: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal that standard error leads to gets to see."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stderr, monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", stderr)
        work()
        stderr.write("\0")
        stderr.flush()
        seen = b""
        while not seen.endswith(b"\0"):
            seen += os.read(master, 4096)
    os.close(master)
    return seen.decode().removesuffix("\0")


def _work() -> None:
    with Progress(1200, "checking") as shown:
        shown.step()
        shown.wipe()
        print("a.md:1:1: error", file=sys.stderr, flush=True)
        shown.step()


def test_the_line_is_told_after_a_while_and_gone_before_anything_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_INTERVAL", 0.0)

    lines = seen_on_a_terminal(_work, monkeypatch).split("\x1b[K")

    assert lines == ["\r", "checking 1 of 1,200 files\r", "a.md:1:1: error\r\n\r", "checking 2 of 1,200 files\r", ""]


def test_a_short_run_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seen_on_a_terminal(_work, monkeypatch) == "a.md:1:1: error\r\n"
