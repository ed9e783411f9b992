"""hashlimit: a bucket for each group of packets. iptables-extensions(8), hashlimit.

A bucket of packets begins full and fills at the rate, up to the burst. One of bytes holds what the rate lets through in
a second, and each packet takes a part of 16 bytes more than it fills; one that is empty is filled at once as often as
the burst says, as long as its group is kept. A group is discarded some time after its last packet, when the table is
next looked through, and then starts over. Observed on Linux 6.18.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from ...grammar.extensions.matches.hashlimit import DEFAULT_BURST, is_over, limit_of, seconds_of, usual_lifetime
from ...grammar.rule import Unknown, Use
from ...grammar.values.addresses import BITS, leading_ones
from ...grammar.values.byte_rates import STEPS, bytes_of
from ..condition import FIELDS, Counted, Question
from ..packet import WITH_PORTS, Packet
from ..ruleset import PlacedRule
from .arrival import WHEN, WHICH_BEFORE, Answer, Arrival, Key, hole

_ESP, _AH = 50, 51
#: The fewest buckets of hash that a table has where no rule says how many, and how many groups it holds for each.
_FEWEST, _GROUPS_EACH = 16, 8
#: The credits of a second for limits by bytes, with 250 or 1000 ticks in it.
_BYTE_CREDITS = 4_194_304_000
#: Bytes are counted in parts of so many.
_PART = 16

_RATE_ITSELF = "the rate of its group in the time before it"
_OTHER_OPTIONS = "which rule of its table was loaded first, since their options differ"
_FULL = "how many groups its table holds"
_KEPT = "whether its group was discarded in between"
_GROUP = "which group it is in"


class _Bucket(NamedTuple):
    """The bucket of a group, in credits of its own: how many are in it when it is `full`, how many come `each_second`,
    and how many a packet takes, or in bytes each 16 of it.

    It is filled at once `refills` times when it would be empty. A group is `kept` for so many milliseconds without
    packets, and the table is `looked_through` for others every so many.
    """

    in_bytes: bool
    full: int
    each_second: int
    cost: int
    refills: int
    kept: int
    looked_through: int


@dataclass(slots=True)
class _Group:
    """A group: what is left in its bucket as of `since`, and how often it is still filled at once."""

    level: Fraction
    since: Fraction
    refills: int


class _Options(NamedTuple):
    """What a table is made with."""

    bucket: _Bucket
    modes: frozenset[str]
    masks: tuple[int, int]
    most: int


@dataclass(slots=True)
class _Table:
    """A table with its groups; `options` is None if the rules that share it differ in theirs.

    Of those in `unsure`, nothing is known but when their last packet may have come; None if not even that.
    """

    options: _Options | None
    groups: dict[Hashable, _Group] = field(default_factory=dict)
    unsure: dict[Hashable, Fraction | None] = field(default_factory=dict)
    is_lost: bool = False

    @property
    def size(self) -> int:
        """How many groups it may have."""
        return len(self.groups.keys() | self.unsure.keys())


class _Undecided(Exception):
    """The answer is not known; the message is what would have to be."""


class Groups:
    """All tables of groups, by family and name."""

    def __init__(self, rules: Iterable[PlacedRule] = ()) -> None:
        """Begin with the empty tables that some rules make."""
        self.tables: dict[tuple[str, str], _Table] = {}
        for placed in rules:
            for use in placed.rule.matches:
                if use.extension.name == "hashlimit":
                    self._make(use)

    def _make(self, use: Use) -> _Table | None:
        try:
            options, place = _options(use), (use.rule.family, use.value("hashlimit-name"))
        except Unknown:
            return None
        made = self.tables.setdefault(place, _Table(options))
        made.options = made.options if made.options == options else None
        return made

    def answer(self, key: Key, counted: Counted, arrival: Arrival) -> Answer:
        """Whether the group of a packet is within its limit, or over it, as the rule asks."""
        use = counted.use
        try:
            table = self.tables.get((use.rule.family, use.value("hashlimit-name"))) or self._make(use)
            over = is_over(use)
        except Unknown as unknown:
            for each in self.tables.values():
                each.is_lost = True
            return hole(counted, unknown)
        if table is None:
            return Question(counted.text, WHICH_BEFORE)
        try:
            return self._has_room(table, use, arrival) is not over
        except _Undecided as why:
            return Question(counted.text, str(why))

    def _has_room(self, table: _Table, use: Use, arrival: Arrival) -> bool:
        """Whether a packet is within the limit of its group. Raises _Undecided."""
        options = table.options
        if options is None or use.has("hashlimit-rate-match"):
            raise _Undecided(_OTHER_OPTIONS if options is None else _RATE_ITSELF)
        group = arrival.fact(lambda packet: _group(packet, options))
        if group is None:
            table.is_lost = True
            raise _Undecided(_lacking(arrival, options))
        if table.is_lost or (table.size >= options.most and group not in table.groups):
            table.is_lost = True
            raise _Undecided(_FULL if table.size >= options.most else WHICH_BEFORE)
        try:
            found = table.groups[group] = _now(table, group, options, arrival)
            return _takes(found, options.bucket, arrival)
        except _Undecided:
            table.groups.pop(group, None)
            table.unsure[group] = arrival.time
            raise


def _begun(options: _Options, arrival: Arrival) -> _Group:
    """A group as it is when its first packet comes."""
    bucket = options.bucket
    return _Group(Fraction(bucket.full), arrival.time or Fraction(0), bucket.refills)


def _now(table: _Table, key: Hashable, options: _Options, arrival: Arrival) -> _Group:
    """A group at the time of its next packet. Raises _Undecided."""
    time, bucket = arrival.time, options.bucket
    if time is None or not arrival.is_certain:
        raise _Undecided(WHEN if time is None else WHICH_BEFORE)
    if key in table.unsure:
        last = table.unsure[key]
        if last is None or (time - last) * 1000 < bucket.kept + 2 * bucket.looked_through:
            raise _Undecided(WHICH_BEFORE)
        del table.unsure[key]
    group = table.groups.get(key, _begun(options, arrival))
    passed = time - group.since
    level = min(group.level + passed * bucket.each_second, Fraction(bucket.full))
    if passed * 1000 < bucket.kept or (level == bucket.full and group.refills == bucket.refills):
        return _Group(level, time, group.refills)
    if passed * 1000 < bucket.kept + 2 * bucket.looked_through:
        raise _Undecided(_KEPT)
    return _begun(options, arrival)


def _takes(group: _Group, bucket: _Bucket, arrival: Arrival) -> bool:
    """Whether a packet takes its part out of the bucket of its group. Raises _Undecided."""
    cost = bucket.cost
    if bucket.in_bytes:
        length = arrival.fact(lambda packet: packet.length)
        if length is None:
            raise _Undecided(FIELDS["length"])
        cost = min(cost * (length // _PART + 1), _BYTE_CREDITS)
        if group.level < cost and group.refills:
            group.refills -= 1
            group.level = Fraction(bucket.full)
    if group.level < cost:
        return False
    group.level -= cost
    return True


def _bucket_of(use: Use) -> _Bucket:
    """The bucket of each group; raises Unknown."""
    limit = limit_of(use)
    kept = use.value("hashlimit-htable-expire", usual_lifetime(use))
    looked_through = use.value("hashlimit-htable-gcinterval", 1000)
    if limit.in_bytes:
        rate, burst = bytes_of(limit.amount), use.value("hashlimit-burst")
        refills = 0 if burst is None or not rate else seconds_of(burst, rate)
        cost = limit.amount * _BYTE_CREDITS >> 32
        return _Bucket(
            in_bytes=True,
            full=_BYTE_CREDITS,
            each_second=_BYTE_CREDITS,
            cost=cost,
            refills=refills,
            kept=kept,
            looked_through=looked_through,
        )
    full = limit.amount * use.value("hashlimit-burst", DEFAULT_BURST)
    return _Bucket(
        in_bytes=False,
        full=full,
        each_second=STEPS,
        cost=limit.amount,
        refills=0,
        kept=kept,
        looked_through=looked_through,
    )


def _options(use: Use) -> _Options:
    """What the table of a rule is made with; raises Unknown."""
    family = use.rule.family
    lengths = [use.value(f"hashlimit-{side}mask", BITS[family]) for side in ("src", "dst")]
    size = use.value("hashlimit-htable-size", 0)
    most = use.value("hashlimit-htable-max", 0) or _GROUPS_EACH * (size or _FEWEST)
    return _Options(
        _bucket_of(use),
        use.value("hashlimit-mode", frozenset()),
        (leading_ones(lengths[0] or 0, family), leading_ones(lengths[1] or 0, family)),
        max(most, size or 1),
    )


def _group(packet: Packet, options: _Options) -> Hashable:
    """What tells the group of a packet from others; None if it is not known."""
    modes = options.modes
    found: list[int | None] = []
    for mode, address, mask in (
        ("srcip", packet.source, options.masks[0]), ("dstip", packet.destination, options.masks[1])
    ):  # fmt: skip
        if mode in modes:
            found.append(None if address is None else address & mask)
    has_ports = packet.protocol in WITH_PORTS
    for mode, port in (("srcport", packet.source_port), ("dstport", packet.destination_port)):
        if mode in modes:
            # ESP and AH have a number there that is not known, and so has what follows the first fragment.
            is_known = packet.protocol not in (None, _ESP, _AH) and (packet.is_later_fragment is False or not has_ports)
            found.append((port if has_ports else 0) if is_known else None)
    return None if None in found else tuple(found)


def _lacking(arrival: Arrival, options: _Options) -> str:
    """What would have to be known to say in which group a packet is."""
    fields = {"srcip": "source", "dstip": "destination", "srcport": "source_port", "dstport": "destination_port"}
    (packet, *others) = arrival.ways
    lacking = [fields[mode] for mode in fields if mode in options.modes and getattr(packet, fields[mode]) is None]
    return _GROUP if others or not lacking else FIELDS[lacking[0]]
