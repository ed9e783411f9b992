"""How values are put into words: lists, ranges, ordinals and texts, as a person says them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

#: The places of a round by name; later ones are described by what comes before.
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

#: The powers of 1024 and of 1000 in which a number of bytes is also given, the largest first.
_BYTES = tuple((f"{letter}{kind}B", base**power) for power, letter in ((4, "T"), (3, "G"), (2, "M"))
               for kind, base in (("i", 1024), ("", 1000)))  # fmt: skip

#: What a range of all numbers is called, and what is outside of it.
_ANYTHING, _NOTHING = "anything", "nothing"

#: What else so many of something are known as.
_KNOWN_AS = {
    ("second", 60): "a minute",
    ("second", 3600): "an hour",
    ("second", 86_400): "a day",
    ("second", 604_800): "a week",
    ("millisecond", 1000): "a second",
    ("millisecond", 60_000): "a minute",
    ("millisecond", 3_600_000): "an hour",
    ("millisecond", 86_400_000): "a day",
}

#: Anything with more digits than a 64-bit number is not a count.
_MOST_DIGITS = 20

#: This many names in a row are described as a range.
_SHORTEST_RUN = 3


class Context(NamedTuple):
    """What decides how a value is put into words, besides the value.

    family    that of the rule
    protocol  the name of the one protocol that the rule is for; empty if there is not just one
    typed     its words as they were typed, with a space between two
    negated   whether a `!` stands before them; a kind of value that words this itself is for sentences that do not
    """

    family: str
    protocol: str = ""
    typed: str = ""
    negated: bool = False


def in_a_row(words: Iterable[str], link: str = "and") -> str:
    """`a`, `a and b` or `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} {link} {last}" if others else last


def runs(names: Iterable[str]) -> list[str]:
    """Names in their order, of which those left out are empty, with three or more neighbours as a range: `Monday to
    Friday`.
    """
    told: list[str] = []
    for is_named, group in groupby(names, bool):
        run = [*group] if is_named else []
        told += run if len(run) < _SHORTEST_RUN else [f"{run[0]} to {run[-1]}"]
    return told


def one_of_these(words: Iterable[str]) -> str:
    """`a` alone, or `one of a and b`."""
    given = [*words]
    return given[0] if len(given) == 1 else f"one of {in_a_row(given)}"


def within(low: str, high: str, has_low: bool, has_high: bool, negated: bool) -> str:
    """The numbers from one to another, either of which may have no meaning, or all others: `at least 64`, `between 1
    and 9`.
    """
    if has_low and has_high:
        return f"{'not ' if negated else ''}between {low} and {high}"
    if has_low:
        return f"less than {low}" if negated else f"at least {low}"
    if has_high:
        return f"more than {high}" if negated else f"at most {high}"
    return _NOTHING if negated else _ANYTHING


def counted(count: str, noun: str) -> str:
    """A count with its noun in the number that it asks for, and what else the count is known as: `at most 1 packet`,
    `3600 seconds (an hour)`.
    """
    if count in (_ANYTHING, _NOTHING):
        return f"{'any' if count == _ANYTHING else 'no'} number of {noun}s"
    amount = count.rsplit(" ", 1)[-1]
    words = f"{count} {noun}" if amount == "1" else f"{count} {noun}s"
    if not (amount.isdecimal() and amount.isascii()) or len(amount) > _MOST_DIGITS:
        return words
    known_as = _larger(int(amount)) if noun == "byte" else _KNOWN_AS.get((noun, int(amount)), "")
    return f"{words} ({known_as})" if known_as else words


def _larger(octets: int) -> str:
    """A number of bytes in the largest unit that it is a whole number of; empty if that is none."""
    return next((f"{octets // size} {name}" for name, size in _BYTES if octets and octets % size == 0), "")


def place_in_round(places_before: int) -> str:
    """Which of a round it is: `the third`."""
    if places_before < len(_ORDINALS):
        return f"the {_ORDINALS[places_before]}"
    return f"the one after the first {places_before}"


def quoted(text: str) -> str:
    """A text between quotation marks, as it is."""
    return f'"{text}"'


def as_typed(number: int, text: str) -> str:
    """A number in the base in which a text has it: in hexadecimal if the text is."""
    return f"{number:#x}" if text.strip()[:2].lower() == "0x" else str(number)
