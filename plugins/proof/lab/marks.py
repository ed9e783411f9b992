"""The marks with which packets leave a host or reach a program on it, as an observer behind all rules sees them.

The observer is a table of nftables. It decides nothing; where the mark of the connection is asked for, it puts that on
the packet to have it logged, when nobody looks at it any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .headers import header_of
from .messages import message_in

#: The groups to which the observer logs, by what it logs; no rule of a page has them.
GROUPS = {"mark": 65000, "connmark": 65001}
_STATEMENTS = {
    "mark": f"log group {GROUPS['mark']} snaplen 256",
    "connmark": f"meta mark set ct mark log group {GROUPS['connmark']} snaplen 256",
}
#: After everything else that looks at packets: address translation is at 100.
_PRIORITY = 1000


def observer(kinds: Iterable[str]) -> str:
    """The table that logs some kinds of marks, for `nft -f`."""
    wanted = {*kinds}
    rules = "; ".join(each for kind, each in _STATEMENTS.items() if kind in wanted)
    rules = rules.replace("; ", "\n  ")
    return "".join(
        (
            "table inet proof_observer {\n",
            *(
                f" chain {hook} {{\n  type filter hook {hook} priority {_PRIORITY};\n  {rules}\n }}\n"
                for hook in ("postrouting", "input")
            ),
            "}\n",
        )
    )


class Ends(NamedTuple):
    """From where to where a connection goes, as its receiver sees it."""

    source: str
    source_port: int
    address: str
    port: int


class Marks:
    """The marks of one kind that were seen in some traffic, by connection."""

    def __init__(self, packets: Sequence[tuple[int, bytes]], traffic: int) -> None:
        """Take the mark and the bytes of each packet that was logged, in order, and the number of the traffic."""
        self._by_message: dict[int, int] = {}
        self._by_ends: dict[Ends, int] = {}
        for mark, packet in packets:
            message = message_in(packet)
            for header in header_of(packet):
                # An answer is the same message on its way back, and was seen after it.
                if message is not None and message.traffic == traffic and not header.is_error:
                    self._by_message.setdefault(message.connection, mark)
                if header.is_first:
                    self._by_ends.setdefault(Ends(*header.ends), mark)

    def of(self, connection: int, ends: Ends | None) -> int | None:
        """The mark of the first packet of a connection, which for TCP has no message in it; None if it was not seen."""
        first = self._by_ends.get(ends) if ends is not None else None
        return first if first is not None else self._by_message.get(connection)
