"""What `xargs`, `parallel` and `find` put into a command, once for each of many arguments, is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..placeholders import outermost
from ..word import Word
from .programs import Running, script_start

#: What a reader of placeholders knows as one.
_PLACEHOLDER = "{}"


def words_run(words: Sequence[Word], run: Running) -> list[Word]:
    """The words of the command that is run, the program's name first: what is put in for an argument is a hole, and a
    word of no width stands for the arguments at the end.
    """
    shown = [*words[run.at : run.end]]
    if run.replaced:
        shown = [_with_holes(word, run.replaced) for word in shown]
    if run.is_appended and shown:
        end = shown[-1].span.end
        shown.append(Word("…", Span(end, end), ((0, 1),), "list"))
    return shown


def script_run(script: Excerpt, run: Running) -> Excerpt:
    """A script among the words of a command, with a placeholder for each argument that is put in."""
    script = script.cut(script_start(script.text), len(script.text))
    if not run.replaced or run.replaced == _PLACEHOLDER:
        return script
    pieces: list[Excerpt] = []
    at = 0
    for match in re.finditer(re.escape(run.replaced), script.text):
        pieces += script.cut(at, match.start()), Excerpt.written_for(_PLACEHOLDER, script.span(*match.span()))
        at = match.end()
    return Excerpt.join((*pieces, script.cut(at, len(script.text))))


def _with_holes(word: Word, replaced: str) -> Word:
    if replaced not in word.text:
        return word
    holes = [match.span() for match in re.finditer(re.escape(replaced), word.text)]
    return word._replace(holes=tuple(outermost([*word.holes, *holes])))
