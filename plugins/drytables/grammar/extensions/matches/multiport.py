"""multiport: up to 15 ports or ranges of ports. iptables-extensions(8), multiport.

Observed beyond it with iptables-legacy 1.8.9: the protocol must come before the ports, whose service names are looked
up for it; the ends of a range must differ, and a range counts as two ports.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE, EMPTY_RANGE, NEEDS_PROTOCOL, NOT_IN_RELEASE
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import Unsayable
from ...nft_words import option_words
from ...registries import PROTOCOLS, services
from ...rule import Setting, Use
from ...saving import setting_words
from ...values.base import Family, InvalidValue, Value, number
from ...values.ports import say_port, service_port, strict_port
from ...values.wording import Context, one_of_these

#: The protocols with ports, by number, with their names.
_PROTOCOLS = {PROTOCOLS[name]: name for name in ("tcp", "udp", "udplite", "sctp", "dccp")}
_ROOM = 15

#: A port, or the ends of a range; a text is the name of a service.
Ends = tuple[int | str, int | str | None]


class PortList(Value):
    """`PORT[:PORT]` separated by commas: pairs of ends, the second None for a single port.

    A service name stays a text, because its port depends on the protocol. `ranges` says whether ranges are allowed.
    """

    synopsis = "PORT[:PORT][,...]"

    def __init__(self, ranges: bool = True) -> None:
        self.ranges = ranges

    def read(self, text: str, family: Family) -> tuple[Ends, ...]:
        ports: list[Ends] = []
        at = used = 0
        for piece in text.split(","):
            low, colon, high = piece.partition(":") if self.ranges else (piece, "", "")
            used += 2 if colon else 1
            if used > _ROOM:
                raise InvalidValue(
                    f"more than {_ROOM} ports; a range counts as two",
                    says="too many ports specified",
                    help="use two rules",
                )
            first = self._port(low, at, text)
            last = self._port(high, at + len(low) + 1, text) if colon else None
            if isinstance(first, int) and isinstance(last, int) and first >= last:
                raise InvalidValue(
                    "the range does not end above its start",
                    at=(at, at + len(piece)),
                    code=EMPTY_RANGE,
                    says="invalid portrange specified",
                    help=f"write `{last}:{first}`" if first > last else f"write `{first}` alone",
                )
            ports.append((first, last))
            at += len(piece) + 1
        return tuple(ports)

    def _port(self, text: str, at: int, whole: str) -> int | str:
        if number(text) is None and any((text, protocol) in services() for protocol in _PROTOCOLS.values()):
            return text
        if not text and ":" in whole:
            raise InvalidValue(
                "a range needs both ends",
                says="invalid port/service `' specified",
                help="write 0 for the first port and 65535 for the last",
            )
        return strict_port(text, "", at)

    def facts(self, value: tuple[Ends, ...]) -> tuple[Ends, ...]:
        """The pairs that contain a service: its port, and so their order, depends on the protocol."""
        return tuple(pair for pair in value if isinstance(pair[0], str) or isinstance(pair[1], str))

    def nft(self, value: tuple[Ends, ...], family: Family) -> str:
        ports = _nft_ports(value)
        return ports[0] if len(ports) == 1 else f"{{ {', '.join(ports)} }}"

    def write(self, value: tuple[Ends, ...], family: Family) -> str:
        return ",".join(f"{low}" if high is None else f"{low}:{high}" for low, high in value)

    def say(self, value: tuple[Ends, ...], context: Context) -> str:
        """Each port with its service, and each range with both ends."""
        if len(value) == 1 and value[0][1] is not None:
            return "between {} and {}".format(*value[0])
        return one_of_these(self._said(low, high, context) for low, high in value)

    @staticmethod
    def _said(low: int | str, high: int | str | None, context: Context) -> str:
        if high is not None:
            return f"{low} to {high}"
        if isinstance(low, int):
            return say_port(low, context)
        port = service_port(low, context.protocol)
        return low if port is None else say_port(port, context, low)


def _nft_ports(value: tuple[Ends, ...]) -> list[str]:
    """Ports as nft writes them; no service has different ports for different protocols."""
    numbers = ([_any_port(end) for end in pair if end is not None] for pair in value)
    return ["-".join(map(str, ends)) for ends in numbers]


def _any_port(end: int | str) -> int:
    if isinstance(end, int):
        return end
    ports = (service_port(end, protocol) for protocol in _PROTOCOLS.values())
    return next(port for port in ports if port is not None)


def protocol_has_ports(use: Use, setting: Setting) -> CheckFailure | None:
    """The protocol comes before the ports and has ports, and knows the services."""
    rule = use.rule
    if not rule.protocol:
        return CheckFailure(
            NEEDS_PROTOCOL, f"`--{setting.option.name}` requires a `-p` before it", option=setting.option.name,
            label="ports of which protocol?",
            says="multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'",
            help="add `-p tcp`, `-p udp` or another protocol with ports before it",
        )  # fmt: skip
    if rule.plain_protocol not in _PROTOCOLS:
        return CheckFailure(
            NEEDS_PROTOCOL,
            "the rule's protocol has no ports" if rule.plain_protocol else "`! -p` does not select one protocol",
            letter="p", says="multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP",
        )  # fmt: skip
    protocol = _PROTOCOLS[rule.plain_protocol]
    for pair in setting.facts:
        unknown = next((end for end in pair if isinstance(end, str) and service_port(end, protocol) is None), None)
        if unknown is not None:
            return CheckFailure(
                BAD_VALUE,
                f"`{unknown}` is not a known {protocol} service",
                option=setting.option.name,
                says=f"invalid port/service `{unknown}' specified",
                help="write the port number",
            )
        first, last = _numbers(pair, protocol)
        if last is not None and first >= last:
            return CheckFailure(
                EMPTY_RANGE,
                f"the range from {first} to {last} does not end above its start",
                option=setting.option.name,
                says="invalid portrange specified",
            )
    return _negated_too_early(use, setting)


def _negated_too_early(use: Use, setting: Setting) -> CheckFailure | None:
    """The `!` was introduced together with the ranges."""
    if not setting.negated:
        return None
    return CheckFailure(
        NOT_IN_RELEASE,
        f"`--{setting.option.name}` cannot be negated in this release",
        option=setting.option.name,
        until="1.2.11" if use.rule.family == "ipv4" else "1.3.6",
    )


def _numbers(pair: Ends, protocol: str) -> tuple[int, int | None]:
    """The ends, all of them known, with services looked up."""
    first, last = (service_port(end, protocol) if isinstance(end, str) else end for end in pair)
    assert first is not None
    return first, last


def numbers_of(use: Use, setting: Setting) -> tuple[tuple[int, int | None], ...]:
    """The pairs of an option with services looked up; raises Unknown."""
    protocol = _PROTOCOLS.get(use.rule.plain_protocol or 0, "")
    return tuple(_numbers(pair, protocol) for pair in setting.known)


def saved(use: Use) -> list[str]:
    """The ports as numbers."""
    words = []
    for setting, *_ in use.settings.values():
        if setting.facts:
            setting = setting._replace(value=numbers_of(use, setting))
        words += setting_words(setting, use.rule.family)
    return words


def in_a_set(use: Use) -> str:
    """The ports at one end of the rule's protocol; at either end, they are pairs of which one may be any."""
    protocol = _PROTOCOLS[use.rule.plain_protocol or 0]
    if not use.has("ports"):
        return f"{protocol} {option_words(use, *use.settings)}"
    ports = _nft_ports(use.value("ports"))
    if any(each.partition("-")[0] == "0" for each in ports):
        raise Unsayable(
            "in nft pairs of ports that begin with 0 meet in a set", "a rule for `sport`, and one for `dport`"
        )
    either = ", ".join(f"0-65535 . {each}, {each} . 0-65535" for each in ports)
    return f"{protocol} sport . {protocol} dport {'!= ' if use.negated('ports') else ''}{{ {either} }}"


_PORTS = PortList()
_NO_RANGES = PortList(ranges=False)
_BEFORE = {"1.3.0": _NO_RANGES, "ipv6 1.3.7": _NO_RANGES}

multiport = Match(
    "multiport",
    Option(
        "sports",
        _PORTS,
        before=_BEFORE,
        aliases="source-ports",
        said_as="source-ports",
        negatable=True,
        excludes="dports ports",
        check=protocol_has_ports,
        sentence="the source port is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="sport {value}",
    ),
    Option(
        "dports",
        _PORTS,
        before=_BEFORE,
        aliases="destination-ports",
        said_as="destination-ports",
        negatable=True,
        excludes="ports",
        check=protocol_has_ports,
        sentence="the destination port is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="dport {value}",
    ),
    Option(
        "ports",
        _PORTS,
        before=_BEFORE,
        negatable=True,
        check=protocol_has_ports,
        sentence="the source or the destination port is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    checks=(needs_one_of("dports", "sports", "ports", says="no ports specified"),),
    table_since="1.4.11",
    saved=saved,
    looks_at="packet",
    checks_ranges=True,
    reworded={"no ports specified": "multiport expection an option"},
    sentence="match several ports at once",
    nft=in_a_set,
)
