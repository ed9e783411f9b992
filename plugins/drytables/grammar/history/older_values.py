"""What an option accepts in a release: what its table says about older ones, and the words that came or went since
(`history.json`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from ..extension import Extension, Option
from ..values.base import Family, InvalidValue, Value
from .releases import NEWEST, Release, Spans, releases, word_spans


def value_in(extension: Extension, option: Option, family: Family, release: Release) -> Value:
    """The kind of value of an option, which must not be a flag, as a release reads it."""
    assert option.value is not None
    if release.is_watched:
        for until in option.before:
            release.is_in([[until.rpartition(" ")[2], None]])
        for spans in word_spans(extension.name, option.name).values():
            release.is_in(spans)
    return option.value if release.version == NEWEST else _value_in(extension, option, family, release.version)


@cache
def _value_in(extension: Extension, option: Option, family: Family, version: str) -> Value:
    value, release = option.value, Release(version)
    assert value is not None
    for until, older in option.before.items():
        only_for, _, version = until.rpartition(" ")
        if only_for in ("", family) and release < Release(version):
            value = older
            break
    unknown = {word for word, spans in word_spans(extension.name, option.name).items() if not release.is_in(spans)}
    return _without(value, frozenset(unknown)) if unknown else value


@cache
def _without(value: Value, words: frozenset[str]) -> Value:
    return value.without(words)


def read(value: Value, texts: Sequence[str], family: Family) -> Any:
    """What a kind of value reads from its one or two words; raises InvalidValue."""
    return value.read_pair(texts[0], texts[1], family) if len(texts) == 2 else value.read(texts[0], family)


def reading_spans(extension: Extension, option: Option, texts: tuple[str, ...], family: Family) -> Spans:
    """The releases that can read these words as the option's value, whether they have the option or not."""
    if not option.before and not word_spans(extension.name, option.name):
        return []
    return _reading_spans(extension, option, texts, family)


@lru_cache(maxsize=4096)
def _reading_spans(extension: Extension, option: Option, texts: tuple[str, ...], family: Family) -> Spans:
    spans: Spans = []
    goes_on = False
    for first, last, value in _values(extension, option, family):
        is_readable = _can_read(value, texts, family)
        if is_readable and goes_on:
            spans[-1][1] = last
        elif is_readable:
            spans.append([first, last])
        goes_on = is_readable
    return spans


@cache
def _values(extension: Extension, option: Option, family: Family) -> list[tuple[str, str, Value]]:
    """The kinds of value that an option has had, one after the other: each with its first and its last release."""
    values = []
    for value, run in groupby(releases(), lambda each: value_in(extension, option, family, each)):
        first, *others = [release.version for release in run]
        values.append((first, others[-1] if others else first, value))
    return values


def _can_read(value: Value, texts: tuple[str, ...], family: Family) -> bool:
    try:
        read(value, texts, family)
    except InvalidValue:
        return False
    return True
