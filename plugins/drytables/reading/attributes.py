"""The info string of a fence, read as Python-Markdown's `fenced_code` and `attr_list` read it.

After the backticks or tildes may stand nothing, a language (`sh` or `.sh`) which `hl_lines="1 3"` may follow, or
attributes in braces: `{.sh #id key="value"}`. Of anything else Python-Markdown makes prose. Observed with its 3.11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diagnostics.source import Span

_LANGUAGE = re.compile(r"""\.?(?P<language>[\w#.+-]*) *(?:hl_lines=(?P<quote>["'])(?P<lines>.*?)(?P=quote) *)?""")
_ATTRIBUTE = re.compile(
    r"""(?P<key>[^ =}]+)=(?:"(?P<double>.*?)"|'(?P<single>.*?)'|(?P<bare>[^ =}]+))"""
    r"""|\.(?P<language>[^ =}]*)|\#(?P<id>[^ =}]*)|(?P<word>[^ =}]+)"""
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One `key="value"` of a fence; `value` is None where the key stands alone."""

    key: str
    value: str | None
    key_span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class Info:
    """What an info string says. `unread` is the part that Python-Markdown drops without a word, or None."""

    language: str
    marks: tuple[Mark, ...]
    unread: Span | None = None


def read_info(text: str, at: int) -> Info | None:
    """What the info string says, `at` being its offset in the source; None when Python-Markdown takes it for prose."""
    blanks = len(text) - len(text.lstrip(" "))
    if text[blanks:].startswith("{"):
        return _read_braces(text[blanks:], at + blanks)
    found = _LANGUAGE.fullmatch(text, blanks)
    if not found:
        return None
    marks: tuple[Mark, ...] = ()
    if found["lines"] is not None:
        key_end = at + found.start("quote") - 1
        key_span, value_span = Span(key_end - len("hl_lines"), key_end), _shifted(found, "lines", at)
        marks = (Mark("hl_lines", found["lines"], key_span, value_span),)
    return Info(found["language"], marks)


def _read_braces(text: str, at: int) -> Info | None:
    """What `{…}` says; None unless its brace is closed once, at the very end."""
    if not text.endswith("}"):
        return None
    inner = text[1:-1]
    languages: list[str] = []
    marks: list[Mark] = []
    here = 0
    while here < len(inner):
        if inner[here] == " ":
            here += 1
            continue
        found = _ATTRIBUTE.match(inner, here)
        if not found:
            break
        if found["language"] is not None:
            languages.append(found["language"])
        elif found["id"] is None:
            marks.append(_mark(found, at + 1))
        here = found.end()
    if "}" in inner[here:]:
        return None
    unread = Span(at + 1 + here, at + 1 + len(inner)) if here < len(inner) else None
    return Info(languages[0] if languages else "", tuple(marks), unread)


def _mark(found: re.Match[str], at: int) -> Mark:
    """The mark which a match of `_ATTRIBUTE` holds."""
    if found["word"] is not None:
        span = _shifted(found, "word", at)
        return Mark(found["word"], None, span, Span(span.end, span.end))
    group = next(name for name in ("double", "single", "bare") if found[name] is not None)
    return Mark(found["key"], found[group], _shifted(found, "key", at), _shifted(found, group, at))


def _shifted(found: re.Match[str], group: str, at: int) -> Span:
    return Span(at + found.start(group), at + found.end(group))
