"""Ports as options accept them: numbers, service names, ranges and lists.

Two parts of libxtables read ports, in different ways (observed with iptables-legacy 1.8.9): tcp, sctp, multiport and
the NAT targets accept numbers of any base and the services of their protocol; the guided parser (udp, conntrack, dccp
…) accepts decimal numbers, wraps those above 65535, accepts an empty end, and knows services of any protocol.
"""

from __future__ import annotations

import re

from ...diagnostics.code import Code
from ...diagnostics.codes.command import EMPTY_RANGE
from ...reading.pattern import pattern
from ..registries import services
from .base import Family, InvalidValue, Value, number
from .well_known_ports import well_known
from .wording import Context

LAST_PORT = 65535
_MOST_DIGITS = len(str(LAST_PORT))


def service_port(name: str, protocol: str) -> int | None:
    """The port of a service; of any protocol if `protocol` is empty, tcp first as in getaddrinfo."""
    for each in (protocol,) if protocol else ("tcp", "udp", "sctp"):
        port = services().get((name, each))
        if port is not None:
            return port
    return None


def any_service_port(name: str) -> int | None:
    """The port of a service of any protocol, the first in the table, as getservbyname finds it without one."""
    return next((port for (each, _), port in services().items() if each == name), None)


def strict_port(text: str, protocol: str, at: int = 0) -> int:
    """A port as tcp and multiport read it; `at` is where the text begins in the word. Raises InvalidValue."""
    port = number(text)
    if port is None:
        port = service_port(text, protocol)
    if port is None or port > LAST_PORT:
        says = f"invalid port/service `{text}' specified"
        raise InvalidValue(*_not_a_port(text, protocol), says=says, at=_at(text, at), help=_how_to_write(text))
    return port


def _not_a_port(text: str, protocol: str) -> tuple[str]:
    if number(text) is not None or text.isdecimal():
        return (f"not a port: ports are 0 to {LAST_PORT}",)
    return (f"neither a port nor a known {protocol} service" if protocol else "neither a port nor a service",)


def _how_to_write(text: str) -> str:
    """What to write instead of a list, or of a range with a dash."""
    if "," in text:
        return "for several ports, use the `multiport` match: `-m multiport --dports 80,443`"
    low, dash, high = text.partition("-")
    return f"write a range with a colon: `{low}:{high}`" if dash and low.isdecimal() and high.isdecimal() else ""


def _at(text: str, at: int) -> tuple[int, int] | None:
    return (at, at + len(text)) if text else None


def refuse_reversed(low: int, high: int, says: str, code: Code = EMPTY_RANGE, separator: str = ":") -> None:
    """Raise InvalidValue if a range ends before it begins."""
    if low > high:
        raise InvalidValue(
            f"the range ends ({high}) before it begins ({low})",
            code=code,
            says=says,
            help=f"write the smaller port first: `{high}{separator}{low}`",
        )


def say_port(port: int, context: Context, typed: str = "") -> str:
    """A port with the service that it is known for, or that it was typed as: `22 (ssh)`."""
    name = typed if typed[:1].isalpha() and typed[:2].lower() != "0x" else ""
    service = name or well_known(port, context.protocol)
    digits = typed.lstrip("0")
    if digits.isdecimal() and (len(digits) > _MOST_DIGITS or int(digits) > LAST_PORT):
        return f"{port} (what 16 bits leave of {typed})"
    return f"{port} ({service})" if service else str(port)


def say_ports(low: int, high: int, context: Context) -> str:
    """A range of ports, or what is outside of it if it is negated."""
    if low == high:
        typed = context.typed.partition(":")[0]
        return f"{'not ' if context.negated else ''}{say_port(low, context, typed)}"
    if (low, high) == (0, LAST_PORT):
        return "none at all" if context.negated else "any"
    if high == LAST_PORT:
        return f"below {low}" if context.negated else f"{low} or above"
    if low == 0:
        return f"above {high}" if context.negated else f"{high} or below"
    typed_low, _, typed_high = context.typed.partition(":")
    service = well_known(low, context.protocol)
    both = f" ({service})" if service and service == well_known(high, context.protocol) else ""
    ends = f"{_say_end(low, typed_low)} and {_say_end(high, typed_high)}"
    return f"{'not ' if context.negated else ''}between {ends}{'' if '(' in ends else both}"


def _say_end(port: int, typed: str) -> str:
    """An end of a range: its service matters only if it was typed as one."""
    return say_port(port, Context(""), typed) if typed and number(typed) != port else str(port)


class _Port(Value):
    """One port."""

    synopsis = "PORT"

    def say(self, value: int, context: Context) -> str:
        return say_port(value, context, context.typed)


class StrictPort(_Port):
    """One port, as tcp and multiport read it, or a service of any protocol."""

    def read(self, text: str, family: Family) -> int:
        return strict_port(text, "")


class PortRange(Value):
    """`PORT`, or `LOW:HIGH`; subclasses say how it is read."""

    synopsis = "PORT[:PORT]"

    def write(self, value: tuple[int, int], family: Family) -> str:
        return str(value[0]) if value[0] == value[1] else f"{value[0]}:{value[1]}"

    def nft(self, value: tuple[int, int], family: Family) -> str:
        return self.write(value, family).replace(":", "-")

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        return "" if value == (0, LAST_PORT) and not negated else super().nft_condition(value, family, negated)

    def say(self, value: tuple[int, int], context: Context) -> str:
        return say_ports(*value, context)

    def say_unknown(self, text: str, context: Context) -> str:
        said = super().say_unknown(text, context)
        return f"not {said}" if context.negated else said


class StrictPortRange(PortRange):
    """`PORT`, or `LOW:HIGH` with an empty end for the first or last port; services of one protocol."""

    def __init__(self, protocol: str) -> None:
        self.protocol = protocol

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low, colon, high = text.partition(":")
        if not colon:
            port = strict_port(text, self.protocol)
            return port, port
        first = strict_port(low, self.protocol) if low else 0
        last = strict_port(high, self.protocol, len(low) + 1) if high else LAST_PORT
        refuse_reversed(first, last, "invalid portrange (min > max)")
        return first, last


_DECIMAL = pattern(r"[ \t\n\v\f\r]*([+-]?)0*(\d{1,20})\Z", re.ASCII)


def guided_port(text: str, at: int = 0) -> int:
    """A port as the guided parser reads it: an empty one is 0, and those above 65535 wrap. Raises InvalidValue."""
    port = _wrapped_port(text) if text else 0
    if port is None:
        port = service_port(text, "")
    if port is None:
        says = f'Port "{text}" does not resolve to anything.'
        raise InvalidValue(*_not_a_port(text, ""), says=says, at=_at(text, at), help=_how_to_write(text))
    return port


def _wrapped_port(text: str) -> int | None:
    """The low 16 bits of a decimal number; None for what getaddrinfo, with glibc 2.36, does not recognize as a number.

    It reads into an int with strtoul, and looks up as a name what comes out below zero.
    """
    match = _DECIMAL.match(text)
    if not match or int(match[2]) >= 1 << 64:
        return None
    value = (-int(match[2]) if match[1] == "-" else int(match[2])) & 0xFFFF_FFFF
    return value & LAST_PORT if value < 1 << 31 else None


class GuidedPort(_Port):
    """One port, as the guided parser reads it."""

    def read(self, text: str, family: Family) -> int:
        return guided_port(text)


class GuidedPortRange(PortRange):
    """`PORT`, or `LOW:HIGH`, as the guided parser reads it."""

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low, colon, rest = text.partition(":")
        high, more, _ = rest.partition(":")
        first = guided_port(low)
        if not colon:
            return first, first
        last = guided_port(high, len(low) + 1) if high else LAST_PORT
        if more:
            raise InvalidValue(
                "more than one colon", says='{extension}: Too many components for option "--{option}" (max: 2)'
            )
        refuse_reversed(first, last, f"Port range {first}-{last} is negative.")
        return first, last


class OnePort(PortRange):
    """A port in figures of any base, of whose number, up to `most`, the lowest 16 bits count; as a range of one."""

    synopsis = "PORT"

    def __init__(self, most: int) -> None:
        self.most = most

    def read(self, text: str, family: Family) -> tuple[int, int]:
        port = number(text)
        if port is None or port > self.most:
            says = f'{{extension}}: Bad value for "--{{option}}" option: "{text}"'
            raise InvalidValue(f"not a number from 0 to {self.most}", says=says)
        return port & LAST_PORT, port & LAST_PORT


single_guided_port = GuidedPort()
guided_port_range = GuidedPortRange()
