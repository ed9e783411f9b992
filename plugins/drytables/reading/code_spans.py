"""Code within a sentence: spans between backticks that are whole commands."""

from __future__ import annotations

from collections.abc import Iterator

from .excerpt import Excerpt
from .pattern import pattern
from .shell.prompts import RUNS

_SPAN = pattern(r"(?<!`)(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)")
#: The program, followed by two words, which make it more than a mention of an option.
_COMMAND = pattern(r"\s*+(?:[$#]\s*+)?(?=" + RUNS.replace("#", r"\#") + r"\S*\s+\S)")


def code_spans(line: Excerpt) -> Iterator[Excerpt]:
    """The code spans of a line of prose that run iptables, without the prompt before it."""
    for match in _SPAN.finditer(line.text):
        command = _COMMAND.match(match["code"])
        if command:
            start = match.start("code") + command.end()
            yield line.cut(start, match.end("code"))
