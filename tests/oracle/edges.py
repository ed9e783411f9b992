"""Texts at the edges of what an option takes: numbers that just fit, and texts that are nearly one that is taken."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

#: Powers of two at which some number or other ends.
_POWERS = (1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 15, 16, 20, 24, 31, 32, 33, 63, 64, 65)
#: Lengths, in bytes, at which some text or other ends.
_LENGTHS = (15, 16, 17, 27, 28, 29, 30, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 1024)
_SEPARATORS = ":-/,.@&|x "
_BLANKS = (" ", "\t", "  ")


def edge(text: str, random: Random) -> str:
    """A text near to one that an option takes."""
    return random.choice(_WAYS)(text, random)


def number(random: Random) -> str:
    """A number at an edge, in one of the ways in which C reads them."""
    value = (1 << random.choice(_POWERS)) + random.choice((-2, -1, -1, 0, 0, 1))
    value = random.choice((value, value, value, -value, 0, random.randrange(100)))
    sign, size = "-" if value < 0 else "", abs(value)
    spelled = random.choice((f"{size}", f"{size}", f"{size:#x}", f"{size:#X}", f"0{size:o}", f"000{size}"))
    return random.choice(("", "", "", "", "+", " ", "\t", "-")) + sign + spelled


def _number(text: str, random: Random) -> str:
    return number(random)


def _range(text: str, random: Random) -> str:
    ends = (text, number(random), number(random), "")
    return random.choice(ends) + random.choice(_SEPARATORS) + random.choice(ends)


def _in_pieces(text: str, random: Random) -> str:
    """Two pieces of the text, or one of them left out, with its own separator between."""
    separators = [each for each in _SEPARATORS if each in text]
    if not separators:
        return _range(text, random)
    separator = random.choice(separators)
    pieces = text.split(separator)
    at = random.randrange(len(pieces))
    pieces[at] = random.choice(("", number(random), pieces[at] * 2, f" {pieces[at]}"))
    return separator.join(pieces)


def _list(text: str, random: Random) -> str:
    return ",".join(random.choice((text, text, "", "!", number(random))) for _ in range(random.randrange(2, 6)))


def _another_case(text: str, random: Random) -> str:
    return random.choice((text.upper, text.lower, text.title, text.swapcase))()


def _beginning(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _with_something_before(text: str, random: Random) -> str:
    return random.choice((*_BLANKS, "+", "-", "0", "0x", "!", ",", ":", "/", "x")) + text


def _with_something_behind(text: str, random: Random) -> str:
    return text + random.choice((*_BLANKS, "x", "0", ",", ":", "/", "-", "!", ".", "%", "s", "k", "ms"))


def _long(text: str, random: Random) -> str:
    size = random.choice(_LENGTHS)
    return ((text or "a") * size)[:size]


_WAYS: tuple[Callable[[str, Random], str], ...] = (
    _number,
    _number,
    _range,
    _in_pieces,
    _in_pieces,
    _list,
    _another_case,
    _beginning,
    _with_something_before,
    _with_something_behind,
    _long,
)
