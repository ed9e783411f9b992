"""plugins/press/site/description.py: values in words that are the same in each process, and others for other values."""

from __future__ import annotations

import datetime
import functools
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Tag
from press.site.description import CannotBeDescribedError, described, described_exactly


class Thing:
    """An object with attributes."""

    def __init__(self, value: object) -> None:
        self.value = value


class Narrow:
    """One without a dictionary."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


@dataclass(frozen=True, slots=True)
class Place:
    """One that is equal to another with the same value, wherever that was."""

    value: object
    where: int = field(default=0, compare=False)


def tag(name: object) -> Tag:
    """A tag of that name, with a slug that nobody has asked for yet."""
    return Tag(str(name), DEFAULT_CONFIG)


@pytest.mark.parametrize("kind", [Thing, Narrow, Place, tag, lambda value: [{"a": (value,)}]])
def test_objects_are_told_by_what_they_have(kind: Callable[[object], object]) -> None:
    assert described_exactly(kind("one")) == described_exactly(kind("one"))
    assert described_exactly(kind("one")) != described_exactly(kind("two"))


def test_what_does_not_count() -> None:
    asked = tag("C & more")
    assert asked.slug
    assert described_exactly(asked) == described_exactly(tag("C & more"))
    assert described_exactly(Place(1, 2)) == described_exactly(Place(1, 3))
    assert described_exactly({"b", "a"}) == described_exactly({"a", "b"})
    assert described(Thing(1)) == described(Thing(2))


def test_what_was_worked_out_from_the_rest() -> None:
    class Lazy(Thing):
        @functools.cached_property
        def more(self) -> object:
            return [self.value]

    asked = Lazy(1)
    assert asked.more
    assert described_exactly(asked) == described_exactly(Lazy(1))


def test_moments() -> None:
    noon = datetime.datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))

    assert described_exactly(noon) != described_exactly(noon.replace(tzinfo=ZoneInfo("UTC")))
    assert described_exactly(noon.date()) != described_exactly(noon.time())


def test_what_contains_itself() -> None:
    circle: list[Any] = [1]
    circle.append(circle)

    assert described_exactly(circle) == described_exactly(circle)


@pytest.mark.parametrize(
    "value",
    [
        threading.Lock(), functools.partial(len, "a"), datetime.datetime, datetime.datetime.now, time.time, time,
        random.random, random.Random(1), iter("a"), [{"deep": object()}],
    ],
)  # fmt: skip
def test_what_nobody_can_look_into_or_tells_another_thing_each_time(value: object) -> None:
    with pytest.raises(CannotBeDescribedError):
        described_exactly(value)
    assert described([value])
