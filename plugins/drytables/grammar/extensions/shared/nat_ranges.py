"""Where SNAT, DNAT, MASQUERADE and REDIRECT send packets to: addresses, ports and ranges of both.

How they are read, down to the character, was observed with iptables-legacy and ip6tables-legacy 1.8.9.
"""

from __future__ import annotations

from typing import NamedTuple

from ....diagnostics.codes.command import EMPTY_RANGE, EXCLUDES, NEEDS_PROTOCOL, WRONG_FAMILY
from ...extension import CheckFailure
from ...nft import Unsayable
from ...rule import Hole, Setting, Unknown, Use
from ...values.addresses import dotted_quad, ipv4, ipv6, write_address
from ...values.base import IPV4, Family, InvalidValue, Value, leading_number
from ...values.ports import LAST_PORT, any_service_port, say_port
from ...values.unchecked import c_number
from ...values.wording import Context

#: The protocols with which a port may be given, by number: those that iptables names, and icmp, which it accepts too.
_WITH_PORTS = frozenset({1, 6, 17, 33, 132})

#: Those of them, sctp and dccp, that were added to tcp and udp in 1.4.3.
_WITH_PORTS_LATER = frozenset({33, 132})

#: How many bytes before the ports' colon count as no address: zero, or the two of `[]`, whatever they are.
_NO_ADDRESS = (0, 2)


class Ports(NamedTuple):
    """A range of ports, and for a shifted range the port from which its first one is counted."""

    low: int
    high: int
    base: int | None = None


class Destination(NamedTuple):
    """A range of addresses, of ports, or of both."""

    low: int | None
    high: int | None
    ports: Ports | None


def _not_a_port(text: str, at: int, why: str = "") -> InvalidValue:
    return InvalidValue(
        why or f"not a port: ports are 0 to {LAST_PORT}",
        says=f"Port `{text}' not valid",
        at=(at, at + len(text)) if text else None,
    )


def read_ports(text: str, at: int = 0, services: bool = True) -> Ports:
    """`PORT[-PORT[/BASE]]`; a lone PORT and the BASE may be `services`; `at` is its place in the word; raises
    InvalidValue.
    """
    low, rest = leading_number(text)
    if low is None:
        port = any_service_port(text) if services else None
        if port is None:
            raise _not_a_port(text, at, "neither a port nor a service" if services else "not a port number")
        return Ports(port, port)
    if low > LAST_PORT:
        raise _not_a_port(text, at)
    if not rest:
        return Ports(low, low)
    after = at + len(text) - len(rest)
    if rest[0] == ":":
        raise InvalidValue(
            "write a range of ports with a hyphen here",
            says="Invalid port:port syntax - use dash",
            at=(at, at + len(text)),
            choices=(text.replace(":", "-", 1),),
        )
    if rest[0] != "-":
        raise InvalidValue(
            "unexpected text after the port", says=f"Garbage after port value: `{rest}'", at=(after, at + len(text))
        )
    return _read_end(low, rest[1:], at, after + 1)


def _read_end(low: int, text: str, start: int, at: int) -> Ports:
    """The end of a range of ports, which begins at `at`, and its base; the range begins at `start`."""
    high, rest = leading_number(text)
    if high is None or high > LAST_PORT:
        raise _not_a_port(text, at, "" if high else "the end of a range of ports must be a number")
    if high < low:
        raise InvalidValue(
            f"the range ends ({high}) before it begins ({low})",
            says=f"Port range `{text}' funky",
            at=(start, at + len(text) - len(rest)),
            code=EMPTY_RANGE,
            help=f"write the smaller port first: `{high}-{low}`",
        )
    if rest and rest[0] != "/":
        raise InvalidValue(
            "unexpected text after the range of ports",
            says=f"Garbage after port range: `{rest}'",
            at=(at + len(text) - len(rest), at + len(text)),
        )
    return Ports(low, high, _read_base(rest[1:], at + len(text) - len(rest) + 1) if rest else None)


def _read_base(text: str, at: int) -> int:
    """The base of a shifted range; iptables ignores what follows a number there."""
    base, _ = leading_number(text)
    if base is None:
        base = any_service_port(text)
    if base is None or not 1 <= base <= LAST_PORT:
        raise _not_a_port(text, at, f"not a base port: base ports are 1 to {LAST_PORT}")
    return base


def write_ports(ports: Ports, shifted: bool) -> str:
    """`LOW[-HIGH[/BASE]]`; without `shifted`, a given base is not kept and prints as 0."""
    text = str(ports.low) if ports.low == ports.high else f"{ports.low}-{ports.high}"
    if ports.base is not None:
        text += f"/{ports.base if shifted else 0}"
    return text


def say_ports(ports: Ports, context: Context, typed: str, shifted: bool) -> str:
    """`port 80 (http)`, or a range of ports; only where it is `shifted` has a base a meaning."""
    if ports.low == ports.high:
        return f"port {say_port(ports.low, context, typed)}"
    said = f"a port between {ports.low} and {ports.high}"
    if not shifted or ports.base is None:
        return said
    return f"{said}, which is counted from port {say_port(ports.base, context, typed.rpartition('/')[2])}"


def _atoi(text: str) -> int:
    """The decimal number that a text begins with, as C's atoi reads it; 0 if it begins with none."""
    value = (c_number(text, 10)[0] or 0) & 0xFFFF_FFFF
    return value - (value >> 31 << 32)


def read_leading_ports(text: str, at: int = 0, shifted: bool = False) -> Ports:
    """`PORT[-PORT[/BASE]]`, each the decimal number that its text begins with and none of them 0, as it was once read;
    what follows is ignored. Without `shifted`, so is BASE. Raises InvalidValue.
    """
    low = _atoi(text)
    if not 1 <= low <= LAST_PORT:
        raise _not_a_port(text, at)
    _, dash, rest = text.partition("-")
    if not dash:
        return Ports(low, low)
    high = _atoi(rest)
    if not 1 <= high <= LAST_PORT:
        raise _not_a_port(rest, at + len(text) - len(rest))
    if high < low:
        raise InvalidValue(f"the range ends ({high}) before it begins ({low})", says=f"Port range `{rest}' funky")
    _, slash, base = rest.partition("/")
    if not (shifted and slash):
        return Ports(low, high)
    if not 1 <= _atoi(base) <= LAST_PORT:
        raise _not_a_port(base, at + len(text) - len(base))
    return Ports(low, high, _atoi(base))


class PortsToTake(Value):
    """`PORT[-PORT]`, or one service unless `services` is false; a service may also end a range if `services_end` it.

    `shift_says` are the words that refuse a `/BASE`; if empty, a base has no effect.
    """

    synopsis = "PORT[-PORT]"

    def __init__(self, shift_says: str = "", services: bool = True, services_end: bool = False) -> None:
        self.shift_says, self.services, self.services_end = shift_says, services, services_end

    def read(self, text: str, family: Family) -> Ports:
        ports = read_ports(self._without_service(text), services=self.services)
        if ports.base is not None and self.shift_says:
            raise InvalidValue(
                "a range of ports cannot be shifted here",
                says=self.shift_says,
                at=(text.index("/"), len(text)),
                help="only `-j DNAT` can shift ports",
            )
        return ports

    def _without_service(self, text: str) -> str:
        """The text with the port of a service in place of its name at the end of a range."""
        low, dash, high = text.partition("-")
        port = any_service_port(high) if self.services_end and dash and low.isdecimal() else None
        return text if port is None else f"{low}-{port}"

    def facts(self, value: Ports) -> bool:
        """Whether it has ports."""
        return True

    def write(self, value: Ports, family: Family) -> str:
        return write_ports(value, shifted=False)

    def say(self, value: Ports, context: Context) -> str:
        return say_ports(value, context, context.typed, shifted=False)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"port {super().say_unknown(text, context)}"


class LeadingPorts(PortsToTake):
    """`PORT[-PORT]` of which whatever comes after a number is ignored."""

    is_lenient = True

    def read(self, text: str, family: Family) -> Ports:
        return read_leading_ports(text)


class RedirectedPorts(PortsToTake):
    """The same, of which only a port alone and the end of a range may not be 0 or below; with `services`, a port alone
    may also be one, and is 65535 for any other text and for 0.
    """

    is_lenient = True

    def read(self, text: str, family: Family) -> Ports:
        if text == "!":
            raise _not_a_port(text, 0, "it is taken for a negation")
        low, (_, dash, rest) = _atoi(text), text.partition("-")
        if low > LAST_PORT or (low == 0 and not self.services):
            raise _not_a_port(text, 0)
        if low == 0:
            port = any_service_port(text)
            low = -1 if port is None else port
        high = _atoi(rest) if dash else low
        if dash and (not 1 <= high <= LAST_PORT or high < low):
            raise _not_a_port(rest, len(text) - len(rest))
        return Ports(low & LAST_PORT, high & LAST_PORT)


class DestinationToTake(Value):
    """`[ADDRESS[-ADDRESS]][:PORT[-PORT]]`, IPv6 addresses with ports in square brackets; `shifted` allows `/BASE`."""

    def __init__(self, shifted: bool = False) -> None:
        self.shifted = shifted

    @property
    def synopsis(self) -> str:  # type: ignore[override]  # it depends on what is taken
        """What represents it in a synopsis."""
        return "[ADDRESS[-ADDRESS]][:PORT[-PORT" + ("[/BASE]]]" if self.shifted else "]]")

    def read(self, text: str, family: Family) -> Destination:
        start, end, colon = _taken_apart(text, family)
        ports = self._ports(text[colon + 1 :], colon + 1) if colon >= 0 else None
        if ports and len(text[:colon].encode(errors="surrogateescape")) in _NO_ADDRESS:
            return Destination(None, None, ports)
        addresses = text[start:end]
        low, dash, high = addresses.partition("-")
        first = self._address(low, start, family)
        return Destination(first, self._address(high, start + len(low) + 1, family) if dash else first, ports)

    def _ports(self, text: str, at: int) -> Ports:
        return read_ports(text, at)

    def _address(self, text: str, at: int, family: Family) -> int:
        """One address in full; names are not accepted here."""
        address = dotted_quad(text) if family == IPV4 else ipv6(text)
        if address is None:
            raise _not_an_address(text, at, family)
        return address

    def facts(self, value: Destination) -> bool:
        """Whether it has ports."""
        return value.ports is not None

    def write(self, value: Destination, family: Family) -> str:
        text = ""
        if value.low is not None and value.high is not None:
            text = write_address(value.low, family)
            if value.high != value.low:
                text += f"-{write_address(value.high, family)}"
        if value.ports is None:
            return text
        if family != IPV4 and text:
            text = f"[{text}]"
        return f"{text}:{write_ports(value.ports, bool(self.shifted))}"

    def nft(self, value: Destination, family: Family) -> str:
        if value.ports is not None and value.ports.base is not None:
            raise Unsayable(
                "nft counts no ports from a base",
                f"a map from each port to its own: `dnat to tcp dport map {{ {value.ports.base} : "
                f"{write_address(value.low or 0, family)} . {value.ports.low}, … }}`",
            )
        if value.low is not None and value.high is not None and value.low > value.high:
            raise Unsayable("nft reads no range that ends before it begins", "the smaller address first")
        text = self.write(value, family)
        # nft has brackets around each address, and not around the range.
        return text.replace("-", "]-[", 1) if text.startswith("[") and "-" in text.partition("]")[0] else text

    def say(self, value: Destination, context: Context) -> str:
        """The addresses and the ports, in words: `an address between 10.0.0.1 and 10.0.0.9, port 80 (http)`."""
        said = []
        if value.low is not None and value.high is not None:
            low, high = write_address(value.low, context.family), write_address(value.high, context.family)
            said.append(low if low == high else f"an address between {low} and {high}")
        if value.ports is not None:
            said.append(say_ports(value.ports, context, context.typed.rpartition(":")[2], self.shifted))
        is_range = value.ports is not None and value.ports.low != value.ports.high
        return (" and " if is_range else ", ").join(said)


def _taken_apart(text: str, family: Family) -> tuple[int, int, int]:
    """Where the addresses begin and end, and where the colon before the ports is, or -1.

    If there is a bracket, the addresses are inside the brackets; otherwise, two colons make an IPv6 address.
    """
    bracket = text.find("[")
    if bracket < 0:
        colon = text.find(":") if text.count(":") == 1 else -1
        return 0, len(text) if colon < 0 else colon, colon
    closing = text.find("]", bracket)
    if closing < 0 or family == IPV4:
        why = "square brackets are for IPv6 addresses" if family == IPV4 else "the bracket is not closed"
        raise InvalidValue(why, says="Invalid address format", at=(bracket, bracket + 1))
    return bracket + 1, closing, text.find(":", closing)


class OlderDestination(DestinationToTake):
    """The same with ports of which whatever comes after a number is ignored; an address may be `short` of bytes."""

    is_lenient = True

    def __init__(self, shifted: bool = False, short: bool = True) -> None:
        super().__init__(shifted)
        self.short = short

    def _ports(self, text: str, at: int) -> Ports:
        if ":" in text and "-" not in text:
            return read_ports(text, at)
        return read_leading_ports(text, at, self.shifted)

    def _address(self, text: str, at: int, family: Family) -> int:
        address = (ipv4(text) if self.short else dotted_quad(text)) if family == IPV4 else ipv6(text)
        if address is None:
            raise _not_an_address(text, at, family)
        return address


def _not_an_address(text: str, at: int, family: Family) -> InvalidValue:
    says, place = f'Bad IP address "{text}"', (at, at + len(text)) if text else None
    own, other, program = ("an IPv4", "an IPv6", "ip6tables") if family == IPV4 else ("an IPv6", "an IPv4", "iptables")
    if (":" in text and ipv6(text) is not None) if family == IPV4 else ("." in text and ipv4(text) is not None):
        help = f"{other} address belongs in an `{program}` command"
        return InvalidValue(f"{other} address", says=says, at=place, code=WRONG_FAMILY, help=help)
    reason = f"not {own} address" if text else f"{own} address is missing"
    return InvalidValue(reason, says=says, at=place, help="use an address, not a name" if text[:1].isalpha() else "")


def _has_ports(setting: Setting, family: Family) -> bool:
    """Whether a value has ports; if it cannot be read, their colon is enough: iptables looks for that first."""
    if not isinstance(setting.value, Hole) or any(word.holes for word in setting.words):
        return bool(setting.facts)
    if setting.option.name == "to-ports":
        return True
    try:
        return _taken_apart(setting.value.text, family)[2] >= 0
    except InvalidValue:
        return False


def random_comes_after(use: Use, setting: Setting) -> CheckFailure | None:
    """Once, `--random` before the destination was taken for a first destination."""
    if not use.has("random"):
        return None
    name = setting.option.name
    return CheckFailure(
        EXCLUDES,
        f"`--random` must come after `--{name}` in this release",
        option="random",
        says=f"Multiple --{name} not supported",
        until="1.4.5",
    )


def protocol_stands_before_ports(use: Use, setting: Setting) -> CheckFailure | None:
    """A port can be given only once the rule's protocol is known to have ports: `-p` must come before.

    iptables looks only at the number, and so accepts `! -p tcp` and `-p icmp` too (observed).
    """
    if not _has_ports(setting, use.rule.family):
        return None
    if isinstance(use.rule.protocol, Hole):
        raise Unknown("protocol")
    is_known = use.rule.protocol in _WITH_PORTS
    if is_known and use.rule.protocol not in _WITH_PORTS_LATER:
        return None
    name = setting.option.name
    later = use.rule.protocol is None and any(word.text in ("-p", "--protocol") for word in use.rule.words)
    return CheckFailure(
        NEEDS_PROTOCOL,
        f"ports in `--{name}` require a protocol with ports",
        option=name,
        label="`-p` must come before this" if later else "no protocol with ports before this",
        says="Need TCP, UDP, SCTP or DCCP with port specification",
        help="add `-p tcp`, `-p udp`, `-p sctp` or `-p dccp` before the target",
        until="1.4.2" if is_known else "",
    )
