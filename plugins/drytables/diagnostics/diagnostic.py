"""A diagnostic: frozen facts about one fault; how it is shown is up to `formats`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from .code import Code
from .source import Span

#: `error`: refused, the build fails. `warning`: worth a look, the build goes on. `note`: only for information.
Severity = Literal["error", "warning", "note"]

#: How much a code is to count in some repository.
Level = Literal["off", "warning", "error"]


class Label(NamedTuple):
    """A few words beside a span; an empty text only underlines it."""

    span: Span
    text: str = ""


class Edit(NamedTuple):
    """Replace the text of `span` with `replacement`; for an empty span, insert it there."""

    span: Span
    replacement: str


class Quote(NamedTuple):
    """What a program says about a command, in its own words.

    `speaker` is who says so: `kernel` if the kernel refuses what iptables accepted, which iptables then reports in
    these words. `since` is the first release that says so; empty if all do.
    """

    words: str
    speaker: str = "iptables"
    since: str = ""


class Diagnostic(NamedTuple):
    """One fault, reported once.

    `code` is one of `codes`; `message` makes sense alone, in lower case and without a full stop; `label` is at the
    smallest span that shows the fault and `causes` are at what led to it; `quote` is what the real program says;
    `notes` say what else there is to know; `help` says what to do, and if that is certain, `edits` do it.
    """

    code: Code
    message: str
    label: Label
    causes: tuple[Label, ...] = ()
    quote: Quote | None = None
    notes: tuple[str, ...] = ()
    help: str = ""
    edits: tuple[Edit, ...] = ()
    severity: Severity = "error"

    @property
    def span(self) -> Span:
        """Where the fault is."""
        return self.label.span


def first_error(diagnostics: Iterable[Diagnostic]) -> Diagnostic | None:
    """The first of some diagnostics that must fail a build, if there is one."""
    return next((each for each in diagnostics if each.severity == "error"), None)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics of one source in the order of its text; of two at one place, the error first."""
    return tuple(sorted(diagnostics, key=lambda each: (each.span.start, each.severity != "error")))


def apply(edits: tuple[Edit, ...], text: str, base: int = 0) -> str:
    """The text with the edits applied; `base` is the source offset of its first character.

    Edits outside the text are left out, and so is one that overlaps an earlier one.
    """
    pieces: list[str] = []
    done = base
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done or edit.span.end > base + len(text):
            continue
        pieces += text[done - base : edit.span.start - base], edit.replacement
        done = edit.span.end
    pieces.append(text[done - base :])
    return "".join(pieces)
