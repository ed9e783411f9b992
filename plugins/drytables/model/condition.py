"""Conditions that a rule makes of a packet, and the answer for a packet: yes, no, or what would have to be known."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..grammar.rule import Use
from .packet import UNTRACKED, Packet
from .values import Ranges, Values


class Question(NamedTuple):
    """What is not known of a packet: the `condition` as it was typed, and what would have to be known to answer it."""

    condition: str
    lacks: str


#: What one would have to know of the machine to say where a packet goes.
NEW_DESTINATION = "whether its new destination is this machine"

#: What a packet's fields are called.
FIELDS: dict[str, str] = {
    "in_interface": "the interface that it comes in through",
    "out_interface": "the interface that it goes out through",
    "protocol": "its protocol",
    "source": "its source address",
    "destination": "its destination address",
    "source_port": "its source port",
    "destination_port": "its destination port",
    "tcp_flags": "its TCP flags",
    "icmp": "its ICMP type",
    "is_later_fragment": "whether it is a fragment after the first",
    "length": "its length",
    "ttl": "its time to live",
    "tos": "its Type of Service",
    "mark": "its mark",
    "state": "the state of its connection",
    "is_reply": "which direction of its connection it goes in",
    "connection_mark": "the mark of its connection",
    "translated": "whether the addresses of its connection are changed",
    "original_source": "the source address of its connection",
    "original_destination": "the destination address of its connection",
    "original_source_port": "the source port of its connection",
    "original_destination_port": "the destination port of its connection",
    "mac_source": "the Ethernet address it comes from",
    "user": "the user whose process sends it",
    "group": "the group whose process sends it",
    "source_type": "what kind of address its source is to this machine",
    "destination_type": "what kind of address its destination is to this machine",
}

#: What later fragments do not have: only the first has the header of the protocol inside.
_INNER_HEADER = frozenset({"source_port", "destination_port", "tcp_flags", "icmp"})
#: What only a tracked connection has.
_OF_CONNECTION = frozenset({
    "is_reply", "connection_mark", "translated", "original_source", "original_destination", "original_source_port",
    "original_destination_port",
})  # fmt: skip
_MULTICAST = {"ipv4": (4, 0xE), "ipv6": (8, 0xFF)}
_BITS = {"ipv4": 32, "ipv6": 128}
_TCP = 6


class Look(NamedTuple):
    """A look at one field, which must have one of some values, or none of them if negated."""

    field: str
    values: Values
    negated: bool = False
    text: str = ""


class AnyOf(NamedTuple):
    """Several looks, of which one must hold, or none if negated."""

    looks: tuple[Look, ...]
    negated: bool = False
    text: str = ""


class Counted(NamedTuple):
    """A match that remembers the packets before this one."""

    use: Use
    text: str = ""


class Unknowable(NamedTuple):
    """A condition whose answer is not in what is known of a packet, and what would have to be known.

    `is_stable`: while a packet is in a chain, the answer stays the same.
    """

    lacks: str
    text: str = ""
    is_stable: bool = False


class Routing(NamedTuple):
    """That a packet goes to this machine itself, once a rule has changed its destination."""

    text: str = "its new destination is this machine"


class AllOf(NamedTuple):
    """Several conditions that are assumed to hold together, or not to hold together."""

    parts: tuple[Single, ...]


#: A condition whose answer depends on the packet alone; one or several of them; and one of a rule.
Single = Look | AnyOf | Unknowable
Plain = Single | AllOf | Routing
Condition = Single | Counted
Answer = bool | Question


def ask(condition: Plain, packet: Packet) -> Answer:
    """Whether a packet meets a condition, or what would have to be known."""
    if isinstance(condition, Unknowable):
        return Question(condition.text, condition.lacks)
    if isinstance(condition, Routing):
        return Question(condition.text, NEW_DESTINATION)
    if isinstance(condition, Look):
        return _look(condition, packet)
    if isinstance(condition, AllOf):
        return _all(condition, packet)
    answers = [_look(look, packet) for look in condition.looks]
    if any(answer is True for answer in answers):
        return not condition.negated
    lacking = next((answer for answer in answers if isinstance(answer, Question)), None)
    return condition.negated if lacking is None else Question(condition.text, lacking.lacks)


def _all(condition: AllOf, packet: Packet) -> Answer:
    answers = [ask(part, packet) for part in condition.parts]
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Question)), True)


def _look(look: Look, packet: Packet) -> Answer:
    if look.field == "state":
        return _state(look, packet)
    if look.field == "icmp" and packet.icmp_code is None and not packet.is_later_fragment:
        return _icmp_of_any_code(look, packet)
    if look.field in _INNER_HEADER and packet.is_later_fragment:
        return False
    if look.field in _OF_CONNECTION and packet.states <= UNTRACKED:
        return False
    value = value_of(packet, look.field)
    if value is None:
        return Question(look.text, FIELDS[look.field])
    if isinstance(value, frozenset):
        return any(map(look.values.has, value)) is not look.negated
    return look.values.has(value) is not look.negated


def _state(look: Look, packet: Packet) -> Answer:
    answers = {look.values.has(state) is not look.negated for state in packet.states}
    return answers.pop() if len(answers) == 1 else Question(look.text, FIELDS["state"])


def _icmp_of_any_code(look: Look, packet: Packet) -> Answer:
    """The answer for a message of which at most the type is known."""
    if packet.icmp_type is not None:
        possible = Ranges(((packet.icmp_type << 8, packet.icmp_type << 8 | 0xFF),))
        if possible.within(look.values):
            return not look.negated
        if possible.apart(look.values):
            return look.negated
    return Question(look.text, FIELDS["icmp"])


def value_of(packet: Packet, field: str) -> object:
    """What a field of a packet is; None if that is not known."""
    derived = _DERIVED.get(field)
    return derived(packet) if derived is not None else getattr(packet, field)


def _source_type(packet: Packet) -> str | None:
    return "LOCAL" if packet.way in ("out", "loopback") else None


def _destination_type(packet: Packet) -> str | None:
    """The type of the address it goes to, as far as that follows from its way. ip-route(8), route types.

    TCP has no broadcasts; of other packets, only the routes of the machine tell whether they are to a whole network.
    """
    if packet.destination is not None:
        bits, prefix = _MULTICAST[packet.family]
        if packet.destination >> _BITS[packet.family] - bits == prefix:
            return "MULTICAST"
        if packet.family == "ipv4" and packet.destination == 0xFFFF_FFFF:
            return "BROADCAST"
    by_way = {"in": "LOCAL", "loopback": "LOCAL", "forward": "UNICAST", "out": "UNICAST"}[packet.way]
    return by_way if packet.protocol == _TCP or packet.way == "loopback" else None


def _icmp(packet: Packet) -> int | None:
    """The type and the code in one number."""
    if packet.icmp_type is None or packet.icmp_code is None:
        return None
    return packet.icmp_type << 8 | packet.icmp_code


_DERIVED: dict[str, Callable[[Packet], object]] = {
    "icmp": _icmp,
    "source_type": _source_type,
    "destination_type": _destination_type,
}


def fields_of(condition: Plain) -> frozenset[str]:
    """The fields of a packet that a condition looks at."""
    if isinstance(condition, Look):
        return frozenset({condition.field})
    if isinstance(condition, Unknowable | Routing):
        return frozenset()
    parts = condition.looks if isinstance(condition, AnyOf) else condition.parts
    return frozenset().union(*map(fields_of, parts))


def narrowed(packet: Packet, condition: Plain, holds: bool) -> Packet:
    """A packet of which it is assumed that it meets a condition or does not: of its states, those that remain."""
    if isinstance(condition, AllOf) and (holds or len(condition.parts) == 1):
        for part in condition.parts:
            packet = narrowed(packet, part, holds)
    if not isinstance(condition, Look) or condition.field != "state":
        return packet
    left = frozenset(
        state for state in packet.states if (condition.values.has(state) is not condition.negated) is holds
    )
    return packet.changed(states=left)


def implies(first: Plain | Counted, second: Plain | Counted) -> bool:
    """Whether every packet that meets one condition is certain to meet another."""
    if isinstance(second, AllOf):
        return all(implies(first, part) for part in second.parts)
    if isinstance(first, AllOf):
        return any(implies(part, second) for part in first.parts)
    if isinstance(first, Counted | Unknowable | Routing) or isinstance(second, Counted | Unknowable | Routing):
        return False
    if isinstance(first, AnyOf):
        return not first.negated and all(implies(look, second) for look in first.looks)
    if isinstance(second, AnyOf):
        return not second.negated and any(implies(first, look) for look in second.looks)
    if first.field != second.field:
        return False
    if first.field == "translated":
        return first[:3] == second[:3]
    return _implies(first, second)


def _implies(first: Look, second: Look) -> bool:
    if first.negated and second.negated:
        return second.values.within(first.values)
    if second.negated:
        return first.values.apart(second.values)
    return not first.negated and first.values.within(second.values)


def excludes(first: Plain | Counted, second: Plain | Counted) -> bool:
    """Whether no packet that meets one condition can meet another."""
    if not isinstance(first, Look) or not isinstance(second, Look) or first.field == "translated":
        return False
    return implies(first, second._replace(negated=not second.negated))
