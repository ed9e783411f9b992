"""The info string of a fence, read as each dialect of Markdown reads it.

The backticks or tildes may be followed by nothing, a language (`sh` or `.sh`), or attributes in braces: `{.sh #id
key="value"}`. Python-Markdown's `fenced_code` also accepts `hl_lines="1 3"` after the language, and `superfences` that,
a title, or attributes; with anything else they render the fence as prose, where other dialects do not care. Observed
with Python-Markdown 3.11 and pymdown-extensions 12.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...diagnostics.source import Span
from ..fence import Mark
from ..pattern import pattern
from .dialect import OF_COMMONMARK, WITH_ANY_INFO, WITH_SUPERFENCES, Dialect

_LANGUAGE = pattern(r"""\.?(?P<language>[\w#.+-]*) *(?:hl_lines=(?P<quote>["'])(?P<lines>.*?)(?P=quote) *)?""")
_ATTRIBUTE = pattern(
    r"""(?P<key>[^ =}]+)=(?:"(?P<double>.*?)"|'(?P<single>.*?)'|(?P<bare>[^ =}]+))"""
    r"""|\.(?P<language>[^ =}]*)|\#(?P<id>[^ =}]*)|(?P<word>[^ =}]+)"""
)
_SUPERFENCES = pattern(
    r"""(?:[ \t]*\.?(?P<language>[\w#.+-]+)(?=[ \t]|$))?
        (?:[ \t]*(?P<braces>\{.*\})|(?P<options>(?:[ \t]*[a-zA-Z]\w*(?:=(?:"[^"]*"|'[^']*'))?(?=[ \t]|$))+))?[ \t]*""",
    re.VERBOSE,
)
_OPTION = pattern(r"""(?P<key>[a-zA-Z]\w*)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?""")
#: What `superfences` accepts after a language, and the values it accepts there.
_OPTIONS = {
    "hl_lines": pattern(r"\d+(?:-\d+)?(?:[ \t]+\d+(?:-\d+)?)*"),
    "linenums": pattern(r"\d.*"),
    "title": pattern(r".*"),
    "title_mode": pattern(r".*"),
}
_INTENDED = pattern(r"\s*\{?\s*\.?(?P<language>[\w#+-]*)[\s,:]*(?P<rest>[^}]*)")


@dataclass(frozen=True, slots=True)
class Info:
    """What an info string says. `unread` is the part that Python-Markdown silently drops, or None."""

    language: str
    marks: tuple[Mark, ...]
    unread: Span | None = None


def read_info(text: str, at: int, dialect: Dialect) -> Info | None:
    """What the info string says, `at` being its offset in the source; None if the dialect takes it for prose."""
    if dialect in OF_COMMONMARK:
        said = _read_superfences(text, at) or intended_info(text, at)
        if text.lstrip().startswith("{."):
            return said
        # What follows a language is for other programs, and a word there may be anything.
        return replace(said, marks=tuple(mark for mark in said.marks if mark.value is not None))
    if dialect in WITH_ANY_INFO:
        # Where `superfences` reads, a word may be a mark that lacks its value.
        return _read_superfences(text, at) or intended_info(text, at, bare_words=True)
    if dialect in WITH_SUPERFENCES:
        return _read_superfences(text, at)
    blanks = len(text) - len(text.lstrip(" "))
    if text[blanks:].startswith("{"):
        info = _read_braces(text[blanks:], at + blanks)
        is_cut_off = info is not None and info.unread is not None and "}" in text[info.unread.start - at : -1]
        return None if is_cut_off else info
    match = _LANGUAGE.fullmatch(text, blanks)
    if not match:
        return None
    marks: tuple[Mark, ...] = ()
    if match["lines"] is not None:
        key_end = at + match.start("quote") - 1
        key_span, value_span = Span(key_end - len("hl_lines"), key_end), _shifted(match, "lines", at)
        marks = (Mark("hl_lines", match["lines"], key_span, value_span),)
    return Info(match["language"], marks)


def intended_info(text: str, at: int, *, bare_words: bool = False) -> Info:
    """What an info string is meant to say: a language and marks, as far as they can be recognized; marks without a
    value only with `bare_words`.
    """
    match = _INTENDED.match(text)
    language, rest = (match["language"], match["rest"].rstrip()) if match else ("", "")
    if not match:
        return Info("", ())
    # The added brace takes the place of the character before the rest, so that the spans stay correct.
    marks = _read_braces("{" + rest + "}", at + match.start("rest") - 1)
    return Info(language, tuple(mark for mark in marks.marks if bare_words or mark.value is not None) if marks else ())


def _read_superfences(text: str, at: int) -> Info | None:
    """What the info string says to `superfences`, which ignores what it cannot read inside braces."""
    match = _SUPERFENCES.fullmatch(text)
    if not match:
        return None
    language = match["language"] or ""
    if match["braces"]:
        info = _read_braces(match["braces"], at + match.start("braces"))
        is_lost = info is None or any(
            mark.key in ("hl_lines", "linenums") and mark.value is None for mark in info.marks
        )
        return None if info is None or is_lost else replace(info, language=language or info.language)
    marks = []
    if match["options"]:
        for option in _OPTION.finditer(text, match.start("options"), match.end("options")):
            name = next((name for name in ("double", "single") if option[name] is not None), None)
            value = option[name] if name else None
            values = _OPTIONS.get(option["key"])
            if values is None or not values.fullmatch(option["key"] if value is None else value):
                return None
            span = _shifted(option, name, at) if name else Span(at + option.end(), at + option.end())
            marks.append(Mark(option["key"], value, _shifted(option, "key", at), span))
    return Info(language, tuple(marks))


def _read_braces(text: str, at: int) -> Info | None:
    """What `{…}` says, up to the first thing that is not an attribute; None unless a brace ends it."""
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
        match = _ATTRIBUTE.match(inner, here)
        if not match:
            break
        if match["language"] is not None:
            languages.append(match["language"])
        elif match["id"] is None:
            marks.append(_mark(match, at + 1))
        here = match.end()
    unread = Span(at + 1 + here, at + 1 + len(inner)) if here < len(inner) else None
    return Info(languages[0] if languages else "", tuple(marks), unread)


def _mark(match: re.Match[str], at: int) -> Mark:
    """The mark in a match of `_ATTRIBUTE`."""
    if match["word"] is not None:
        span = _shifted(match, "word", at)
        return Mark(match["word"], None, span, Span(span.end, span.end))
    group = next(name for name in ("double", "single", "bare") if match[name] is not None)
    return Mark(match["key"], match[group], _shifted(match, "key", at), _shifted(match, group, at))


def _shifted(match: re.Match[str], group: str, at: int) -> Span:
    return Span(at + match.start(group), at + match.end(group))
