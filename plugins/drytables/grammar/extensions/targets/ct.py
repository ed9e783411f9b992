"""CT: how the connection of a packet is to be tracked. iptables-extensions(8), CT.

Observed with iptables-legacy 1.8.9 on Linux 6.18: what is looked up in the kernel and needs a protocol, how several
zones combine, and that the kernel returns only four bytes of a timeout policy's name.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import NEEDS_PROTOCOL, WRONG_FAMILY
from ....reading.need import Need
from ...extension import CheckFailure, Option, Target
from ...nft import NamedSet, Said, Unsayable, quoted
from ...rule import Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, Text, Value, listed, number, uint16
from ...values.unchecked import Signed
from ...values.wording import Context, in_a_row

#: Linux's own helpers, with the protocols they are for, and those of them that support IPv6.
_HELPERS = {
    "amanda": "udp",
    "ftp": "tcp",
    "H.245": "udp",
    "irc": "tcp",
    "netbios-ns": "udp",
    "pptp": "tcp",
    "Q.931": "tcp",
    "RAS": "udp",
    "sane": "tcp",
    "sip": "tcp udp",
    "snmp": "udp",
    "snmp_trap": "udp",
    "tftp": "udp",
}
_WITH_IPV6 = frozenset({"amanda", "ftp", "H.245", "Q.931", "RAS", "sane", "sip", "tftp"})
_NUMBERS = {"tcp": 6, "udp": 17}

#: What iptables says if the kernel knows no helper of that name for the rule's protocol.
_NOT_FOUND = "No chain/target/match by that name."


#: Events that nft calls otherwise, or takes for words of another kind unless they are in quotes.
_NFT_EVENTS = {"natseqinfo": "seqadj", "helper": '"helper"', "mark": '"mark"'}


class Events(Value):
    """Names of events, separated by commas, written in the table's order, each once."""

    synopsis = "EVENT[,EVENT...]"

    def __init__(self, *names: str) -> None:
        self.names = names

    def read(self, text: str, family: Family) -> frozenset[str]:
        at = 0
        for name in text.split(","):
            if name not in self.names:
                raise InvalidValue(
                    f"expected {listed(self.names, 'or')}" if name else "empty item",
                    says=f'Unknown event type "{name}"',
                    at=(at, at + len(name)) if name else None,
                    choices=self.names,
                )
            at += len(name) + 1
        return frozenset(text.split(","))

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(name for name in self.names if name in value)

    def nft(self, value: frozenset[str], family: Family) -> str:
        return ",".join(_NFT_EVENTS.get(name, name) for name in self.names if name in value)

    def say(self, value: frozenset[str], context: Context) -> str:
        return in_a_row(name for name in self.names if name in value)


class Zone(Value):
    """A zone's number, or `mark` for the number in the packet's mark."""

    synopsis = "N|mark"

    def read(self, text: str, family: Family) -> int | str:
        if text.lower() == "mark":
            return "mark"
        zone = number(text)
        if zone is None or zone > 0xFFFF:
            raise InvalidValue("neither a number from 0 to 65535 nor `mark`", says=f"Cannot parse {text} as a zone ID")
        return zone

    def say(self, value: int | str, context: Context) -> str:
        return "whose number is the packet's mark" if value == "mark" else str(value)


class HelperName(Text):
    """The name of a connection tracking helper; one that does not come with Linux must be set up."""

    synopsis = "NAME"

    def needs(self, value: str) -> list[Need]:
        return [Need("conntrack helper", str(value))] if value and value not in _HELPERS else []


class TimeoutName(Text):
    """The name of a timeout policy, which must be set up."""

    synopsis = "NAME"

    def write(self, value: str, family: Family) -> str:
        return value[:4]

    def needs(self, value: str) -> list[Need]:
        return [Need("conntrack timeout policy", str(value))] if value else []


def the_helper_knows_the_protocol(use: Use) -> CheckFailure | None:
    """A helper is for one protocol; without `-p` the kernel cannot find it."""
    name = use.value("helper")
    if not name or use.has("notrack"):
        return None
    protocols = _HELPERS.get(name, "")
    wanted = f"`-p {protocols.replace(' ', '` or `-p ')}`" if protocols else "`-p` with the protocol of the helper"
    if not use.rule.plain_protocol:
        message = "a helper is for one protocol, but the rule has none"
    elif protocols and use.rule.plain_protocol not in {_NUMBERS[each] for each in protocols.split()}:
        message = f"the helper `{name}` is for another protocol"
    elif protocols and use.rule.family == "ipv6" and name not in _WITH_IPV6:
        return CheckFailure(
            WRONG_FAMILY,
            f"Linux has the helper `{name}` only for IPv4",
            option="helper",
            by_kernel=True,
            says=_NOT_FOUND,
        )
    else:
        return None
    return CheckFailure(NEEDS_PROTOCOL, message, option="helper", by_kernel=True, says=_NOT_FOUND, help=f"use {wanted}")


def a_timeout_has_a_protocol(use: Use) -> CheckFailure | None:
    """A timeout policy is for one protocol."""
    if not use.value("timeout") or use.has("notrack") or use.rule.plain_protocol:
        return None
    return CheckFailure(
        NEEDS_PROTOCOL,
        "`--timeout` requires a protocol in the rule",
        option="timeout",
        by_kernel=True,
        help="add `-p tcp`, or the protocol that the timeout policy was created for",
    )


def saved(use: Use) -> Sequence[str]:
    """The options, and for the zones their combined effect: the last number, or `mark` if that was given once."""
    words = option_words(use, "notrack", "helper", "timeout", "ctevents", "expevents")
    given = [name for name in use.settings if name.startswith("zone")]
    zone: int | str = 0
    for name in given:
        zone = zone if zone == "mark" else use.value(name)
    ways = {name for name in given if name != "zone"}
    name = ways.pop() if len(ways) == 1 else "zone"
    return [*words, f"--{name}", str(zone)] if zone else words


_connection_events = Events(
    "new", "related", "destroy", "reply", "assured", "protoinfo", "helper", "mark", "natseqinfo", "secmark"
)


def as_it_is_tracked(use: Use) -> Said:
    """What nft sets of a connection; a helper is an object of the table, for one protocol."""
    if use.has("notrack"):
        return Said("notrack")
    if use.value("timeout", ""):
        raise Unsayable(
            "nft does not see the timeout policies of nfct", "`ct timeout NAME { protocol …; policy = { … }; }`"
        )
    if use.has("expevents"):
        raise Unsayable("nft does not choose the events of expected connections", "`ct event set …`")
    words: list[str] = []
    sets: tuple[NamedSet, ...] = ()
    for name, way in (("zone-orig", "original "), ("zone-reply", "reply "), ("zone", "")):
        if use.value(name) == "mark":
            raise Unsayable("nft makes no zone of the packet's mark", "`ct zone set meta mark map { … }`")
        if use.has(name):
            words.append(f"ct {way}zone set {use.value(name)}")
    if use.has("ctevents"):
        words.append(f"ct event set {_connection_events.nft(use.value('ctevents'), use.rule.family)}")
    helper = use.value("helper", "")
    if helper:
        protocol = next((name for name, number in _NUMBERS.items() if number == use.rule.plain_protocol), "tcp")
        words.append("ct helper set {helper}")
        sets = (NamedSet("helper", f"type {quoted(helper)} protocol {protocol};", numbered=True, kind="ct helper"),)
    return Said(" ".join(words), sets=sets)


ct = Target(
    "CT",
    Option("notrack", sentence="do not track the connection", negation_ignored_in="..1.4.10"),
    Option(
        "helper",
        HelperName(cut_at=15, quoted=False),
        default="",
        sentence="let the helper {value} follow the connection",
        negation_ignored_in="..1.4.10",
    ),
    Option("timeout", TimeoutName(cut_at=31, quoted=False), default="", sentence="apply the timeout policy {value}"),
    Option(
        "ctevents",
        _connection_events,
        sentence="report only these events of the connection: {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "expevents",
        Events("new"),
        sentence="report only these events of expected connections: {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("zone-orig", Zone(), sentence="in the original direction, look it up in the zone {value}"),
    Option("zone-reply", Zone(), sentence="in the reply direction, look it up in the zone {value}"),
    Option(
        "zone",
        Zone(),
        before={"1.4.11": Signed(0, 0xFFFF), "1.6.0": uint16()},
        sentence="look the connection up in the zone {value}",
        negation_ignored_in="..1.4.10",
    ),
    tables="raw",
    kernel=(the_helper_knows_the_protocol, a_timeout_has_a_protocol),
    saved=saved,
    sentence="control how the connection is tracked",
    nft=as_it_is_tracked,
)
