"""plugins/press/progress.py: the line that says how far something is, on a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios

import pytest
from press.progress import show_instead


@pytest.mark.parametrize(("columns", "shown"), [(20, 19), (200, 120), (0, 79)])
def test_a_long_line_stays_one_line(columns: int, shown: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one that went on below, the beginning would stay on the terminal for good; 0 is what some terminals say."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
    with os.fdopen(slave, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        show_instead("x" * 120)
        monkeypatch.undo()
        written = os.read(master, 1000)
    os.close(master)

    assert written == b"\r\x1b[K" + b"x" * shown
