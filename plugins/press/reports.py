"""What goes wrong in a build, as lines on standard error."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import UndefinedError
from pelican.log import console

from .colours import paint
from .fault import fault_of
from .machine import is_of_the_machine, remedy, words
from .progress import clear
from .site.opened import with_file
from .site.unread import CANNOT_BE_READ

#: Errors of Pelican's that a plugin may explain better, with the line that is at fault. They wait until it has done so.
_PERHAPS_EXPLAINED = ("Could not process %s", "Skipping %s: ", "Unknown status '%s' for file %s, ", CANNOT_BE_READ)
#: Warnings of Pelican's after which the site lacks a file.
_HARMFUL = ("A problem occurred copying file %s",)
#: How Jinja names an object that lacks an attribute: by its class, with the module that no author of a template knows.
_OBJECT = re.compile(r"'(?:\w+\.)*(\w+) object'")


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
        if record.levelno < logging.ERROR and not record.msg.startswith(_HARMFUL):
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
        self.forget_waiting()

    def forget_waiting(self) -> None:
        """Take the errors for explained."""
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
    """Show one error on standard error: what happened, what Python says about the cause, and where that is."""
    clear()
    print(told(message, cause), file=sys.stderr)


def told(message: str, cause: BaseException | None = None) -> str:
    """Return one error as text; with DEBUG in the environment, Python's traceback follows."""
    if isinstance(cause, OSError):
        with_file(cause)
    if cause is not None and (str(cause) not in message or not str(cause)):
        message += f": {reason(cause)}"
    advice = remedy(cause) if isinstance(cause, OSError) else ""
    if advice:
        message += f". {advice}"
    lines = [paint("error", "error") + paint(f": {message}", "strong")]
    if cause is not None:
        fault = None if advice else fault_of(cause)
        if fault is not None:
            lines.append(fault.excerpt())
        if os.environ.get("DEBUG"):
            lines.append("".join(traceback.format_exception(cause)).rstrip())
    return "\n".join(lines)


def reason(cause: BaseException) -> str:
    """Return an exception in words, without the place that is shown below them."""
    if isinstance(cause, OSError) and is_of_the_machine(cause):
        return words(cause)
    said = cause.msg if isinstance(cause, SyntaxError) else getattr(cause, "message", None) or str(cause)
    if isinstance(cause, UndefinedError):
        said = _OBJECT.sub(r"'\1'", said)
    return f"{type(cause).__name__}: {said}" if said else type(cause).__name__
