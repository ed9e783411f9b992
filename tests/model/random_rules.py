"""Made-up rule sets, of everything that the model claims to know for certain, and packets to send through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from drytables.diagnostics.source import Source
from drytables.grammar.values.addresses import Network
from drytables.model.host import Host, Route
from drytables.model.machine import Machine
from drytables.model.packet import Packet, Way, address_of
from drytables.page.rules_of_text import rules_of_code

UDP, TCP, ICMP = 17, 6, 1


def address(text: str) -> int:
    """An address from its text."""
    found = address_of(text, "ipv4")
    assert found is not None
    return found


IN0, OUT0 = address("192.0.2.1"), address("198.51.100.1")
CLIENTS = [address(f"192.0.2.{last}") for last in (7, 8, 77)]
SERVERS = [address(f"198.51.100.{last}") for last in (9, 10, 90)]
_MASK = 0xFFFF_FF00
HOST = Host(
    {("ipv4", "in0"): (IN0,), ("ipv4", "out0"): (OUT0,), ("ipv4", "lo"): (address("127.0.0.1"),)},
    (Route("ipv4", Network(IN0 & _MASK, _MASK), "in0"), Route("ipv4", Network(OUT0 & _MASK, _MASK), "out0")),
)
PORTS = [53, 123, 5353]

#: The built-in chains of a table, and which of the options -i and -o a rule in each may have.
CHAINS = {
    "raw": {"PREROUTING": "i", "OUTPUT": "o"},
    "mangle": {"PREROUTING": "i", "INPUT": "i", "FORWARD": "io", "OUTPUT": "o", "POSTROUTING": "o"},
    "nat": {"PREROUTING": "i", "INPUT": "i", "OUTPUT": "o", "POSTROUTING": "o"},
    "filter": {"INPUT": "i", "FORWARD": "io", "OUTPUT": "o"},
}
_OWN = ("one", "two", "three")


@dataclass(frozen=True, slots=True)
class Made:
    """A rule set, as iptables-restore takes it, and packets that are sent one after another."""

    rules: str
    packets: tuple[Packet, ...]


def make(seed: int, *, with_nat: bool) -> Made:
    """A rule set and packets; the same for the same seed.

    A rule that rejects has the machine send an answer, which meets rules itself: so where there is one, the chains for
    what the machine sends have none.
    """
    random = Random(seed)
    rejects = random.random() < 0.3
    tables = [name for name in CHAINS if name != "nat" and random.random() < 0.8]
    tables += ["nat"] if with_nat else []
    text = "".join(_table(random, name, rejects) for name in tables or ["filter"])
    return Made(text, tuple(_packets(random, text)))


def make_chance(seed: int) -> Made:
    """A rule set in which chance decides, and a thousand packets that are alike but for their ports."""
    random = Random(seed)
    lines = ["*mangle", *(f":{chain} ACCEPT [0:0]" for chain in CHAINS["mangle"]), ":one - [0:0]", ":two - [0:0]"]
    for chain, below in (("PREROUTING", _OWN[:2]), ("one", _OWN[1:2]), ("two", ())):
        for _ in range(random.randrange(1, 5)):
            gates = [f"-m statistic --mode random --probability {random.choice([0.1, 0.25, 0.5, 0.9])}"]
            gates += [_statistic(random, "")] if random.random() < 0.5 else []
            targets = [*(f"-j {name}" for name in below), *(f"-g {name}" for name in below)]
            targets += ["-j MARK --set-mark 0x1", "-j MARK --or-mark 0x2", "-j ACCEPT", "-j RETURN", "-j DROP"]
            mark = random.choice(["", "", "-m mark --mark 0x1", "-m mark ! --mark 0x2/0x2"])
            random.shuffle(gates)
            lines.append(" ".join(filter(None, [f"-A {chain}", mark, *gates, random.choice(targets)])))
    first = Packet(
        way="in", protocol=UDP, source=CLIENTS[0], destination=IN0, in_interface="in0", out_interface="",
        destination_port=53, length=34, ttl=64, tos=0, is_later_fragment=False,
    )  # fmt: skip
    packets = (first.changed(source_port=10_000 + number) for number in range(1000))
    return Made("\n".join([*lines, "COMMIT", ""]), tuple(packets))


def _table(random: Random, table: str, rejects: bool) -> str:
    own = _OWN[: random.randrange(4)]
    lines = [f"*{table}"]
    for chain in CHAINS[table]:
        policy = "DROP" if table == "filter" and chain != "OUTPUT" and random.random() < 0.2 else "ACCEPT"
        lines.append(f":{chain} {policy} [0:0]")
    lines += (f":{name} - [0:0]" for name in own)
    for chain, interfaces in [*CHAINS[table].items(), *((name, "") for name in own)]:
        if rejects and chain in ("OUTPUT", "POSTROUTING"):
            continue
        # A chain may only jump to those after it, so that there are no loops.
        below = own[own.index(chain) + 1 :] if chain in own else own
        for _ in range(random.randrange(5)):
            lines.append(f"-A {chain} {_rule(random, table, chain, interfaces, below, rejects)}".strip())
    return "\n".join([*lines, "COMMIT", ""])


def _rule(random: Random, table: str, chain: str, interfaces: str, below: Sequence[str], rejects: bool) -> str:
    protocol = random.choice(["", "", "udp", "udp", "tcp", "icmp"])
    target = _target(random, table, chain, below, rejects)
    if (
        any(part in target for part in ("REDIRECT", "--to-destination 192.0.2.1"))
        or ":" in target.partition("--to-")[2]
    ):
        protocol = "udp"
    words = [f"-p {protocol}"] if protocol else []
    words += _addresses(random)
    words += (
        f"-{letter} {random.choice(['in0', 'out0', 'in+', 'lo'])}" for letter in interfaces if random.random() < 0.2
    )
    matches = [match(random, protocol) for match in random.choices(_MATCHES, k=random.choice([0, 0, 1, 1, 2]))]
    return " ".join([*words, *dict.fromkeys(filter(None, matches)), target])


def _addresses(random: Random) -> Iterator[str]:
    for letter in "sd":
        if random.random() < 0.15:
            bang = random.choice(["", "! "])
            yield f"{bang}-{letter} {random.choice(['192.0.2.0/28', '192.0.2.7', '198.51.100.9', '198.51.0.0/16'])}"


def _statistic(random: Random, protocol: str) -> str:
    every = random.randrange(1, 5)
    bang = random.choice(["", "", "! "])
    return f"-m statistic --mode nth {bang}--every {every} --packet {random.randrange(every)}"


def _limit(random: Random, protocol: str) -> str:
    return f"-m limit --limit 1/hour --limit-burst {random.randrange(1, 4)}"


def _ports(random: Random, protocol: str) -> str:
    if protocol not in ("udp", "tcp"):
        return ""
    bang, port = random.choice(["", "", "! "]), random.choice(PORTS)
    return random.choice([
        f"-m {protocol} {bang}--dport {port}", f"-m {protocol} {bang}--dport 100:200",
        f"-m {protocol} {bang}--sport 4001",
        f"-m multiport {bang}--dports 53,5353", f"-m multiport {bang}--ports 4001:4002,123",
    ])  # fmt: skip


def _flags(random: Random, protocol: str) -> str:
    if protocol == "icmp":
        return f"-m icmp {random.choice(['', '! '])}--icmp-type {random.choice(['8', '13', '8/0'])}"
    bang = random.choice(["", "! "])
    return random.choice([f"-m tcp {bang}--syn", f"-m addrtype {bang}--dst-type UNICAST"]) if protocol == "tcp" else ""


def _mark(random: Random, protocol: str) -> str:
    name = random.choice(["mark", "mark", "connmark"])
    return f"-m {name} {random.choice(['', '! '])}--mark {random.choice(['0x1', '0x0', '0x2/0x2', '0x3'])}"


def _state(random: Random, protocol: str) -> str:
    states = random.choice(["NEW", "ESTABLISHED", "RELATED,ESTABLISHED", "NEW,UNTRACKED", "INVALID", "UNTRACKED"])
    return f"-m conntrack {random.choice(['', '! '])}--ctstate {states}"


def _tracking(random: Random, protocol: str) -> str:
    ports = ["--ctorigdstport 53:200"] if protocol in ("udp", "tcp") else []
    return "-m conntrack " + random.choice([
        *ports, "--ctdir ORIGINAL", "--ctdir REPLY", "--ctorigsrc 192.0.2.7", "! --ctorigdst 198.51.100.9",
        "--ctstate SNAT", "--ctstate DNAT,INVALID", "! --ctstate DNAT",
    ])  # fmt: skip


def _header(random: Random, protocol: str) -> str:
    bang = random.choice(["", "! "])
    return random.choice([
        f"-m ttl --ttl-gt {random.choice([63, 64, 65])}", f"-m ttl {bang}--ttl-eq 64", "-m ttl --ttl-lt 64",
        f"-m tos {bang}--tos 0x10/0xff", f"-m dscp {bang}--dscp 0x04", f"-m length {bang}--length 30:40",
        f"-m iprange {bang}--src-range 192.0.2.5-192.0.2.9",
    ])  # fmt: skip


_MATCHES: list[Callable[[Random, str], str]] = [
    _statistic, _statistic, _limit, _ports, _ports, _flags, _mark, _mark, _state, _tracking, _header,
]  # fmt: skip


def _target(random: Random, table: str, chain: str, below: Sequence[str], rejects: bool) -> str:
    choices = ["", "-j ACCEPT", "-j RETURN", "-j MARK --set-mark 0x1", "-j MARK --set-xmark 0x2/0x2"]
    choices += (f"-j {name}" for name in below)
    choices += (f"-g {name}" for name in below)
    choices += [f"-j CONNMARK {way}" for way in ("--save-mark", "--restore-mark", "--set-mark 0x1", "--or-mark 0x2")]
    choices.append("-j CONNMARK --save-mark --nfmask 0x1 --ctmask 0x3")
    if table == "filter":
        choices += ["-j DROP", "-j DROP"] if chain != "OUTPUT" else []
        choices += ["-j REJECT"] * 2 if rejects and chain in ("INPUT", "FORWARD") else []
    if table == "mangle":
        choices += ["-j TOS --set-tos 0x10", "-j DSCP --set-dscp 0x04", "-j TTL --ttl-inc 1", "-j TTL --ttl-set 64"]
    if table == "raw":
        choices += ["-j NOTRACK", "-j CT --notrack"]
    if table == "nat":
        return random.choice([*_nat_targets(chain), *choices[:3], *(f"-j {name}" for name in below)])
    return random.choice(choices)


def _nat_targets(chain: str) -> list[str]:
    if chain == "POSTROUTING":
        return [
            "-j SNAT --to-source 198.51.100.1", "-j MASQUERADE", "-j SNAT --to-source 198.51.100.1:6000",
            "-j SNAT --to-source 203.0.113.5", "-j NETMAP --to 203.0.113.0/24",
        ]  # fmt: skip
    if chain == "PREROUTING":
        return [
            "-j DNAT --to-destination 198.51.100.10", "-j DNAT --to-destination 198.51.100.90:123",
            "-j REDIRECT --to-ports 5353", "-j REDIRECT", "-j DNAT --to-destination 192.0.2.1",
        ]  # fmt: skip
    return ["-j SNAT --to-source 203.0.113.6"] if chain == "INPUT" else []


def _packets(random: Random, rules: str) -> Iterator[Packet]:
    """Packets of a few connections. Some come again, and some are answered, as whoever they reach would do."""
    (ruleset,) = rules_of_code(Source("rules.v4", rules)).rulesets.values()
    machine = Machine(ruleset, HOST)
    again: list[Packet] = []
    answers: list[Packet] = []
    for number in range(12):
        chance = random.random()
        if answers and chance < 0.3:
            packet = answers.pop(random.randrange(len(answers)))
        elif again and chance < 0.5:
            packet = random.choice(again)
        else:
            packet = _packet(random, number, rejects="REJECT" in rules)
        path = machine.send(packet, 0)
        fate = path.endings[0].fate
        if packet.way == "forward" and fate.verdict == "accepted" and fate.packet.is_first:
            answers += _answer(fate.packet)
        if packet.protocol == UDP and packet.in_interface != "out0":
            again.append(packet)
        yield packet


def _answer(packet: Packet) -> Iterator[Packet]:
    """The answer to a packet that has left the machine, if that can be told."""
    if packet.protocol == ICMP or packet.way != "forward" or packet.out_interface != "out0":
        return
    way: Way = "in" if packet.source == OUT0 else "forward"
    yield Packet(
        way=way, protocol=packet.protocol, source=packet.destination, destination=packet.source, in_interface="out0",
        source_port=packet.destination_port, destination_port=packet.source_port, ttl=64, tos=0, is_reply=None,
        out_interface="" if way == "in" else "in0", length=packet.length, is_later_fragment=False,
        tcp_flags=18 if packet.protocol == TCP else None,
    )  # fmt: skip


def _packet(random: Random, number: int, *, rejects: bool) -> Packet:
    """A packet; if it may be rejected, none that the machine sends to itself, which would get the answer as well."""
    protocol = random.choice([UDP, UDP, TCP, ICMP])
    ways: list[Way] = ["forward", "forward", "in", "out", *([] if rejects else ["loopback"])]
    way = random.choice(ways) if protocol != TCP else "forward"
    ends: dict[Way, tuple[int, int]] = {
        "in": (random.choice(CLIENTS), IN0),
        "out": (OUT0, random.choice(SERVERS)),
        "loopback": (IN0, IN0),
    }
    source, destination = ends.get(way, (random.choice(CLIENTS), random.choice(SERVERS)))
    packet = Packet(
        way=way, protocol=protocol, source=source, destination=destination, length=34 if protocol != TCP else 40,
        in_interface="" if way in ("out", "loopback") else "in0",
        out_interface={"in": "", "loopback": "lo"}.get(way, "out0"), ttl=64, tos=random.choice([0, 0, 0x10]),
        is_later_fragment=False, is_reply=None,
    )  # fmt: skip
    if protocol == ICMP:
        return packet.changed(icmp_type=8, icmp_code=0)
    ports = {"source_port": 4000 + number, "destination_port": random.choice(PORTS)}
    return packet.changed(**ports, **({"tcp_flags": 2} if protocol == TCP else {}))
