"""Sets of ipset as `-m set` and `-j SET` name them: two words, the set and which addresses or ports to look up.

iptables-extensions(8), set and SET; observed with iptables-legacy 1.8.9: what follows `src` or `dst` in a piece is
ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from ...reading.need import Need
from ..nft import Unsayable
from .base import IPV4, Family, InvalidValue, Value
from .wording import Context, in_a_row, quoted

_MOST = 6
LONGEST_NAME = 31

#: What extensions that name sets word differently than before 1.8.11.
REWORDED = {"You must specify (the comma": "You must spefify (the comma"}


class SetUse(NamedTuple):
    """A set, and `src` or `dst` for each of its dimensions."""

    name: str
    directions: tuple[str, ...]


def nft_key(directions: tuple[str, ...], family: Family) -> tuple[str, str]:
    """What nft looks up in a set, and the definition of such a set: addresses, or an address with a port.

    Raises Unsayable for more.
    """
    header, kind = ("ip", "ipv4_addr") if family == IPV4 else ("ip6", "ipv6_addr")
    first, *more = (direction[0] for direction in directions)
    if not more:
        return f"{header} {first}addr", f"type {kind};"
    if len(more) > 1:
        raise Unsayable("what the set is made of is not known here", f"`{header} {first}addr . … @NAME`")
    key = f"{header} {first}addr . meta l4proto . th {more[0]}port"
    return key, f"type {kind} . inet_proto . inet_service;"


def nft_note(name: str, directions: tuple[str, ...]) -> str:
    """What is assumed of a set."""
    made_of = "addresses" if len(directions) == 1 else "addresses with a port"
    return f"the ipset `{name}` is taken to be one of {made_of}; nft does not see it, and needs its elements again"


class SetAndDirections(Value):
    """`NAME src|dst[,src|dst...]`, with up to six directions."""

    synopsis = "SET src|dst[,...]"
    words = 2

    def __init__(self, missing: str) -> None:
        self.missing = missing

    def read_pair(self, first: str, second: str, family: Family) -> SetUse:
        if len(first.encode(errors="surrogateescape")) > LONGEST_NAME:
            raise InvalidValue(
                f"a set name has at most {LONGEST_NAME} bytes",
                says=f"setname `{first}' too long, max {LONGEST_NAME} characters.",
            )
        if first in ("", "!"):
            raise InvalidValue("the name of the set is missing", says=f"Set {first} doesn't exist.")
        pieces = second.split(",")
        for piece in pieces[:_MOST]:
            if not piece.startswith(("src", "dst")):
                raise InvalidValue(
                    f"`{piece}` is neither `src` nor `dst`" if piece else "`src` or `dst` is missing",
                    says="You must specify (the comma separated list of) 'src' or 'dst'.",
                )
        if len(pieces) > _MOST:
            raise InvalidValue(
                f"more than {_MOST} of `src` and `dst`", says=f"Can't be more src/dst options than {_MOST}."
            )
        return SetUse(first, tuple(piece[:3] for piece in pieces))

    def write(self, value: SetUse, family: Family) -> str:
        return f"{value.name} {','.join(value.directions)}"

    def say(self, value: SetUse, context: Context) -> str:
        """The set, and what of the packet is looked up in it, in its order."""
        sides = in_a_row({"src": "source", "dst": "destination"}[each] for each in value.directions)
        order = ", in this order" if len(value.directions) > 1 else ""
        return f"{value.name}, by its {sides}{order}"

    def say_unknown(self, text: str, context: Context) -> str:
        return text or quoted(text)

    def needs(self, value: SetUse) -> list[Need]:
        return [Need("ipset", str(value.name))]
