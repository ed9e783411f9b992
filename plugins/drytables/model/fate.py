"""What becomes of a packet: plain data, which compares as equal if the same becomes of two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from .packet import Packet

#: `queued`: a program decides; `answered`: this machine answers in place of the destination (SYNPROXY);
#: `unknown`: what the target does is not known.
Verdict = Literal["accepted", "dropped", "rejected", "queued", "answered", "unknown"]


class LogLine(NamedTuple):
    """What a LOG, NFLOG or ULOG rule writes: the target, and the prefix of the line; `is_certain` if it does."""

    target: str
    prefix: str = ""
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a packet: `packet` is the packet as it leaves the last table, with addresses, ports and marks
    as they are then. `answer` is what REJECT sends to the sender (`tcp-reset`).
    """

    verdict: Verdict
    packet: Packet
    logs: tuple[LogLine, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What becomes of one packet of several.

    `fate` is None where it is not certain. If that is because of chance alone, `shares` has each possible fate with
    its share in the long run, and they add up to 1; otherwise it is empty, and `unknown` says what would have to be
    known.
    """

    fate: Fate | None
    shares: Mapping[Fate, Fraction] = field(default_factory=dict, hash=False)
    unknown: tuple[str, ...] = ()
