"""Matches that look at the rest of the IP header, at the size of a packet, and at who sends it."""

from __future__ import annotations

from typing import Any

from ..values import Masked, Values, exactly, ranges
from .reader import Reader, look, masked

_TOS = 0xFF
#: The bits of the Type of Service field that are the DiffServ code point, and those that are for congestion.
_CODE_POINT, _CONGESTION = 0xFC, 0x03


def _below(value: int) -> Values:
    return ranges((0, value - 1))


def _above(value: int) -> Values:
    return ranges((value + 1, 0xFF))


def _hops(prefix: str) -> dict[str, Reader]:
    return {
        f"{prefix}-eq": look("ttl", exactly),
        f"{prefix}-lt": look("ttl", _below),
        f"{prefix}-gt": look("ttl", _above),
    }


def _code_point(value: int) -> Values:
    return Masked(value << 2, _CODE_POINT)


def _type_of_service(value: tuple[int, int]) -> Values:
    return masked(value, _TOS)


def _congestion(value: int) -> Values:
    return Masked(value, _CONGESTION)


def _range(value: Any) -> Values:
    return ranges(value)


READERS: dict[str, dict[str, Reader]] = {
    "ttl": _hops("ttl"),
    "hl": _hops("hl"),
    "tos": {"tos": look("tos", _type_of_service)},
    "dscp": {"dscp": look("tos", _code_point), "dscp-class": look("tos", _code_point)},
    "ecn": {"ecn-ip-ect": look("tos", _congestion)},
    "length": {"length": look("length", _range)},
    "owner": {"uid-owner": look("user", _range), "gid-owner": look("group", _range)},
}
