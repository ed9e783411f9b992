"""What a look at a site finds out, and what is at its addresses. Data, and no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What is at an address, and which type of content it is, as HTTP calls it.

    `source` is the file from which the post or page was read whose own page this is. `report` says why the page could
    not be rendered again, if it is that of an earlier edition; "" otherwise.
    """

    body: bytes
    content_type: str
    source: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A site after one look. `number` grows with each look that found a change.

    `changed` is what changed since the edition before, as the author knows it, with the address of a page that is new
    or has moved, and `seconds` how long it took to read. If the site could not be built, `is_good` is False, and the
    answers are those of the last good edition; before the first good one, with `is_partial`, they are what could be
    read, without the parts at fault. `report` are the warnings and errors as the terminal shows them; `summary` says in
    one line what was built, if it was. With `must_restart`, something changed that only a new process can read: the
    settings, a plugin, a package. `watched` are the files and folders whose change may matter; it is empty if nobody
    knows them. `changes_at` is when the site will change by itself, as a POSIX timestamp; None for never.
    `is_of_the_machine` says that something could not be read or written for want of room, rights or the like, of which
    no file tells when it is over.
    """

    number: int
    changed: tuple[str, ...] = ()
    seconds: float = 0.0
    is_good: bool = False
    is_partial: bool = False
    report: str = ""
    summary: str = ""
    must_restart: bool = False
    watched: tuple[str, ...] = ()
    changes_at: float | None = None
    is_of_the_machine: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """Only the text of one post changed, and `ready` are addresses that can be answered without a look at the site."""

    ready: frozenset[str]


class RenderError(Exception):
    """A page cannot be rendered; the message is the report, and `is_of_the_machine` as that of an edition."""

    def __init__(self, report: str, *, is_of_the_machine: bool = False) -> None:
        super().__init__(report)
        self.is_of_the_machine = is_of_the_machine
