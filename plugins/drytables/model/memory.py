"""What matches remember from packet to packet: counters, buckets, lists of addresses, connections.

Of one packet alone nothing is known of those before it: `Forgetful` then gives the share, where there is one.
`Remembering` follows a sequence of packets from the moment when the rules were loaded.
"""

from __future__ import annotations

from typing import Protocol

from .condition import Counted
from .connections import Connections
from .remembered.arrival import Answer, Arrival, Key
from .remembered.table import memories, of_one_packet
from .ruleset import Ruleset


class Memory(Protocol):
    """Answers for the matches that remember packets."""

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether a packet that reaches a match passes it. The match remembers the packet."""


class Forgetful:
    """Knows nothing of the packets before this one."""

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """The share of those that pass, or the question which came before."""
        return of_one_packet(counted)


class Remembering:
    """Remembers all packets since some rules were loaded; `connections` is what connection tracking knows."""

    def __init__(self, ruleset: Ruleset | None = None, connections: Connections | None = None) -> None:
        self._memories = memories(ruleset or Ruleset(), connections)

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether this packet passes, as far as that can be known."""
        return self._memories[counted.use.extension.name].answer(key, counted, arrival)
