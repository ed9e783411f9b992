"""connlimit: the connections that each group of addresses has. iptables-extensions(8), connlimit.

Each rule keeps its own: a connection is counted from the packet on that reached the rule, until it is over. One whose
first packet was dropped afterwards never was, and is forgotten soon; one whose packet meets the rule twice within a
tick of the kernel's clock counts twice (observed on Linux 6.18).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ...grammar.extensions.matches.connlimit import group_length, is_over
from ...grammar.rule import Unknown
from ...grammar.values.addresses import leading_ones
from ..condition import FIELDS, Counted, Question
from ..connections import Connections, Ends
from ..packet import UNTRACKED, Packet
from .arrival import WHEN, WHICH_BEFORE, Answer, Arrival, Key, hole

#: Two ticks in seconds, of which some kernels have 100 a second: for so long a connection is counted that never was.
#: And how many of these are forgotten when the next packet comes.
_SOON, _FORGOTTEN_AT_ONCE = Fraction(1, 50), 8

_ENDS = "which connection it is of"
_OPEN = "which connections are still open"
_MIDDLE = "whether a connection counts whose first packet did not come by here"


@dataclass(slots=True)
class _Counted:
    """A connection: when it was counted last, and how often it may be counted."""

    last: Fraction
    most: int = 1


@dataclass(slots=True)
class _Count:
    """The connections of the groups of one rule; None of a group of which nothing is known any more."""

    groups: dict[int, dict[Ends, _Counted] | None] = field(default_factory=dict)
    is_lost: bool = False


class _Undecided(Exception):
    """The answer is not known; the message is what would have to be."""


class Counts:
    """What every rule has counted; `connections` is what connection tracking knows."""

    def __init__(self, connections: Connections | None = None) -> None:
        """Begin without any connection."""
        self.connections = connections if connections is not None else Connections()
        self.counts: dict[Key, _Count] = {}

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether the group of a packet has as many connections as the rule asks for."""
        use = counted.use
        count = self.counts.setdefault(key, _Count())
        try:
            over, most = is_over(use)
            mask = leading_ones(group_length(use), use.rule.family)
        except Unknown as unknown:
            return hole(counted, unknown)
        side = "destination" if use.has("connlimit-daddr") else "source"
        group = arrival.fact(lambda packet: _masked(getattr(packet, side), mask))
        try:
            if group is None:
                raise _Undecided(FIELDS[side])
            low, high = self._number(count, group, arrival)
        except _Undecided as why:
            if group is None:
                count.is_lost = True
            else:
                count.groups[group] = None
            return Question(counted.text, str(why))
        if (low > most) is not (high > most):
            return Question(counted.text, _OPEN)
        return (low > most) is over

    def _number(self, count: _Count, group: int, arrival: Arrival) -> tuple[int, int]:
        """The least and the most connections that a group may have with this packet. Raises _Undecided."""
        time, ends = arrival.time, arrival.fact(_ends)
        known = count.groups.setdefault(group, {})
        if time is None or known is None or count.is_lost or not arrival.is_certain:
            raise _Undecided(WHEN if time is None else WHICH_BEFORE)
        if ends is None:
            raise _Undecided(_ENDS)
        if ends not in known and arrival.fact(lambda packet: packet.is_first) is not True:
            raise _Undecided(_MIDDLE)
        mine = known.get(ends)
        if mine is not None and time - mine.last <= _SOON:
            mine.most += 1
        mine = known.setdefault(ends, _Counted(time))
        mine.last = time
        low, high, forgotten = 1, mine.most, 0
        for other, counted in [*known.items()]:
            if other == ends:
                continue
            is_open = self.connections.is_open(other, time)
            low += is_open is True
            if is_open is False and time - counted.last > _SOON and forgotten < _FORGOTTEN_AT_ONCE:
                forgotten += 1
                del known[other]
            else:
                high += counted.most
        return low, high


def _masked(address: int | None, mask: int) -> int | None:
    return None if address is None else address & mask


def _ends(packet: Packet) -> Ends | None:
    """The ends of the connection of a packet, as its first packet came from them; None if they are not known."""
    source, destination = packet.original_source, packet.original_destination
    if packet.states <= UNTRACKED or packet.protocol is None or source is None or destination is None:
        return None
    return Ends(
        packet.family, packet.protocol, source, destination, packet.original_source_port,
        packet.original_destination_port,
    )  # fmt: skip
