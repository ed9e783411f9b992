"""One command per line, quoted as in POSIX shells: the fast path, without a shell parser."""

from __future__ import annotations

from ...diagnostics.codes.command import NO_COMMAND, UNCLOSED_QUOTE
from ...diagnostics.diagnostic import Diagnostic, Label
from ...diagnostics.source import Source, Span
from ..pattern import pattern
from ..word import Command, Word

_PLAIN = pattern(r"""[^ \t\r\n"'\\]+""")
_PLAIN_IN_DOUBLE_QUOTES = pattern(r"""[^"\\]+""")
_OTHER_BLANK = pattern(r"[\t\r\n]")
_NEEDS_QUOTE_REMOVAL = pattern(r"""["'\\]""")
_BLANKS = " \t\r\n"
_ESCAPED_IN_DOUBLE_QUOTES = frozenset('$`"\\\n')
_FAMILIES = {"iptables": "ipv4", "ip6tables": "ipv6"}


def read_line(source: Source, span: Span | None = None) -> Command | Diagnostic:
    """The iptables or ip6tables command in a span of the source (default: all of it).

    Quotes and backslashes are removed as by a POSIX shell (Shell Command Language, 2.2); nothing is expanded, so `$x`
    stays as it is. Anything else yields a diagnostic: `unclosed-quote` or `no-command`.
    """
    text = source.text if span is None else source.text[span.start : span.end]
    base = 0 if span is None else span.start
    words = read_words(text, base)
    if isinstance(words, Diagnostic):
        return words
    if not words:
        return Diagnostic(
            NO_COMMAND, "the line has no command", Label(Span(base, base)), help="write `iptables` and its options"
        )
    program = words[0]
    family = _FAMILIES.get(program.text) or _family_of(program.text)
    if family is None:
        return Diagnostic(
            NO_COMMAND,
            f"`{program.text}` is neither iptables nor ip6tables",
            Label(program.span, "only these two are checked"),
            help="start the line with `iptables` or `ip6tables`",
        )
    return Command(words, Span(program.span.start, words[-1].span.end), family)


def read_words(text: str, base: int = 0) -> tuple[Word, ...] | Diagnostic:
    """The words of a text, which begins at an offset of the source, or a quote that is never closed."""
    return _read_quoted(text, base) if _NEEDS_QUOTE_REMOVAL.search(text) else _read_plain(text, base)


def _family_of(program: str) -> str | None:
    # The knowledge of other programs is loaded only for a program with another name.
    from .programs import family_of

    return family_of(program)


def _read_plain(text: str, base: int) -> tuple[Word, ...]:
    """The words of a text without quoting."""
    words = []
    at = base
    for piece in _OTHER_BLANK.sub(" ", text).split(" "):
        end = at + len(piece)
        if piece:
            words.append(Word(piece, Span(at, end)))
        at = end + 1
    return tuple(words)


def _read_quoted(text: str, base: int) -> tuple[Word, ...] | Diagnostic:
    """The words of a text with quotes or backslashes."""
    words: list[Word] = []
    at, end = 0, len(text)
    while True:
        while at < end and text[at] in _BLANKS:
            at += 1
        if at == end:
            return tuple(words)
        start = at
        run = _PLAIN.match(text, at)
        parts = [run[0]] if run else []
        at = run.end() if run else at
        while at < end and text[at] not in _BLANKS:
            if text[at] == "\\":
                parts.append(text[at + 1 : at + 2].replace("\n", "") if at + 1 < end else "\\")
                at = min(at + 2, end)
            elif text[at] in "'\"":
                part, after = _quoted(text, at)
                if after < 0:
                    return _unclosed(text[at], base + at)
                parts.append(part)
                at = after
            else:
                run = _PLAIN.match(text, at)
                parts.append(run[0] if run else text[at])
                at += len(parts[-1])
        words.append(Word("".join(parts), Span(base + start, base + at)))


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What the quotes opened at an index contain, and the index after them; -1 if they are not closed."""
    if text[at] == "'":
        close = text.find("'", at + 1)
        return text[at + 1 : close], close + 1 if close >= 0 else -1
    parts: list[str] = []
    at += 1
    while at < len(text):
        char = text[at]
        if char == '"':
            return "".join(parts), at + 1
        if char == "\\" and text[at + 1 : at + 2] in _ESCAPED_IN_DOUBLE_QUOTES:
            parts.append(text[at + 1].replace("\n", ""))
            at += 2
            continue
        run = _PLAIN_IN_DOUBLE_QUOTES.match(text, at)
        parts.append(run[0] if run else char)
        at += len(parts[-1])
    return "", -1


def _unclosed(quote: str, at: int) -> Diagnostic:
    name = "single" if quote == "'" else "double"
    return Diagnostic(
        UNCLOSED_QUOTE,
        f"this {name} quote is never closed",
        Label(Span(at, at + 1), "opened here"),
        help=f"close it with another {quote}, or write \\{quote} for the character itself",
    )
