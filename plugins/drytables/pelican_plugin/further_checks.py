"""Checks of other plugins: their findings are in the same report as what is wrong with the commands.

What a plugin finds in one source, while that is read, goes with the post, as its attribute FOUND_IN_SOURCE
(`add_found`): it costs nothing in later rounds, and is also reported if Pelican leaves the file out because of it. What
depends on other sources is found by a function that is connected to `further_checks`: it takes the list of Pelican's
generators, after they have read and before anything is written, and returns what it found.

What a plugin has to say when all went well goes into the last line of a build: it connects a function to
`closing_words`, which takes the Pelican and returns a few words, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from blinker import Signal

from ..diagnostics.diagnostic import Diagnostic, Severity


class Found(NamedTuple):
    """What is wrong with one file of the site: its absolute path, its text with plain line ends, or as much of its
    beginning as the diagnostic needs, and the diagnostic.
    """

    path: str
    text: str
    diagnostic: Diagnostic

    @property
    def is_error(self) -> bool:
        """Whether it fails the build."""
        return self.diagnostic.severity == "error"


class Trouble(NamedTuple):
    """What is wrong with a file that has no line to show, as the rest of a sentence that begins with its path:
    `is read by no reader; rename it`.
    """

    path: str
    words: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class FoundInSource:
    """What was found while a source was read. `text` is that source, or as much of its beginning as they need."""

    text: str = field(compare=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    def with_diagnostic(self, diagnostic: Diagnostic) -> FoundInSource:
        """The same with one more."""
        return replace(self, diagnostics=(*self.diagnostics, diagnostic))


#: The attribute of a post, and the name in its metadata, that holds a FoundInSource.
FOUND_IN_SOURCE = "found_in_source"

further_checks = Signal()
closing_words = Signal()
#: Sent, with the Pelican, when nothing more is done to a site, by whoever goes on after Pelican's own last signal, and
#: has announced that with `to_be_finished`. The line that ends a build waits for it.
finished = Signal()
_TO_BE_FINISHED = "drytables_to_be_finished"


def to_be_finished(pelican: Any) -> None:
    """Announce that `finished` will be sent for a Pelican."""
    setattr(pelican, _TO_BE_FINISHED, True)


def is_to_be_finished(pelican: Any) -> bool:
    """Whether a plugin works on after Pelican's last signal, and announces the end."""
    return getattr(pelican, _TO_BE_FINISHED, False) is True


def text_of(path: str) -> str:
    """The text of a source with plain line ends, as diagnostics of it need it; empty if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def add_found(content: Any, text: str, diagnostic: Diagnostic) -> None:
    """Add to what was found in the source of a post; `text` is that source, or enough of its beginning."""
    found = getattr(content, FOUND_IN_SOURCE, None)
    before = found if isinstance(found, FoundInSource) else FoundInSource(text)
    longer = replace(before, text=max(before.text, text, key=len))
    setattr(content, FOUND_IN_SOURCE, longer.with_diagnostic(diagnostic))


def found_in(path: str, content: Any) -> list[Found]:
    """What was found while the source of a post was read."""
    found = getattr(content, FOUND_IN_SOURCE, None)
    return [Found(path, found.text, each) for each in found.diagnostics] if isinstance(found, FoundInSource) else []


def all_closing_words(pelican: Any) -> list[str]:
    """What plugins have to say of a build that went well, in the order of their names."""
    answers: list[tuple[Any, str | None]] = closing_words.send(pelican)
    return [words for _, words in sorted(answers, key=lambda answer: _name(answer[0])) if words]


def _name(function: Any) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def all_found(generators: list[Any]) -> Iterator[Found | Trouble]:
    """What all connected checks find, in the order of the plugins' names."""
    answers: list[tuple[Any, Iterable[Found | Trouble] | None]] = further_checks.send(generators)
    for _, found in sorted(answers, key=lambda answer: _name(answer[0])):
        yield from found or ()
