"""Code in AsciiDoc as a reader sees and copies it: without callouts, and with what is substituted in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..excerpt import Excerpt
from ..pattern import pattern

#: A number at the end of a line that a list below explains, and the sign of a comment that may hide it.
_CALLOUT = pattern(r"<(?:\d+|\.)>|<!--(?:\d+|\.)-->")
_HIDING = ("//", "#", "--", ";;")
_ATTRIBUTE = pattern(r"(?<!\\)\{(?P<name>[\w][\w-]*)\}")
#: Words that are set in another type.
_QUOTES = pattern(
    r"(?<![\w])(?P<mark>\*\*?|__?|##?)(?=[^\s*_#])(?P<text>[^\s*_#](?:[^\n*_#]*[^\s*_#])?)(?P=mark)(?!\w)"
)
#: With these, any substitution is made.
_ALL = frozenset({"normal"})


def as_shown(code: Excerpt, substitutions: frozenset[str]) -> Excerpt:
    """The code as its reader gets it; an attribute becomes a placeholder with its name."""
    if "<" in code.text:
        code = Excerpt.join(piece for line in code.lines() for piece in _without_callouts(line))
    if "{" in code.text and substitutions & (_ALL | {"attributes", "a"}):
        code = Excerpt.join(_with_placeholders(code))
    if substitutions & (_ALL | {"quotes", "q"}):
        code = Excerpt.join(_without_quotes(code))
    return code


def _without_callouts(line: Excerpt) -> Iterator[Excerpt]:
    text = line.text.rstrip()
    kept = text
    while kept.endswith(">") and _CALLOUT.fullmatch(kept, kept.rindex("<") if "<" in kept else 0):
        kept = kept[: kept.rindex("<")].rstrip()
    if kept != text:
        sign = next((sign for sign in _HIDING if kept.endswith(sign)), "")
        kept = kept.removesuffix(sign).rstrip()
    yield line.cut(0, len(kept))
    yield line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))


def _with_placeholders(code: Excerpt) -> Iterator[Excerpt]:
    at = 0
    for match in _ATTRIBUTE.finditer(code.text):
        yield code.cut(at, match.start())
        yield Excerpt.written_for(f"<{match['name']}>", code.span(*match.span()))
        at = match.end()
    yield code.cut(at, len(code.text))


def _without_quotes(code: Excerpt) -> Iterator[Excerpt]:
    at = 0
    for match in _QUOTES.finditer(code.text):
        yield code.cut(at, match.start())
        yield code.cut(*match.span("text"))
        at = match.end()
    yield code.cut(at, len(code.text))
