"""What is wrong with a command as shell text, before iptables sees any of it."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...diagnostics.codes.command import UNCLOSED_QUOTE
from ...diagnostics.codes.page import SHELL_SYNTAX
from ...diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..pattern import pattern
from ..word import Command

#: An unquoted parenthesis in a command; `$(`, `<(` and `>(` are the shell's.
_PARENTHESIS = pattern(
    r"""(?:[^\\'"`;&|()#\n$<>]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=\S)\#)*(?P<paren>[()])""", re.DOTALL
)
#: The lines that git writes before, between and after two versions.
_CONFLICT, _BETWEEN, _AFTER = (
    pattern(rf"^{mark}$", re.MULTILINE) for mark in (r"<{7} \S[^\n]*", "={7}", r">{7} \S[^\n]*")
)


def unclosed_quote(code: Excerpt, at: int) -> Diagnostic:
    """The diagnostic for a quote or backtick that nothing closes."""
    quote = code.text[at]
    name = {'"': "double quote", "'": "single quote", "`": "backtick"}[quote]
    line_end = code.text.find("\n", at)
    last = code.span(at, len(code.text) if line_end < 0 else line_end)
    is_last = quote == "`" and not code.text[at + 1 : line_end if line_end >= 0 else None].strip()
    return Diagnostic(
        UNCLOSED_QUOTE,
        f"this {name} is never closed",
        Label(code.span(at, at + 1), "opened here"),
        causes=(Label(Span(last.end, last.end), "the line ends here"),),
        notes=("the shell waits for more lines and never runs the command",),
        help="remove it: Markdown backticks do not belong in code"
        if is_last
        else f"close it with another {quote}, or write \\{quote} for the character itself",
        edits=(Edit(code.span(at, at + 1), ""),) if is_last else (),
    )


#: What to do about a parenthesis.
_ADVICE = {
    "(": "put quotes around the word, or write `<…>` for what the reader must fill in",
    ")": "remove it, or put quotes around the word",
}


def stray_parentheses(code: Excerpt, commands: list[Command], *, may_close: bool) -> list[Diagnostic]:
    """The diagnostics for commands with a parenthesis in the middle that the shell takes for its own.

    `may_close` says that one which closes may belong to one before the code.
    """
    diagnostics = []
    for command in commands:
        start = bisect_left(code.starts, command.span.start)
        stray = _PARENTHESIS.match(code.text, start)
        if stray is None or (stray["paren"] == ")" and (may_close or "(" in code.text[:start])):
            continue
        diagnostics.append(
            Diagnostic(
                SHELL_SYNTAX,
                "the shell treats this parenthesis as syntax and does not run the command",
                Label(code.span(stray.start("paren"), stray.end()), "not expected here"),
                causes=(Label(command.span, "in this command"),),
                quote=Quote(f"syntax error near unexpected token `{stray['paren']}'", "bash"),
                help=_ADVICE[stray["paren"]],
            )
        )
    return diagnostics


def marks_of_conflict(code: Excerpt) -> list[Diagnostic]:
    """The diagnostic for what git writes around two versions of which one is to stay; the shell stops at the first."""
    first = _CONFLICT.search(code.text)
    middle = first and _BETWEEN.search(code.text, first.end())
    last = middle and _AFTER.search(code.text, middle.end())
    if not (first and middle and last):
        return []
    return [
        Diagnostic(
            SHELL_SYNTAX,
            "git wrote this line where two versions differ, and the shell does not run what follows it",
            Label(code.span(*first.span())),
            causes=(Label(code.span(*middle.span())), Label(code.span(*last.span()))),
            quote=Quote("syntax error near unexpected token `<<<'", "bash"),
            help="keep what is to stay of the two, and remove the lines with the marks",
        )
    ]


def unreadable(code: Excerpt) -> Diagnostic:
    """The diagnostic for a line that is so long, and so far from shell, that no parser reaches its end in time."""
    end = code.text.find("\n")
    return Diagnostic(
        SHELL_SYNTAX,
        "this line cannot be read as shell, and the commands in it were not judged",
        Label(code.span(0, len(code.text) if end < 0 else end)),
        help="split it into several lines",
    )


def closed(code: Excerpt, at: int) -> Excerpt:
    """The code with the open quote closed at the end of the text, so that the words before it can be read."""
    quote = code.text[at]
    body = len(code.text.rstrip())
    if body - 1 == at:
        # Nothing follows the quote: it is a literal character.
        return Excerpt.join((code.cut(0, at), code.cut(body, len(code.text))))
    end = code.span(body, body)
    return Excerpt.join((code.cut(0, body), Excerpt.written_for(quote, end), code.cut(body, len(code.text))))
