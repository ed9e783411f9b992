"""What an option accepts in a release: what its table says about older ones, and the words that came or went since
(`history.json`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from ..extension import Extension, Option
from ..values.base import Family, InvalidValue, Value
from .releases import NEWEST, Release, releases, word_spans


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


def is_misread_by(kind: Value, newest: Value, texts: Sequence[str], family: Family) -> bool:
    """Whether an older `kind` of value reads words otherwise than the `newest` does, or than anybody would."""
    try:
        return bool(read(newest, texts, family) != read(kind, texts, family))
    except InvalidValue:
        return kind.is_lenient


class Reading(NamedTuple):
    """What the releases from `first` to `last` read some words as, and whether that is something else than written."""

    first: Release
    last: Release
    value: Any
    is_misread: bool


def readings(extension: Extension, option: Option, texts: tuple[str, ...], family: Family) -> tuple[Reading, ...]:
    """What releases read words as, those that can read them at all, whether they have the option or not; the oldest
    first. Nothing, if all releases read all values of the option alike.
    """
    if not option.before and not word_spans(extension.name, option.name):
        return ()
    return _readings(extension, option, texts, family)


@lru_cache(maxsize=4096)
def _readings(extension: Extension, option: Option, texts: tuple[str, ...], family: Family) -> tuple[Reading, ...]:
    newest = option.value
    assert newest is not None
    found: list[Reading] = []
    for first, last, kind in _values(extension, option, family):
        try:
            value = read(kind, texts, family)
        except InvalidValue:
            continue
        is_misread = kind is not newest and is_misread_by(kind, newest, texts, family)
        if found and found[-1].last.index + 1 == first.index and found[-1][2:] == (value, is_misread):
            found[-1] = found[-1]._replace(last=last)
        else:
            found.append(Reading(first, last, value, is_misread))
    return tuple(found)


@cache
def _values(extension: Extension, option: Option, family: Family) -> list[tuple[Release, Release, Value]]:
    """The kinds of value that an option has had, one after the other: each with its first and its last release."""
    values = []
    for value, run in groupby(releases(), lambda each: value_in(extension, option, family, each)):
        stretch = [*run]
        values.append((stretch[0], stretch[-1], value))
    return values
