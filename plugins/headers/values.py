"""The values of fields as texts, whatever form they have."""

from __future__ import annotations

from drytables.diagnostics.source import Span

from .header import Field, Text


def is_given(each: Field) -> bool:
    """Whether a field has a value; `author:` may be a table."""
    return bool(each.texts() or called(each))


def called(each: Field) -> list[Text]:
    """The name of what a table is about: `author: {name: Ana}`."""
    if isinstance(each.value, Text):
        return []
    inner = [part for part in each.value if isinstance(part, Field) and part.key in ("name", "title")]
    return [part.value for part in inner if isinstance(part.value, Text) and part.value.words][:1]


def divided(words: str) -> list[str]:
    """The parts of a text, as Pelican divides it: at semicolons, or else at commas."""
    return [part.strip() for part in words.split(";" if ";" in words else ",") if part.strip()]


def divided_with_places(text: Text) -> list[Text]:
    """The parts of a text in one line, each where it is; those of a longer one are all where that is."""
    parts, at = [], 0
    for part in divided(text.words):
        at = text.words.index(part, at)
        start = text.span.start + at
        is_plain = text.span.end - text.span.start == len(text.words)
        parts.append(Text(part, Span(start, start + len(part)) if is_plain else text.span))
        at += len(part)
    return parts


def words_of(each: Field) -> list[str]:
    """The values of a field as Python-Markdown gives them: one for each item or line."""
    if isinstance(each.value, Text):
        return each.value.words.split("\n")
    return [text.words for text in each.texts()] or [""]


def has_table(each: Field) -> bool:
    """Whether a value is a table rather than text."""
    return not isinstance(each.value, Text) and any(isinstance(part, Field) for part in each.value)
