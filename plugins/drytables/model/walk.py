"""A packet on its way through the tables: which rules it meets, and where it ends.

Where something is not known, both ways are followed, as far as they go; where they lead to the same, they are one
again. So the work grows with the rules, whatever is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from .branch import Assumed, Branch, merged
from .chain_walk import ChainWalk
from .condition import NEW_DESTINATION, Routing
from .hooks import HOOKS, TABLES_AT, Stop
from .host import Host
from .memory import Forgetful, Memory
from .packet import DESTINATION_CHANGED, SENT_HERE, UNTRACKED, Packet, Way
from .path import Ending, Path
from .ruleset import Ruleset
from .tracking import OnePacket, Tracker

_LOOPBACK = "lo"


def walk(packet: Packet, ruleset: Ruleset, host: Host | None = None) -> Path:
    """Follow one packet, of which nothing else is known, through some rules."""
    return Walker(ruleset, host or Host()).walk(packet)


class Walker:
    """Follows packets through the rules of a machine, with what its matches and its connections remember."""

    def __init__(
        self, ruleset: Ruleset, host: Host, memory: Memory | None = None, tracker: Tracker | None = None
    ) -> None:
        self.ruleset, self.host = ruleset, host
        self.tracker = tracker or OnePacket(ruleset)
        self.chains = ChainWalk(ruleset, host, memory or Forgetful())

    def walk(self, packet: Packet, time: Fraction | None = None) -> Path:
        """Follow a packet that comes at a time, in seconds from any moment on."""
        self.chains.begin(time)
        waiting: list[tuple[Way, int, list[Branch]]] = [(packet.way, 0, [Branch(packet)])]
        endings: list[Ending] = []
        while waiting:
            way, at, branches = waiting.pop(0)
            if at == len(HOOKS[way]):
                endings += (Ending("accepted", branch) for branch in branches)
                continue
            passed = self._hook(way, HOOKS[way][at], branches)
            for new_way in dict.fromkeys(branch.packet.way for branch in passed):
                going = merged([branch for branch in passed if branch.packet.way == new_way])
                waiting.append((new_way, HOOKS[new_way].index(HOOKS[way][at]) + 1, going))
        return Path(packet, tuple(self.chains.meetings), (*self.chains.endings, *endings))

    def _hook(self, way: Way, hook: str, branches: list[Branch]) -> list[Branch]:
        """The ways that go on after a hook."""
        comes_back = way == "loopback" and hook in ("PREROUTING", "INPUT")
        if way == "forward" and hook == "FORWARD":
            branches = self._forwarded(branches)
        elif comes_back and hook == "PREROUTING":
            branches = [
                each.changed(each.packet.changed(in_interface=_LOOPBACK, out_interface="")) for each in branches
            ]
        routed = {branch.packet.destination for branch in branches}
        for table in TABLES_AT[hook]:
            if table == "nat":
                branches = branches if comes_back else self._nat(hook, branches)
            else:
                branches = self.chains.table(Stop(hook, table), branches)
            if table == "raw" and not comes_back:
                branches = [each.changed(self._tracked(each.packet)) for each in branches]
        if hook in ("PREROUTING", "OUTPUT") and not comes_back:
            branches = [found for each in branches for found in self._routed(each, hook, routed)]
        return branches

    def _tracked(self, packet: Packet) -> Packet:
        return packet if packet.state == "UNTRACKED" else self.tracker.track(packet)

    def _forwarded(self, branches: list[Branch]) -> list[Branch]:
        """The time to live is lowered between routing and FORWARD; a packet whose time is over goes no further."""
        going = []
        for branch in branches:
            ttl = branch.packet.ttl
            if ttl is not None and ttl <= 1:
                stop = Stop("FORWARD", "")
                self.chains.endings.append(Ending("dropped", branch, stop, answer="time-exceeded"))
            else:
                going.append(branch if ttl is None else branch.changed(branch.packet.changed(ttl=ttl - 1)))
        return going

    # nat

    def _nat(self, hook: str, branches: list[Branch]) -> list[Branch]:
        """Linux asks the nat table for the first packet of a connection; what it decides holds for the others."""
        first: list[Branch] = []
        others: list[Branch] = []
        for branch in branches:
            packet = branch.packet
            if packet.states <= UNTRACKED:
                others.append(branch)
            elif packet.is_first or (packet.is_first is None and not packet.is_reply):
                # A packet of which that is not known is changed as the first one was that went the same way.
                unchanged = frozenset[str]() if packet.translated is None else packet.translated
                first.append(branch.changed(packet.changed(translated=unchanged)))
            else:
                others.append(branch.changed(self.tracker.translate(packet, hook)))
        return merged([*others, *(self.chains.table(Stop(hook, "nat"), first) if first else [])])

    # routing

    def _routed(self, branch: Branch, hook: str, before: set[int | None]) -> Sequence[Branch]:
        """Where a packet goes whose destination may have been changed."""
        packet = branch.packet
        translated = packet.translated or frozenset()
        own: Way = "in" if hook == "PREROUTING" else "loopback"
        foreign: Way = "forward" if hook == "PREROUTING" else "out"
        if packet.destination in before or (packet.way == own and SENT_HERE in translated):
            return (branch,)
        if packet.destination is None and (packet.is_first is False or DESTINATION_CHANGED not in translated):
            return (branch,)
        is_own = self._is_own(packet)
        if is_own is not None:
            return (branch.changed(self._on(packet, own if is_own else foreign)),)
        return tuple(
            branch.assuming(Assumed(Routing(), holds, NEW_DESTINATION), self._on(packet, own if holds else foreign))
            for holds in (True, False)
        )

    def _is_own(self, packet: Packet) -> bool | None:
        """Whether a packet whose destination is changed goes to this machine; None if that is not known."""
        if packet.destination is None:
            return None
        is_sent_here = SENT_HERE in (packet.translated or ()) and not packet.is_reply
        if is_sent_here or _is_loopback(packet):
            return True
        return self.host.has(packet.family, packet.destination)

    def _on(self, packet: Packet, way: Way) -> Packet:
        """A packet that is routed, on the way that it goes then."""
        if way in ("in", "loopback"):
            return replace(packet, way=way, out_interface="" if way == "in" else _LOOPBACK)
        leaves = self.host.interface_to(packet.family, packet.destination)
        if way == packet.way:
            leaves = leaves or packet.out_interface
        return replace(packet, way=way, out_interface=leaves)


def _is_loopback(packet: Packet) -> bool:
    """Whether it goes to the machine itself by its address: 127.0.0.0/8 or ::1."""
    destination = packet.destination
    return destination is not None and (destination >> 24 == 127 if packet.family == "ipv4" else destination == 1)
