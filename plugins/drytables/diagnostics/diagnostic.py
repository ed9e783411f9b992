"""A diagnostic: frozen facts about one fault; how it looks is render's business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from .code import Code
from .source import Span

#: `error`: refused, the build fails. `warning`: worth a look, the build goes on. `note`: only said.
Severity = Literal["error", "warning", "note"]


class Label(NamedTuple):
    """A few words beside a span; the empty text only underlines."""

    span: Span
    text: str = ""


class Edit(NamedTuple):
    """Replace the text of `span` (empty: insert at its start) by `replacement`."""

    span: Span
    replacement: str


class Quote(NamedTuple):
    """What a program answers to a command, in its own words.

    `speaker` is who says so: `kernel` where the kernel refuses what iptables took, which iptables then puts into these
    words. `since` is the first release that says so; empty where all do.
    """

    words: str
    speaker: str = "iptables"
    since: str = ""


class Diagnostic(NamedTuple):
    """One fault, told once.

    `code` is one of `codes`; `message` makes sense alone, in lower case and without a full stop; `label` stands at
    the smallest span that shows the fault and `causes` at what brought it about; `quote` is what the real program says;
    `notes` say what else there is to know; `help` says what to do, and when that is certain, `edits` do it.
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
    """The first of some diagnostics for which a build must fail, if there is one."""
    return next((each for each in diagnostics if each.severity == "error"), None)


def apply(edits: tuple[Edit, ...], text: str, base: int = 0) -> str:
    """The text with the edits made; `base` is the source offset of its first character.

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
