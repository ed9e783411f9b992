"""recent: lists of addresses, each with when its packets were seen. iptables-extensions(8), recent.

How long lists are, and when which entry is renewed, was observed on Linux 6.18: a list has 100 addresses, of which the
one that was renewed the longest ago makes room for another; of each address it keeps so many times as the largest
`--hitcount` of its rules asks for, rounded up to a power of two, or 32 for a rule without one. `! --update` renews the
entries that it matches, which are those that are too old.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from ...grammar.rule import Unknown, Use
from ...grammar.values.addresses import BITS
from ..condition import FIELDS, Counted, Question
from ..packet import Packet
from ..ruleset import PlacedRule
from .arrival import WHEN, WHICH_BEFORE, Answer, Arrival, Key, hole

#: How many addresses a list has, unless the module is loaded with another number (`ip_list_tot`), and how many times
#: of each where no rule counts them.
_MOST_ADDRESSES, _USUAL_TIMES = 100, 32
_DEFAULT = "DEFAULT"
_OTHER_MASKS = "which rule of its list was loaded first, since their masks differ"

_Address = tuple[str, int]


@dataclass(slots=True)
class _Entry:
    """An address on a list: its TTL, and the times when it was seen, in a ring of which `at` is the next place; a time
    that is not known is None.
    """

    ttl: int | None
    times: list[Fraction | None]
    at: int = 1

    def renew(self, time: Fraction | None, ttl: int | None, most: int) -> None:
        self.at %= most
        self.times[self.at : self.at + 1] = [time]
        self.at += 1
        self.ttl = ttl


@dataclass(slots=True)
class _List:
    """The addresses of a list, those first that were renewed the longest ago.

    Those in `unsure` may be on it, in any state. `is_lost`: nothing is known of it any more.
    """

    mask: int | None
    most_times: int
    entries: dict[_Address, _Entry] = field(default_factory=dict)
    unsure: dict[_Address, None] = field(default_factory=dict)
    is_lost: bool = False

    def doubt(self, address: _Address | None) -> None:
        """Nothing is known of an address any more, or of all of them."""
        if address is None:
            self.is_lost = True
        else:
            self.entries.pop(address, None)
            self.unsure[address] = None
        self.is_lost |= bool(self.unsure) and len(self.entries) + len(self.unsure) > _MOST_ADDRESSES

    def add(self, address: _Address, time: Fraction | None, ttl: int | None) -> None:
        """Put an address on the list."""
        if len(self.entries) + len(self.unsure) >= _MOST_ADDRESSES:
            if self.unsure:
                self.is_lost = True
                return
            del self.entries[next(iter(self.entries))]
        self.entries[address] = _Entry(ttl, [time])

    def renew(self, address: _Address, time: Fraction | None, ttl: int | None) -> None:
        """Note that an address was seen once more."""
        entry = self.entries.pop(address)
        entry.renew(time, ttl, self.most_times)
        self.entries[address] = entry

    def reap(self, before: Fraction, spared: _Address | None) -> None:
        """Take the first address off if it was not seen since a time. Raises _Undecided."""
        if self.unsure:
            raise _Undecided(WHICH_BEFORE)
        address, entry = next(iter(self.entries.items()))
        last = entry.times[entry.at - 1]
        if last is None:
            raise _Undecided(WHEN)
        if address != spared and last < before:
            del self.entries[address]


class _Undecided(Exception):
    """The answer is not known; the message is what would have to be."""


def always(use: Use) -> bool | None:
    """The answer of a rule that puts every address on a list, whatever is on it; None for the others."""
    return not use.negated("set") if use.has("set") else None


class Lists:
    """All lists, by name."""

    def __init__(self, rules: Iterable[PlacedRule] = ()) -> None:
        """Begin with the empty lists that some rules make."""
        self.lists: dict[str, _List] = {}
        for placed in rules:
            for use in placed.rule.matches:
                if use.extension.name == "recent":
                    self._make(use)

    def _make(self, use: Use) -> _List | None:
        try:
            hits, mask, name = use.value("hitcount", 0), _mask(use), use.value("name", _DEFAULT)
        except Unknown:
            return None
        most = 1 << (hits - 1).bit_length() if hits else _USUAL_TIMES
        made = self.lists.setdefault(name, _List(mask, most))
        made.most_times = max(made.most_times, most)
        made.mask = made.mask if made.mask == mask else None
        return made

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether the address is on the list as the rule asks."""
        use = counted.use
        try:
            found = self.lists.get(use.value("name", _DEFAULT)) or self._make(use)
        except Unknown as unknown:
            for each in self.lists.values():
                each.is_lost = True
            return hole(counted, unknown)
        assert found is not None
        address = arrival.fact(lambda packet: _address(packet, use, found.mask))
        try:
            return self._answer(use, found, address, arrival)
        except (_Undecided, Unknown) as why:
            if use.has("reap"):
                found.is_lost = True
            if not use.has("rcheck"):
                found.doubt(address)
            sure = always(use)
            if sure is not None:
                return sure
            return hole(counted, why) if isinstance(why, Unknown) else Question(counted.text, str(why))

    def _answer(self, use: Use, found: _List, address: _Address | None, arrival: Arrival) -> bool:
        if address is None:
            side = "destination" if use.has("rdest") else "source"
            raise _Undecided(_OTHER_MASKS if found.mask is None else FIELDS[side])
        if found.is_lost or address in found.unsure or not arrival.is_certain:
            raise _Undecided(WHICH_BEFORE)
        ttl = arrival.fact(lambda packet: _ttl_before(packet, arrival.hook))
        action = next(each for each in ("set", "rcheck", "update", "remove") if use.has(each))
        negated = use.negated(action)
        entry = found.entries.get(address)
        if entry is not None and use.has("rttl"):
            if ttl is None or entry.ttl is None:
                raise _Undecided(FIELDS["ttl"])
            entry = entry if ttl == entry.ttl else None
        if entry is None:
            if action != "set":
                return negated
            found.add(address, arrival.time, ttl)
            return not negated
        if action == "remove":
            del found.entries[address]
            return not negated
        is_met = (action == "set" or _is_seen(use, entry, arrival.time)) is not negated
        if use.has("reap"):
            assert arrival.time is not None
            renewed = address if action == "update" and is_met else None
            found.reap(arrival.time - use.value("seconds"), renewed)
        if action == "set" or (action == "update" and is_met):
            found.renew(address, arrival.time, ttl)
        return is_met


def _is_seen(use: Use, entry: _Entry, time: Fraction | None) -> bool:
    """Whether an address was seen as often, and as recently, as a rule asks. Raises _Undecided."""
    seconds: int = use.value("seconds", 0)
    hits: int = use.value("hitcount", 0)
    if len(entry.times) < max(hits, 1):
        return False
    if seconds and (time is None or None in entry.times):
        raise _Undecided(WHEN)
    late = [each for each in entry.times if not seconds or (each is not None and time is not None
                                                            and each >= time - seconds)]  # fmt: skip
    return len(late) >= max(hits, 1)


def _mask(use: Use) -> int:
    every: int = (1 << BITS[use.rule.family]) - 1
    mask = use.value("mask", every)
    if not isinstance(mask, int):
        raise Unknown("mask")
    return mask


def _address(packet: Packet, use: Use, mask: int | None) -> _Address | None:
    address = packet.destination if use.has("rdest") else packet.source
    return None if address is None or mask is None else (packet.family, address & mask)


def _ttl_before(packet: Packet, hook: str) -> int | None:
    """The TTL as it was before the packet was forwarded."""
    is_lowered = packet.way == "forward" and hook in ("FORWARD", "POSTROUTING")
    return packet.ttl + 1 if packet.ttl is not None and is_lowered else packet.ttl
