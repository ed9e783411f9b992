"""Matches that look at ports, at the flags of TCP and at ICMP's types."""

from __future__ import annotations

from typing import Any

from ...grammar.extensions.matches.icmp import ANY
from ...grammar.extensions.matches.multiport import numbers_of
from ...grammar.extensions.matches.tcp import SYN_ALONE, Flags
from ...grammar.rule import Setting, Use
from ...grammar.values.icmp_types import IcmpType
from ...meaning.conditions import typed
from ..condition import AnyOf, Look, Single
from ..values import Masked, Values, ranges
from .reader import Reader, flag, look, plain_look


def _ports(value: Any) -> Values:
    return ranges(value)


def _flags(value: Flags) -> Values:
    return Masked(value.set, value.mask)


def _list(*fields: str) -> Reader:
    """A list of ports and ranges, in which services have the ports of the rule's protocol."""

    def read(use: Use, setting: Setting) -> Single:
        pairs = numbers_of(use, setting)
        values = ranges(*((low, low if high is None else high) for low, high in pairs))
        text, family = typed(setting), use.rule.family
        if len(fields) == 1:
            return plain_look(fields[0], values, setting.negated, text, family)
        return AnyOf(tuple(Look(field, values, text=text) for field in fields), setting.negated, text)

    return read


def _icmp_types(value: IcmpType) -> Values:
    """Types and codes as numbers of 16 bits. Linux takes type 255 for any, of ICMP as of ICMPv6."""
    if value.type == ANY.type:
        return ranges((0, 0xFFFF))
    return ranges((value.type << 8 | value.first_code, value.type << 8 | value.last_code))


_BOTH: dict[str, Reader] = {"sport": look("source_port", _ports), "dport": look("destination_port", _ports)}

READERS: dict[str, dict[str, Reader]] = {
    "tcp": {**_BOTH, "syn": flag("tcp_flags", _flags(SYN_ALONE)), "tcp-flags": look("tcp_flags", _flags)},
    "udp": _BOTH,
    "sctp": _BOTH,
    "dccp": _BOTH,
    "multiport": {
        "sports": _list("source_port"),
        "dports": _list("destination_port"),
        "ports": _list("source_port", "destination_port"),
    },
    "icmp": {"icmp-type": look("icmp", _icmp_types)},
    "icmp6": {"icmpv6-type": look("icmp", _icmp_types)},
}
