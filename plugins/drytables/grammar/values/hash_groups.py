"""The groups of hashlimit: what of a packet tells them apart, and how much of an address."""

from __future__ import annotations

from ...reading.pattern import pattern
from .addresses import BITS, prefix_length
from .base import Family, InvalidValue, Value
from .resolved_addresses import read_resolved_mask
from .wording import Context, in_a_row

_MODES = {
    "srcip": "source address",
    "srcport": "source port",
    "dstip": "destination address",
    "dstport": "destination port",
}
_BETWEEN_MODES = pattern("[,|]")


class Modes(Value):
    """What distinguishes groups: words separated by commas or bars, empty ones ignored."""

    synopsis = "srcip|srcport|dstip|dstport[,...]"

    def read(self, text: str, family: Family) -> frozenset[str]:
        at = 0
        words = _BETWEEN_MODES.split(text)
        for word in words:
            if word and word not in _MODES:
                raise InvalidValue(
                    "expected srcip, srcport, dstip or dstport",
                    at=(at, at + len(word)),
                    choices=tuple(_MODES),
                    says=f'{{extension}}: Bad value for "--{{option}}" option: "{text}"',
                )
            at += len(word) + 1
        return frozenset(filter(None, words))

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(mode for mode in _MODES if mode in value)

    def say(self, value: frozenset[str], context: Context) -> str:
        given = [said for mode, said in _MODES.items() if mode in value]
        return f"packets with the same {in_a_row(given)} form a group" if given else "all packets form one group"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"packets with the same {text} form a group"


class GroupLength(Value):
    """How many leading bits of an address form a group; None for a mask with gaps. `side` says of which address."""

    synopsis = "LENGTH"

    def __init__(self, side: str) -> None:
        self.side = side

    def read(self, text: str, family: Family) -> int | None:
        return prefix_length(read_resolved_mask(text, family), family)

    def say(self, value: int | None, context: Context) -> str:
        if value == BITS[context.family]:
            return f"each {self.side} address is a group of its own"
        if value == 0:
            return f"all {self.side} addresses form one group"
        return self.say_unknown(context.typed if value is None else str(value), context)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"{self.side} addresses in the same /{text} form a group"
