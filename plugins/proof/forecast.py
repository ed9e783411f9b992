"""What drytables' model predicts for an experiment, compared with what was seen.

The model is given what was sent: from where to where, and when. Of UDP and pings it follows each packet there and each
answer back. How many packets TCP sends is the kernel's to choose, so of TCP it follows those that always are, and says
nothing where a rule counts any others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from ipaddress import IPv4Interface, IPv6Interface, ip_address

from drytables.diagnostics.source import Source
from drytables.model.host import Host as HostOfModel
from drytables.model.machine import Machine
from drytables.model.matches.unknowable import COUNTING
from drytables.model.packet import Packet, address_of, written
from drytables.model.prediction import prediction_of
from drytables.model.ruleset import PlacedRule, Ruleset
from drytables.page.rules_of_text import rules_of_code

from .chance import range_of
from .experiment import Experiment, Host, Traffic, Verdict
from .lab.plan import Plan, PlannedCommand, SeenConnection, SeenTraffic
from .seen import Connection

_PROTOCOLS = {("tcp", "ipv4"): 6, ("tcp", "ipv6"): 6, ("udp", "ipv4"): 17, ("udp", "ipv6"): 17,
              ("icmp", "ipv4"): 1, ("icmp", "ipv6"): 58}  # fmt: skip
_OTHERS = {number for (protocol, _), number in _PROTOCOLS.items() if protocol != "tcp"}
#: The types of a ping and of its answer.
_PING = {"ipv4": (8, 0), "ipv6": (128, 129)}
_SYN, _SYN_ACK, _ACK, _DATA = 0x02, 0x12, 0x10, 0x18
#: Programs that may change what rules do to packets, which the model does not read.
_UNREAD = {"nft", "tc", "conntrack"}
_REFUSALS = {"rejected": "refused"}
#: How often chance may let the model look wrong: once in a billion runs.
_ALPHA = 1e-9


@dataclass(frozen=True, slots=True)
class Forecast:
    """How well the model predicted some traffic: how many of its connections, and for which it was wrong and how.

    `untold` is why it predicts nothing for the others; empty if there are none.
    """

    predicted: int
    differences: tuple[str, ...] = ()
    untold: str = ""


def forecasts(experiment: Experiment, plan: Plan, seen: Sequence[SeenTraffic]) -> list[Forecast]:
    """Hold the model against what was seen of each traffic of an experiment."""
    reason = _why_unread(plan)
    if reason:
        return [Forecast(0, untold=reason) for _ in seen]
    try:
        ruleset = rules_of_code(Source("", _script(plan))).rulesets.get("", Ruleset())
        following = _Following(experiment, plan, ruleset)
        return [following.traffic(traffic, found) for traffic, found in zip(experiment.traffic, seen, strict=True)]
    except Exception as error:  # what the kernel did is true whatever is wrong with the model
        return [Forecast(0, untold=f"it has failed because of a bug: {type(error).__name__}: {error}") for _ in seen]


def _why_unread(plan: Plan) -> str:
    """Why the model cannot know the rules; empty if it can."""
    for command in plan["commands"]:
        program = command["shown"].split()[0]
        if program in _UNREAD:
            return f"what `{program}` does is not in the model"
        if "tables" in program and command["on"] != plan["on"]:
            return f"{command['on']} has rules too"
    return ""


def _script(plan: Plan) -> str:
    """The commands of a plan that make the rules, and the sets that these look into, as a script."""
    lines = (
        f"{command['shown']} <<'EOF'\n{command['text']}EOF\n" if command["text"] else f"{command['shown']}\n"
        for command in plan["commands"]
        if "tables" in command["shown"].split()[0] or _makes_sets(command, plan)
    )
    return "".join(lines)


def _makes_sets(command: PlannedCommand, plan: Plan) -> bool:
    """Whether a command runs ipset on the host with the rules; other hosts have sets of their own."""
    return command["shown"].split()[0] == "ipset" and command["on"] == plan["on"]


def _counts_all(placed: PlacedRule) -> bool:
    """Whether a rule counts all packets of a connection of TCP, and so it matters how many these are."""
    words = placed.text.split()
    is_limited = any("NEW" in word or word == "--syn" for word in words)
    is_counting = any(use.extension.name in COUNTING for use in placed.rule.matches)
    protocol = placed.rule.given.get("p")
    is_of_others = placed.rule.protocol in _OTHERS and not (protocol is not None and protocol.negated)
    return is_counting and not is_limited and not is_of_others and placed.rule.table != "nat"


class _Unforeseen(Exception):
    """The model does not say what comes; the message says why."""


class _Following:
    """Follows the traffic of an experiment through the host with the rules."""

    def __init__(self, experiment: Experiment, plan: Plan, ruleset: Ruleset) -> None:
        self.experiment, self.plan = experiment, plan
        self.here = experiment.host(experiment.on)
        addresses = {
            (family, each.name): tuple(_number(address) for address in each.addresses if address.version == version)
            for each in self.here.interfaces
            for family, version in (("ipv4", 4), ("ipv6", 6))
        }
        self.machine = Machine(ruleset, HostOfModel(addresses))
        self.counts = any(map(_counts_all, ruleset.rules()))
        self.start = 0.0

    def traffic(self, traffic: Traffic, seen: SeenTraffic) -> Forecast:
        """Follow all connections of some traffic."""
        if traffic.protocol == "tcp" and self.counts:
            return Forecast(0, untold="a rule counts packets, and how many TCP sends is up to the kernel")
        differences: list[str] = []
        shares: list[dict[str, Fraction]] = []
        untold: Counter[str] = Counter()
        address = self.plan["traffic"][self.experiment.traffic.index(traffic)]["address"]
        for number, found in enumerate(seen["connections"], 1):
            try:
                one = self.connection(traffic, address, found)
            except _Unforeseen as why:
                untold[str(why)] += 1
                continue
            if isinstance(one, dict):
                shares.append(one)
            else:
                differences += (f"connection {number}: {words}" for words in _differences(one, found))
        self.start += (seen["connections"][-1]["began"] if seen["connections"] else 0.0) + 1.0
        differences += _unlikely(shares, seen["connections"])
        predicted = len(seen["connections"]) - sum(untold.values())
        return Forecast(predicted, tuple(differences), "; ".join(untold))

    def connection(self, traffic: Traffic, address: str, found: SeenConnection) -> Connection | dict[str, Fraction]:
        """What comes of a connection, or, if it is up to chance, the share of each way to arrive.

        Raises _Unforeseen.
        """
        packet = self.first_packet(traffic, address, found)
        if packet is None:  # it does not come by here
            return self.arrived(traffic, packet, address, traffic.port, found["sent_from"][0])
        time = self.start + found["began"]
        prediction = prediction_of(self.machine.send(packet, time))
        if prediction.shares:
            shares: dict[str, Fraction] = {}
            for fate, share in prediction.shares.items():
                source = written(fate.packet.source, traffic.family)
                name = source if fate.verdict == "accepted" else _REFUSALS.get(fate.verdict, fate.verdict)
                shares[name] = shares.get(name, Fraction(0)) + share
            return shares
        if prediction.fate is None:
            raise _Unforeseen(f"not known: {', '.join(prediction.unknown)}")
        fate = prediction.fate
        if fate.verdict == "dropped":
            return Connection("dropped", mark=None, connmark=None)
        if fate.verdict == "rejected":
            return Connection("refused", reason=fate.answer)
        if fate.verdict != "accepted" or fate.packet.destination is None or fate.packet.source is None:
            raise _Unforeseen(f"not known: what comes after it is {fate.verdict}")
        to = written(fate.packet.destination, traffic.family)
        arrived = self.arrived(traffic, fate.packet, to, fate.packet.destination_port or 0,
                               written(fate.packet.source, traffic.family))  # fmt: skip
        if arrived.verdict != "answered":
            return arrived
        answers = self.answers(traffic, packet, fate.packet, time)
        verdict: Verdict = "answered" if answers == traffic.packets else "dropped"
        return Connection(
            verdict, arrived.source, arrived.host, arrived.address, arrived.port, "",
            arrived.mark, arrived.connmark, answers,
        )  # fmt: skip

    def arrived(self, traffic: Traffic, packet: Packet | None, to: str, port: int, source: str) -> Connection:
        """Where a first packet arrives. Raises _Unforeseen."""
        host = next((each for each in self.experiment.hosts if to in _addresses(each)), None)
        if host is None and ip_address(to).is_loopback:
            host = self.here
        if host is None:
            raise _Unforeseen(f"no host has the address {to}")
        if traffic.protocol != "icmp" and port not in self.plan["ports"]:
            return Connection("refused", reason="tcp-reset" if traffic.protocol == "tcp" else _nobody(traffic.family))
        mark = packet.mark if packet is not None else None
        connmark = packet.connection_mark if packet is not None else None
        return Connection("answered", source, host.name, to, port if traffic.protocol != "icmp" else 0, "",
                          mark, connmark, traffic.packets)  # fmt: skip

    def answers(self, traffic: Traffic, first: Packet, left: Packet, time: float) -> int:
        """How many messages are answered, once the first packet has arrived. Raises _Unforeseen."""
        there, back = first, self.back(traffic, left)
        if traffic.protocol == "tcp":
            if not self.passes(back.changed(tcp_flags=_SYN_ACK), time):
                return 0
            if not self.passes(there.changed(tcp_flags=_ACK), time):
                return 0
            there, back = there.changed(tcp_flags=_DATA), back.changed(tcp_flags=_DATA)
        for number in range(traffic.packets):
            is_first = number == 0 and traffic.protocol != "tcp"
            if not (is_first or self.passes(there, time)) or not self.passes(back, time):
                return number
        return traffic.packets

    def passes(self, packet: Packet, time: float) -> bool:
        """Whether a later packet passes. Raises _Unforeseen."""
        prediction = prediction_of(self.machine.send(packet, time))
        if prediction.fate is None:
            raise _Unforeseen("it is up to chance" if prediction.shares else ", ".join(prediction.unknown))
        return prediction.fate.verdict == "accepted"

    def first_packet(self, traffic: Traffic, address: str, found: SeenConnection) -> Packet | None:
        """The first packet of a connection as it comes to the host with the rules; None if it never does."""
        source, source_port = found["sent_from"]
        is_own = address in _addresses(self.here) or ip_address(address).is_loopback
        common = {
            "family": traffic.family, "protocol": _PROTOCOLS[traffic.protocol, traffic.family],
            "source": address_of(source, traffic.family), "destination": address_of(address, traffic.family),
            "ttl": 64, "tos": 0,
        }  # fmt: skip
        if traffic.protocol == "icmp":
            common |= {"icmp_type": _PING[traffic.family][0], "icmp_code": 0}
        else:
            common |= {"source_port": source_port, "destination_port": traffic.port}
        if traffic.protocol == "tcp":
            common |= {"tcp_flags": _SYN}
        if traffic.sender == self.here.name:
            way, out = ("loopback", "lo") if is_own else ("out", self.interface_to(address))
            return Packet(**common, way=way, in_interface="", out_interface=out, mark=traffic.mark)  # type: ignore[arg-type]
        if not is_own and _is_near(self.experiment.host(traffic.sender), address):
            return None
        way, out = ("in", "") if is_own else ("forward", self.interface_to(address))
        return Packet(**common, way=way, in_interface=self.interface_to(source), out_interface=out)  # type: ignore[arg-type]

    def back(self, traffic: Traffic, left: Packet) -> Packet:
        """The answer to a packet that has arrived, as it comes to the host with the rules."""
        ways = {"in": "out", "out": "in", "forward": "forward", "loopback": "loopback"}
        way = ways[left.way]
        to_sender = "lo" if way == "loopback" else self.interface_to(written(left.source, left.family))
        from_receiver = self.interface_to(written(left.destination, left.family))
        facts = {
            "family": left.family, "protocol": left.protocol, "ttl": 64, "tos": 0, "way": way,
            "source": left.destination, "destination": left.source,
            "source_port": left.destination_port, "destination_port": left.source_port,
            "in_interface": "" if way in ("out", "loopback") else from_receiver,
            "out_interface": "" if way == "in" else to_sender,
        }  # fmt: skip
        if traffic.protocol == "icmp":
            facts |= {"icmp_type": _PING[traffic.family][1], "icmp_code": 0}
        return Packet(**facts)  # type: ignore[arg-type]

    def interface_to(self, address: str) -> str | None:
        """The interface that an address is behind, if it is in a network of it; None if that is not known."""
        for interface in self.here.interfaces:
            if any(ip_address(address) in each.network for each in interface.addresses):
                return interface.name
        return None


def _differences(predicted: Connection, found: SeenConnection) -> Iterator[str]:
    """In what a connection is not what was predicted of it."""
    for name in ("verdict", "reason", "source", "host", "address", "port", "mark", "connmark"):
        said, saw = getattr(predicted, name), found[name]
        if saw is None or (said is None and name in ("mark", "connmark")):
            continue
        if name in ("source", "host", "address", "port") and "answered" not in (predicted.verdict, found["verdict"]):
            continue
        if said != saw:
            yield f"{name} predicted {said or 'none'}, seen {saw or 'none'}"


def _unlikely(shares: Sequence[dict[str, Fraction]], found: Sequence[SeenConnection]) -> Iterator[str]:
    """What chance does not allow, where all connections are up to the same chance."""
    if not shares or len(shares) != len(found) or any(each != shares[0] for each in shares):
        return
    # Whether an answer comes back from where it arrived is not asked.
    seen = Counter(each["source"] or each["verdict"] for each in found)
    for name, share in shares[0].items():
        least, most = range_of(share, len(found), _ALPHA / len(shares[0]))
        if not least <= seen[name] <= most:
            yield f"{name}: predicted {share} of {len(found):,}, seen {seen[name]:,}"


def _nobody(family: str) -> str:
    """How a host refuses what is sent to a port on which nobody listens."""
    return "icmp-port-unreachable" if family == "ipv4" else "icmp6-port-unreachable"


def _addresses(host: Host) -> set[str]:
    return {str(each.ip) for interface in host.interfaces for each in interface.addresses}


def _is_near(host: Host, address: str) -> bool:
    """Whether a host reaches an address without a router."""
    return any(ip_address(address) in each.network for interface in host.interfaces for each in interface.addresses)


def _number(address: IPv4Interface | IPv6Interface) -> int:
    return int(address.ip)
