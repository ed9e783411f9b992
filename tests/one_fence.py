"""A page with one fence, and the commands that are read from it, as the tests of `reading` compare them."""

from __future__ import annotations

from drytables.diagnostics.source import Source
from drytables.reading.markdown.fences import read_fences
from drytables.reading.shell.script import Script, read_commands
from drytables.reading.word import Word


def read(code: str, language: str = "sh") -> tuple[Source, Script]:
    """The page, and what is read from its fence."""
    source = Source("post.md", f"Title: x\n\n~~~~~{language}\n{code}\n~~~~~\n")
    (fence,) = read_fences(source).fences
    return source, read_commands(source, fence)


def commands(code: str, language: str) -> list[str]:
    """The commands of a fence; an unknown part of a word is `?`, and a word with a blank in it is in brackets."""
    return [" ".join(map(_shown, command.words)) for command in read(code, language)[1].commands]


def typed(code: str, language: str) -> list[list[str]]:
    """Each word of each command as it is typed on the page."""
    source, script = read(code, language)
    return [[source.slice(word.span) for word in command.words] for command in script.commands]


def _shown(word: Word) -> str:
    text, holes = word.text, word.holes
    at, pieces = len(text), []
    for start, end in sorted(holes, reverse=True):
        if start < at:
            pieces += [text[end:at], "?"] if end <= at else []
            at = start
    shown = "".join(reversed([*pieces, text[:at]]))
    return f"[{shown}]" if " " in shown or not shown else shown
