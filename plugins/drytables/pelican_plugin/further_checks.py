"""Checks of other plugins: what they find stands in the same report as what is wrong with the commands.

A plugin connects a function to `further_checks`, which takes the list of Pelican's generators, after they have read and
before anything is written, and returns what it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from blinker import Signal

from ..diagnostics.diagnostic import Diagnostic, Severity


class Found(NamedTuple):
    """What is wrong with one file of the site: its absolute path, its text with plain line ends, and the diagnostic."""

    path: str
    text: str
    diagnostic: Diagnostic


class Trouble(NamedTuple):
    """What is wrong with a file that has no line to show, as the rest of a sentence that begins with its path:
    `is read by no reader; rename it`.
    """

    path: str
    words: str
    severity: Severity = "error"


further_checks = Signal()


def all_found(generators: list[Any]) -> Iterator[Found | Trouble]:
    """What all connected checks find, in the order of the plugins' names."""
    answers: list[tuple[Any, Iterable[Found | Trouble] | None]] = further_checks.send(generators)
    for _, found in sorted(answers, key=lambda answer: (answer[0].__module__, answer[0].__qualname__)):
        yield from found or ()
