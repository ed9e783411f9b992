"""The kinds of options in a TCP header, by the names that `-j TCPOPTSTRIP -h` gives them."""

from __future__ import annotations

from .base import Family, InvalidValue, Value, number
from .wording import Context

NAMES = {"wscale": 3, "mss": 2, "sack-permitted": 4, "sack": 5, "timestamp": 8, "md5": 19}


def say_option(kind: int) -> str:
    """A kind by its number, with its name if it has one: `8 (timestamp)`."""
    name = next((name for name, known in NAMES.items() if known == kind), "")
    return f"{kind} ({name})" if name else str(kind)


class OptionKind(Value):
    """The kind of a TCP option, 1 to 255."""

    synopsis = "N"

    def read(self, text: str, family: Family) -> int:
        kind = number(text)
        if kind is None or not 1 <= kind <= 255:
            raise InvalidValue("not a number from 1 to 255", says=f'Bad TCP option "{text}"')
        return kind

    def say(self, value: int, context: Context) -> str:
        return say_option(value)
