"""What goes wrong in a build, as lines on standard error."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pelican.log import console

from .progress import clear

#: Errors of Pelican's that a plugin may explain better, with the line that is at fault. They wait until it has done so.
_PERHAPS_EXPLAINED = ("Could not process %s", "Skipping %s: ", "Unknown status '%s' for file %s, ")


class Errors(logging.Handler):
    """Shows Pelican's warnings and errors as plain lines on standard error; `count` is how many errors there were."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self._waiting: list[tuple[str, BaseException | None]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record, with the exception that caused it, if one is being handled: Pelican leaves it out."""
        clear()
        message = " ".join(record.getMessage().split("\n"))
        if record.levelno < logging.ERROR:
            print(f"warning: {message}", file=sys.stderr)
            return
        self.count += 1
        cause = record.exc_info[1] if record.exc_info else sys.exc_info()[1]
        if record.msg.startswith(_PERHAPS_EXPLAINED):
            self._waiting.append((message, cause))
        else:
            report(message, cause)

    def show_waiting(self) -> None:
        """Show the errors that no plugin has explained."""
        for message, cause in self._waiting:
            report(message, cause)
        self._waiting = []


@contextmanager
def errors_on_terminal() -> Iterator[Errors]:
    """Show what Pelican logs in a block as plain lines, instead of in its own way."""
    errors, root = Errors(), logging.getLogger()
    root.addHandler(errors)
    console.quiet = True
    try:
        yield errors
    finally:
        root.removeHandler(errors)


def report(message: str, cause: BaseException | None = None) -> None:
    """Show one error on standard error: what happened, and what Python says about the cause."""
    clear()
    line = f"{message}: {reason(cause)}" if cause and str(cause) not in message else message
    print(f"error: {line}", file=sys.stderr)
    if cause and os.environ.get("DEBUG"):
        traceback.print_exception(cause)


def reason(cause: BaseException) -> str:
    """Return an exception as one line, with the place in this project that it came from."""
    line = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
    for frame in reversed(traceback.extract_tb(cause.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(Path.cwd()) and ".venv" not in path.parts and "press" not in path.parts:
            return f"{line} ({path.relative_to(Path.cwd())}:{frame.lineno})"
    return line


def in_project(path: Path) -> Path:
    """Return a path as the user knows it: relative to the folder they are in, if it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
