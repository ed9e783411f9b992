"""A machine with rules, to which packets are sent one after another: its counters and connections remember them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from .connections import Connections
from .host import Host
from .memory import Remembering
from .packet import SOURCE_CHANGED, Packet
from .path import Ending, Path
from .ruleset import Ruleset
from .walk import Walker


class Machine:
    """Follows packets in a row, from the moment on when the rules were loaded."""

    def __init__(self, ruleset: Ruleset, host: Host | None = None) -> None:
        self.connections = Connections()
        self._walker = Walker(ruleset, host or Host(), Remembering(ruleset, self.connections), self.connections)

    def send(self, packet: Packet, time: float | None = None) -> Path:
        """Follow the next packet, which comes at a time in seconds from any moment on, for the matches
        that look at the clock.
        """
        moment = None if time is None else Fraction(time)
        self.connections.begin(moment)
        path = self._walker.walk(packet, moment)
        endings = tuple(self._with_another_port(ending, packet.source_port) for ending in path.endings)
        path = Path(packet, path.meetings, endings)
        self.connections.remember(packet, endings[0].fate if path.is_certain else None)
        return path

    def _with_another_port(self, ending: Ending, port: int | None) -> Ending:
        """An ending at which Linux chooses another source port, since a connection like it is there already.

        If a rule says which port it must be, there is none, and the packet is dropped where it would leave.
        """
        branch = ending.branch
        is_new = ending.verdict == "accepted" and branch.packet.is_first
        if not is_new or not self.connections.needs_another_port(ending.fate):
            return ending
        if branch.packet.source_port != port:
            return replace(ending, verdict="dropped")
        packet = branch.packet.changed(
            source_port=None, translated=(branch.packet.translated or frozenset()) | {SOURCE_CHANGED}
        )
        return replace(ending, branch=branch.changed(packet))
