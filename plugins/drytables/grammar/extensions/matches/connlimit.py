"""connlimit: how many connections an address has. iptables-extensions(8), connlimit.

Observed with iptables-legacy 1.8.11: a negated limit is saved as its opposite; mask and side are saved even if not
given.
"""

from __future__ import annotations

from ...checks import needs_one_of
from ...extension import Match, Option
from ...nft import NamedSet, Said
from ...rule import Use
from ...values.addresses import BITS, leading_ones, write_address
from ...values.base import IPV4, Family, Value, uint32
from ...values.resolved_addresses import read_resolved_mask
from ...values.wording import Context


class GroupLength(Value):
    """How many bits of an address distinguish groups; of a mask with gaps, the leading ones of each 32 bits."""

    synopsis = "LENGTH"

    def read(self, text: str, family: Family) -> int:
        mask = read_resolved_mask(text, family)
        quarters = (mask >> shift & 0xFFFF_FFFF for shift in range(0, BITS[family], 32))
        return sum(32 - (quarter ^ 0xFFFF_FFFF).bit_length() for quarter in quarters)

    def say(self, value: int, context: Context) -> str:
        if value == BITS[context.family]:
            return "each address counts by itself"
        return f"addresses in the same /{value} count as one" if value else "all addresses count as one"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"addresses in the same /{text} count as one"


class GroupLengthInFigures(GroupLength):
    """How many bits of an address distinguish groups, in figures."""

    def read(self, text: str, family: Family) -> int:
        return uint32(max=BITS[family]).read(text, family)


def is_over(use: Use) -> tuple[bool, int]:
    """Whether a use asks for more connections than its limit, and the limit; raises Unknown."""
    given = "connlimit-upto" if use.has("connlimit-upto") else "connlimit-above"
    limit: int = use.value(given)
    return (given == "connlimit-above") != use.negated(given), limit


def group_length(use: Use) -> int:
    """How many bits of an address distinguish groups; raises Unknown."""
    length: int = use.value("connlimit-mask", BITS[use.rule.family])
    return length


def saved(use: Use) -> list[str]:
    """The limit, the mask and the side, given or not."""
    over, limit = is_over(use)
    side = "--connlimit-daddr" if use.has("connlimit-daddr") else "--connlimit-saddr"
    name = "--connlimit-above" if over else "--connlimit-upto"
    return [name, str(limit), "--connlimit-mask", str(group_length(use)), side]


def by_the_address(use: Use) -> Said:
    """A count of connections for each address, in a set of its own; one count if all addresses are one group."""
    family = use.rule.family
    length, (over, limit) = group_length(use), is_over(use)
    count = f"ct count {'over ' if over else ''}{limit}"
    if not length:
        return Said(count)
    word, kind = ("ip", "ipv4_addr") if family == IPV4 else ("ip6", "ipv6_addr")
    key = f"{word} {'daddr' if use.has('connlimit-daddr') else 'saddr'}"
    if length < BITS[family]:
        key += f" and {write_address(leading_ones(length, family), family)}"
    return Said(
        f"add @{{connlimit}} {{ {key} {count} }}",
        sets=(NamedSet("connlimit", f"type {kind}; flags dynamic;", numbered=True),),
    )


connlimit = Match(
    "connlimit",
    Option(
        "connlimit-upto",
        uint32(),
        negatable=True,
        excludes="connlimit-above",
        sentence="an address has {at most|more than} {value:connection}",
    ),
    Option(
        "connlimit-above", uint32(), negatable=True, sentence="an address has {more than|at most} {value:connection}"
    ),
    Option(
        "connlimit-mask",
        GroupLength(),
        before={"1.4.19.1": GroupLengthInFigures()},
        glued_in="1.4.6..",
        sentence="{value}",
    ),
    Option("connlimit-saddr", excludes="connlimit-daddr", sentence="count by source address"),
    Option("connlimit-daddr", sentence="count by destination address"),
    checks=(
        needs_one_of(
            "connlimit-above", "connlimit-upto", says='You must specify "--connlimit-above" or "--connlimit-upto".'
        ),
    ),
    table_since="1.4.11",
    saved=saved,
    sentence="count the connections of an address",
    nft=by_the_address,
)
