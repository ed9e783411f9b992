"""What the author reads in the terminal: a line for each edition, and each report once."""

import os
import sys
import time
from contextlib import suppress
from typing import TextIO

from ...edition import Edition
from ...machine import is_of_the_machine, trouble
from . import painted
from .entries import entries_of


class Terminal:
    """Prints, and remembers which reports are known."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._known_of_pages: dict[str, str] = {}
        self._known_faults: set[str] = set()
        self._has_pages = False
        self._has_colours = sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def edition(self, edition: Edition) -> None:
        """Show what is new in the report of an edition, and what was made of which change in what time."""
        entries = entries_of(edition.report)
        for entry in entries:
            if entry not in self._known:
                self._report(entry)
        self._known = set(entries)
        self._has_pages |= edition.is_good or edition.is_partial
        outcome = edition.summary if edition.is_good else f"not good: {self._what_is_shown(edition)}"
        changed = ", ".join(map(_printable, edition.changed[:3])) or "the site is read"
        if len(edition.changed) > 3:
            changed += f" and {len(edition.changed) - 3} more"
        self.line(f"{time.strftime('%H:%M:%S')}  {changed}  {edition.seconds:.2f} s  {outcome}".rstrip())

    def _what_is_shown(self, edition: Edition) -> str:
        if not self._has_pages:
            return "no page can be shown yet"
        return f"{'what could be read is' if edition.is_partial else 'the last good pages are'} shown"

    def page(self, address: str, report: str) -> None:
        """Show why a page could not be rendered, unless that is known; no report means that it could be."""
        if report and report != self._known_of_pages.get(address) and not self._known.issuperset(entries_of(report)):
            self._report(report)
        if report:
            self._known_of_pages[address] = report
        else:
            self._known_of_pages.pop(address, None)

    def fault(self, error: BaseException) -> None:
        """Show once what is wrong with the preview itself, or keeps it from answering."""
        report = f"error: a fault of the preview itself: {type(error).__name__}: {error}"
        if isinstance(error, OSError) and is_of_the_machine(error):
            report = f"error: nobody else can connect to the preview: {trouble(error)}"
        if report not in self._known_faults:
            self._known_faults.add(report)
            self._report(report)

    def line(self, text: str) -> None:
        """Print a line on standard output."""
        _print(text, sys.stdout)

    def _report(self, report: str) -> None:
        _print((report if self._has_colours else painted.plain(report)).rstrip("\n"), sys.stderr)


def _printable(name: str) -> str:
    """A name on one line, without control characters that a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in name)


def _print(text: str, stream: TextIO) -> None:
    # A closed terminal is not a reason to end by itself: SIGHUP is.
    with suppress(OSError, ValueError):
        print(text, file=stream, flush=True)
