"""A fence that Markdown silently renders as prose, or that swallows what comes after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...diagnostics.codes.page import UNSEEN_FENCE
from ...diagnostics.diagnostic import Diagnostic, Edit, Label
from ...diagnostics.source import Source, Span
from .attributes import intended_info, read_info
from .dialect import WITH_SUPERFENCES, Dialect
from .lines import LEVEL, Line, after_columns, after_quotes


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening line of a fence: what precedes the backticks, the backticks, and the span of what follows."""

    line: Line
    lead: str
    mark: str
    info: Span

    @property
    def index(self) -> int:
        """The index of its line in the page."""
        return self.line.number - 1

    @property
    def quotes(self) -> int:
        """How many block quotes it is in."""
        return self.lead.count(">")

    @property
    def columns(self) -> int:
        """How far it is indented, counted from the last quote mark; a list's bullet counts as spaces."""
        own = self.lead.rpartition(">")[2]
        if self.quotes:
            own = own.removeprefix(" ")
        return len(own.expandtabs(LEVEL))

    @property
    def mark_span(self) -> Span:
        """The span of the backticks or tildes."""
        start = self.line.span.start + len(self.lead)
        return Span(start, start + len(self.mark))

    def stripped(self, text: str) -> int:
        """How many characters of an inner line precede its code."""
        return after_columns(text, after_quotes(text, self.quotes), self.columns)


def unseen_fence(
    source: Source, opening: Opening, inside: list[Line], closing: Line | None, dialect: Dialect
) -> Diagnostic:
    """The diagnostic for a fence that Markdown renders as prose: why it does, and what to write instead.

    `inside` are the lines of code, `closing` is the line that the author meant to close it with.
    """
    if dialect == "fenced_code" and opening.quotes:
        return _diagnose(
            opening,
            "a fence in a block quote is published as prose",
            "Markdown expects it at the start of the line",
            "move the fence out of the quote; or remove it, and write `>` and five spaces before each line of code",
        )
    if dialect == "fenced_code" and opening.lead:
        return _indented(opening, inside, closing)
    if read_info(source.slice(opening.info), opening.info.start, dialect) is None:
        return _bad_info(source, opening, dialect)
    if dialect in WITH_SUPERFENCES and opening.lead.strip(" \t>"):
        return _behind_a_bullet(opening)
    if dialect in WITH_SUPERFENCES and closing is not None and closing.text.strip(" \t>") == opening.mark:
        return _cut_off(opening, [*inside, closing])
    return _unclosed(source, opening, closing)


def open_fence(mark_span: Span, mark: str, around: str) -> Diagnostic:
    """The diagnostic for a fence that no line closes, which CommonMark renders as code all the same.

    `around` is what it runs to the end of: the page, or its quote or list item.
    """
    return Diagnostic(
        UNSEEN_FENCE,
        f"this fence is never closed: the rest of the {around} is published as code",
        Label(mark_span, "opened here"),
        help=f"close it with a line of {spelled_out(mark)} where the code ends",
    )


def in_html(source: Source, html: Line, mark_span: Span) -> Diagnostic:
    """The diagnostic for a fence within HTML, which begins in a line and runs on up to a blank line."""
    line = source.position(mark_span.start)[0]
    start = source.offset(line)
    is_outside = not source.text[start : mark_span.start].strip(" ") and mark_span.start - start < LEVEL
    return Diagnostic(
        UNSEEN_FENCE,
        "a fence right below HTML is published as prose",
        Label(mark_span, "Markdown begins again only after a blank line"),
        causes=(Label(html.span, "the HTML begins here"),),
        help="put a blank line before the fence",
        edits=(Edit(Span(start, start), "\n"),) if is_outside else (),
    )


def spelled_out(mark: str) -> str:
    """A fence's mark in words, since between backticks, backticks could not be told apart."""
    return f"{len(mark)} {'backticks' if mark[0] == '`' else 'tildes'}"


def _indented(opening: Opening, inside: list[Line], closing: Line | None) -> Diagnostic:
    """The diagnostic for a fence after spaces or a bullet."""
    message, label = "an indented fence is published as prose", "Markdown expects it at the start of the line"
    if opening.columns < LEVEL and not opening.lead.strip() and closing is not None:
        edits = []
        for line in (opening.line, *inside, closing):
            blanks = after_columns(line.text, 0, opening.columns)
            if blanks:
                edits.append(Edit(line.span.within(0, blanks), ""))
        return _diagnose(opening, message, label, "remove the whitespace before it", tuple(edits))
    columns = (opening.columns // LEVEL + 1) * LEVEL
    advice = f"in a list, remove the fence and indent the code by {columns} spaces, after an empty line"
    return _diagnose(opening, message, label, advice)


def _behind_a_bullet(opening: Opening) -> Diagnostic:
    """The diagnostic for a fence on the same line as a list's bullet."""
    columns = len(opening.lead.expandtabs(LEVEL)) // LEVEL * LEVEL or LEVEL
    return _diagnose(
        opening,
        "a fence on the same line as a bullet is published as prose",
        "Markdown expects it on a line of its own",
        f"write the item's text after the bullet, and the fence below it, all of it indented by {columns} spaces",
    )


def _cut_off(opening: Opening, lines: list[Line]) -> Diagnostic:
    """The diagnostic for a fence in which some lines are indented less than the first."""
    lead = opening.lead.expandtabs(LEVEL)
    edits, causes = [], []
    for line in lines:
        typed = line.text.expandtabs(LEVEL)
        own = line.text[: len(line.text) - len(line.text.lstrip(" \t>"))]
        is_closing = line is lines[-1] and own.expandtabs(LEVEL) != lead
        if not line.is_blank and (not typed.startswith(lead.rstrip(" ")) or len(own.expandtabs(LEVEL)) < len(lead)):
            edits.append(Edit(line.span.within(0, len(own)), opening.lead))
            causes.append(Label(line.span, "this line does not start like the first"))
        elif is_closing:
            edits.append(Edit(line.span.within(0, len(own)), opening.lead))
            causes.append(Label(line.span, "this does not close it: it is indented more"))
    return Diagnostic(
        UNSEEN_FENCE,
        "this fence is published as prose: not all of its lines start like the first",
        Label(opening.mark_span, "opened here"),
        causes=tuple(causes[:1]),
        help="start each of its lines like the first, including the closing one",
        edits=tuple(edits),
    )


def _bad_info(source: Source, opening: Opening, dialect: Dialect) -> Diagnostic:
    """The diagnostic for a fence followed by something that Markdown does not accept."""
    text = source.slice(opening.info)
    meant = intended_info(text, opening.info.start)
    words = " ".join(f'{mark.key}="{mark.value}"' for mark in meant.marks)
    written = "{" + " ".join(filter(None, ("." + meant.language if meant.language else "", words))) + "}"
    help_ = 'write only a language, or attributes in braces: {.sh key="value"}'
    edits: tuple[Edit, ...] = ()
    if _says_the_same(text, written, dialect):
        help_ = f"write `{written}` after the {spelled_out(opening.mark)}"
        edits = (Edit(opening.info, written),)
    label = Label(opening.info, "Markdown accepts only a language, or attributes in braces")
    return Diagnostic(UNSEEN_FENCE, "this fence is published as prose", label, help=help_, edits=edits)


def _says_the_same(typed: str, written: str, dialect: Dialect) -> bool:
    """Whether attributes in braces say everything that was typed, ignoring spaces and braces."""

    def essence(text: str) -> str:
        return re.sub(r"[\s{}.,'\"]", "", text)

    return essence(typed) == essence(written) and read_info(written, 0, dialect) is not None


def _unclosed(source: Source, opening: Opening, closing: Line | None) -> Diagnostic:
    """The diagnostic for a fence that no line closes, or whose closing line differs from the opening one."""
    message = "this fence is never closed and is published as prose"
    if closing is None:
        return _diagnose(opening, message, "opened here", f"close it with a line of {spelled_out(opening.mark)}")
    typed = closing.text.strip(" \t>")
    typed_span = Span(closing.span.end - len(closing.text.lstrip(" \t>")), closing.span.end)
    is_moved = typed == opening.mark
    return Diagnostic(
        UNSEEN_FENCE,
        message,
        Label(opening.mark_span, "opened here"),
        causes=(Label(typed_span, "this does not close it"),),
        help=f"move the closing {spelled_out(typed)} to the start of the line"
        if is_moved
        else f"close it with exactly {spelled_out(opening.mark)}, not with {spelled_out(typed)}",
        edits=(Edit(closing.span, opening.lead + opening.mark),),
    )


def _diagnose(opening: Opening, message: str, label: str, advice: str, edits: tuple[Edit, ...] = ()) -> Diagnostic:
    return Diagnostic(UNSEEN_FENCE, message, Label(opening.mark_span, label), help=advice, edits=edits)
