"""What becomes of packets that are sent to a machine one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from .fate import Fate, Prediction
from .host import Host
from .machine import Machine
from .packet import Packet
from .path import Path
from .ruleset import Ruleset


def predict(
    ruleset: Ruleset, packets: Iterable[Packet], host: Host | None = None, times: Sequence[float] | None = None
) -> list[Prediction]:
    """What becomes of each packet, in their order, on a machine that has just loaded the rules.

    `times` are when they come, in seconds from any moment on; without them, what looks at the clock is
    uncertain (`limit`, `hashlimit`, `recent` with `--seconds`, `connlimit`). Packets of which
    nothing is said about their connection begin one, or belong to that which an earlier packet between the same ends
    began, in either direction.
    """
    machine = Machine(ruleset, host)
    found = []
    for number, packet in enumerate(packets):
        found.append(prediction_of(machine.send(packet, None if times is None else times[number])))
    return found


def prediction_of(path: Path) -> Prediction:
    """What a path says of what becomes of its packet."""
    unknown = dict.fromkeys(lacking for ending in path.endings for lacking in ending.branch.unknown)
    if any(not line.is_certain for ending in path.endings for line in ending.branch.logs):
        unknown["whether a line is logged"] = None
    unknown |= dict.fromkeys(
        f"what becomes of it: {ending.verdict}" for ending in path.endings if ending.verdict in ("unknown", "queued")
    )
    if unknown:
        return Prediction(None, unknown=tuple(unknown))
    shares: dict[Fate, Fraction] = {}
    for ending in path.endings:
        shares[ending.fate] = shares.get(ending.fate, Fraction(0)) + ending.branch.chance
    if len(shares) == 1:
        return Prediction(next(iter(shares)))
    return Prediction(None, shares)
