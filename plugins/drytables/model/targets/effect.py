"""What a target does to one packet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ...grammar.rule import Unknown, Use
from ..fate import LogLine, Verdict
from ..host import Host
from ..packet import Packet


class Effect(NamedTuple):
    """What becomes of a packet: the packet afterwards, and a verdict if it does not go on with the next rule.

    `answer` is what the sender gets back. `log` is the line that is written. `says` is what happens besides, and
    `unknown` what would have to be known to say more.
    """

    packet: Packet
    verdict: Verdict | None = None
    answer: str = ""
    log: LogLine | None = None
    says: str = ""
    unknown: str = ""


#: What a use of a target does to a packet on a machine.
Act = Callable[[Use, Packet, Host], Effect]


def value(use: Use, option: str, default: Any = None) -> Any:
    """The value last given for an option, or the default; None if it is not known."""
    try:
        return use.value(option, default)
    except Unknown:
        return None


def noted(says: str) -> Act:
    """A target that changes nothing that other rules could see."""
    return lambda use, packet, host: Effect(packet, says=says)


def unsure(unknown: str, *fields: str) -> Act:
    """A target that sets fields to what cannot be known."""

    def act(use: Use, packet: Packet, host: Host) -> Effect:
        return Effect(packet.changed(**dict.fromkeys(fields)), unknown=unknown)

    return act
