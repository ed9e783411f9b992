"""What `echo` and `printf` print, and for whom: text that goes to a file or to a program may be a script, or rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..names import FOLDER, SHELL
from ..pattern import pattern
from .quotes import ansi_c_escape
from .words import ShellWord

_ECHO_OPTION = pattern(r"-[neE]+")
_DIRECTIVE = pattern(r"%(?:%|[-+ #0]*+\d*+(?:\.\d+)?[a-zA-Z])")
#: Formats of which nothing is printed but the arguments: `%s\n`, `%s `.
_ONLY_ARGUMENT = pattern(r"\s*%[sb]\s*")
#: Programs that only look at what they read, or show it to people.
_LOOKS = frozenset({
    "grep", "egrep", "fgrep", "logger", "mail", "mailx", "wall", "less", "more", "wc", "awk", "cut", "xargs", "column",
    "figlet", "lolcat", "md5sum", "sha256sum", "head", "tail", "read", "while", "fold", "systemd-cat",
})  # fmt: skip
_SHOWN_TO_PEOPLE = pattern(r"/dev/(?!shm)|log\b|\blog", re.IGNORECASE)
_WORD = pattern(r"[^\s|;&()<>]+")
_AT = pattern(rf"\s*(?:sudo\s+)?{FOLDER}(?:at|batch)(?![\w.-])")
_SHELL = pattern(rf"{FOLDER}{SHELL}(?![\w.-])")


def is_for_people(reader: str) -> bool:
    """Whether what is printed for a reader, `> FILE` or the rest of a pipeline, is only looked at."""
    if reader.startswith(">"):
        return bool(_SHOWN_TO_PEOPLE.search(reader))
    program = _WORD.search(reader)
    return program is not None and program[0].rpartition("/")[2] in _LOOKS


def is_for_a_shell(reader: str) -> bool:
    """Whether a shell reads it, if only later: at(1) hands its script to one."""
    return not reader.startswith(">") and bool(_SHELL.search(reader) or _AT.match(reader))


def printed_by(words: Sequence[ShellWord]) -> Excerpt | None:
    """What a command prints, each character with its place; None if it is neither `echo` nor `printf`."""
    names = [word.text.text.rpartition("/")[2] for word in words[:2]]
    if names[:1] in (["sudo"], ["command"], ["builtin"]):
        words, names = words[1:], names[1:]
    if names[:1] == ["echo"]:
        return Excerpt.join(_echo(words[1:]))
    if names[:1] == ["printf"]:
        words = [word for word in words[1:] if word.text.text != "--"]
        return Excerpt.join(_printf(words[0].text, words[1:])) if words else None
    return None


def _echo(words: Sequence[ShellWord]) -> Iterator[Excerpt]:
    reads_escapes, has_end = False, True
    while words and _ECHO_OPTION.fullmatch(words[0].text.text):
        reads_escapes = reads_escapes or "e" in words[0].text.text
        has_end = has_end and "n" not in words[0].text.text
        words = words[1:]
    for before, word in zip((None, *words), words, strict=False):
        if before is not None:
            yield Excerpt.written_for(" ", Span(before.span.end, max(before.span.end, word.span.start)))
        yield from _without_escapes(word.text) if reads_escapes else (word.text,)
    if words and has_end:
        yield Excerpt.written_for("\n", Span(words[-1].span.end, words[-1].span.end))


def _without_escapes(text: Excerpt) -> Iterator[Excerpt]:
    """The text with what its backslashes stand for."""
    at = 0
    while True:
        escape = text.text.find("\\", at)
        if escape < 0:
            yield text.cut(at, len(text.text))
            return
        yield text.cut(at, escape)
        char, at = ansi_c_escape(text.text, escape)
        yield Excerpt.written_for(char, text.span(escape, at))


def _printf(format_: Excerpt, arguments: Sequence[ShellWord]) -> Iterator[Excerpt]:
    """What a format and its arguments print. Its places are those of the format, or of the arguments where nothing but
    they is printed.
    """
    if arguments and _ONLY_ARGUMENT.fullmatch(_said(format_)):
        before, _, after = _said(format_).partition("%s")
        for word in arguments:
            yield Excerpt.written_for(before, Span(word.span.start, word.span.start))
            yield word.text
            yield Excerpt.written_for(after, Span(word.span.end, word.span.end))
        return
    waiting = list(arguments)
    yield from _filled(format_, waiting)
    while waiting and _DIRECTIVE.search(format_.text):
        place = waiting[0].span
        yield Excerpt.written_for(Excerpt.join(_filled(format_, waiting)).text, place)


def _said(format_: Excerpt) -> str:
    return Excerpt.join(_without_escapes(format_)).text.replace("%b", "%s")


def _filled(format_: Excerpt, waiting: list[ShellWord]) -> Iterator[Excerpt]:
    """A format with its next arguments, which are taken from `waiting`."""
    at = 0
    for match in _DIRECTIVE.finditer(format_.text):
        yield from _without_escapes(format_.cut(at, match.start()))
        at = match.end()
        span = format_.span(*match.span())
        value = "%" if match[0] == "%%" else waiting.pop(0).text.text if waiting else ""
        yield Excerpt.written_for(value, span)
    yield from _without_escapes(format_.cut(at, len(format_.text)))
