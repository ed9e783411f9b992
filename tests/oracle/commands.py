"""Makes iptables commands up from the grammar itself: what is declared, with values of every kind, edges included.

Each command comes from a number, so that a failing one can be made again. About half of them are then spoilt by
`mutations`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cache
from random import Random

from drytables.grammar.builtin import TABLES
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.extension import Extension, Option
from drytables.grammar.values.base import Family, InvalidValue, Value

from . import mutations, other_commands, taken
from .edges import edge, number
from .mutations import Piece

#: Words of every kind that some option takes, and words at the edge of what is taken.
TEXTS = """
 0 1 2 3 5 6 7 8 10 15 16 17 22 29 30 31 32 33 58 63 64 65 80 99 100 127 128 135 255 256 443 1000 1024 1500 3600 9999
10000 10001 32767 32768 65534 65535 65536 86400 2147483647 2147483648 4294967295 4294967296 18446744073709551615
18446744073709551616 -1 +1 00 007 08 0x0 0x1 0x10 0xff 0xFF 0x100 0xffff 0x10000 0xffffffff 0x100000000 1x x1 1.5 0.5
0.0 1.0 0.333 1e-3 .5 5. -0.5 1e3 0:10 10:20 20:10 :10 10: : :: 0:65535 80:80 1:2:3 0-10 10-20 20-10 -10 10- 0x1/0xff
1/2 0/0 1/ /1 0xff/0xff 3/0x10 0xdeadbeef/0xffff0000 80,443 80,443,8080 22:25,80 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 ,80 80, http ssh domain http,https ftp:ssh HTTP smtp https:http nosuch 10.0.0.1
10.0.0.1/8 10/8 10.1/16 192.168.1.0/24 192.168.1.77/24 0/0 0.0.0.0/0 0.0.0.0 10.0.0.0/255.0.255.0 1.2.3.4/32
1.2.3.4/33 1.2.3.4/255.255.255.0 256.1.1.1 1.2.3 1.2.3.4.5 10.0.0.1,10.0.0.2 10.0.0.1,10.0.0.1 10.0.0.1-10.0.0.9
10.0.0.9-10.0.0.1 10.0.0.1:80 10.0.0.1:80-90 10.0.0.1-10.0.0.9:80-90 10.0.0.1:90-80 10.0.0.1:0 10.0.0.1: :80 80-90
10.0.0.1-10.0.0.9:1024-65535 10.0.0.1:65536 1.2.3.4/ /24 255.255.255.255 127.0.0.1 224.0.0.1 0x7f.1 010.1.1.1
2001:db8::1 2001:db8::/32 2001:db8::1/64 ::/0 ::1 :: fe80::1 2001:db8::1-2001:db8::9 [2001:db8::1]:80 ::ffff:1.2.3.4
[2001:db8::1]:80-90 [2001:db8::1]-[2001:db8::9]:80 2001:db8::/129 ff02::1 2001:db8::1,2001:db8::2 ::/128 1::/ffff::
2001:DB8::A 00:11:22:33:44:55 00:11:22:33:44 AA:bb:CC:dd:EE:ff 0:1:2:3:4:5 00-11-22-33-44-55 lo eth0 eth+ + eth0:1
veth1234567890a veth12345678901 veth123456789012 any all none both src dst src,dst dst,src yes no on off ACCEPT DROP
NEW ESTABLISHED NEW,ESTABLISHED RELATED,ESTABLISHED INVALID UNTRACKED SNAT DNAT new est ORIGINAL REPLY ASSURED
CONFIRMED SEEN_REPLY,ASSURED EXPECTED NONE tcp udp icmp TCP icmpv6 sctp 6 41 proto ipv6 udplite esp ah SYN,ACK,FIN SYN
SYN,RST ALL NONE FIN,SYN,RST,PSH,ACK,URG syn FOO random nth bm kmp 1/second 5/min 5/minute 10/hour 3/day 5/sec 10000/s
10001/s 5/m 5/x 0/s 5 /s 512kb/s 1mb/s 3/SECOND 7/week echo-request echo-reply any 8 8/0 3/1 8/256 256
destination-unreachable host-unreachable network-unreachable port-unreach icmp-port-unreachable icmp-host-unreachable
icmp6-port-unreachable tcp-reset icmp-net-prohibited icmp6-adm-prohibited router-solicitation neighbour-solicitation
ping pong timestamp-request 128 1/3 time-exceeded parameter-problem UNICAST LOCAL MULTICAST BROADCAST unicast,local
LOCAL,BROADCAST UNSPEC info warning debug err 4 8 panic crit notice hello hello\\ world a/b a"b it's %s sets bär
|0d0a| abc|41| |4| |zz| srcip srcip,dstip dstport srcip,srcport,dstip Mon Mon,Tue Sa,So 1,15,31 32 08:00 08:00:30
24:00 8:5 2025-01-01 2025-01-01T10:00:00 2025-13-01 1970 2038-01-19T03:14:07 root nobody 0-99 99-0 CS1 AF41 EF BE cs0
AF99 0x3f 0x40 Minimize-Delay Normal-Service Maximize-Throughput 0x10/0x3f in out ipsec tunnel transport require use
unique strict esp ah 10.0.0.1/32 original reply ECN 1:10 10:1 ffff:ffff :1 REQUEST,RESPONSE RESET DATA,INIT DATA:BE
all SACK INIT,ABORT any 1:3,!0 linux p0f 0>>22&0x3C@0=1 0=1 0&0xFF=1:3 12= 8,0,0 4,7,11 length,csum 2 255.255.255.255
64 hitcount DEFAULT default queue 0:3 3:0 5:5 bogus PKT HELPER ftp sip irc tftp snmp amanda new,related destroy
protoinfo,natseqinfo pptp h323 RAS mypolicy zone orig:5 00 0x 0x1/0x 1/0x1/0x1
name_too_long_for_any_option_name_too_long_for_any_option_name_too_long_for_any_option_name_too_long_for_any_option_0123456789
""".replace("\\ ", "\x00").split()
TEXTS = [text.replace("\x00", " ") for text in TEXTS] + ["", " ", " 1", "1 ", "a\tb", "80 ", "NEW, ESTABLISHED"]

PROTOCOLS = (
    "tcp",
    "udp",
    "icmp",
    "icmpv6",
    "sctp",
    "dccp",
    "udplite",
    "all",
    "6",
    "17",
    "esp",
    "ah",
    "TCP",
    "gre",
    "0",
    "255",
)
STANDARD_TARGETS = ("ACCEPT", "DROP", "RETURN", "MINE")


def command(seed: int, number: int) -> str:
    """The command of a number, quoted as a shell wants it."""
    random = Random(f"{seed} {number}")
    pieces = _taken(random) if random.random() < 0.3 else _Maker(random).command()
    if random.random() < 0.5:
        pieces = mutations.spoil(pieces, random, TEXTS)
    return shlex.join(word for piece in pieces for word in piece)


def taken_command(seed: int, number: int) -> str:
    """The command of a number that is not spoilt, and mostly taken: it adds a rule."""
    pieces = _taken(Random(f"{seed} {number}"), [["-A"], ["-A"], ["-I"]])
    return shlex.join(word for piece in pieces for word in piece)


def _taken(random: Random, verbs: list[Piece] | None = None) -> list[Piece]:
    family: Family = random.choice(("ipv4", "ipv6"))
    choices = extensions("match", family) + extensions("target", family)
    (extension,) = random.choices(choices, [1 + len(each.options) for each in choices])
    return taken.command(random, family, extension, _readable, verbs or taken.VERBS)


def _readable(option: Option, family: Family) -> list[Piece]:
    return readable(option.value, family)[0] if option.value is not None else []


@cache
def extensions(kind: str, family: Family) -> list[Extension]:
    """Every match or target of a family."""
    found = (each for each in all_extensions() if each.kind == kind and each.family in ("", family))
    return sorted(found, key=lambda each: each.name)


@cache
def readable(value: Value, family: Family) -> tuple[list[Piece], list[Piece]]:
    """Words that a value takes, and words that it does not."""
    good: list[Piece] = []
    bad: list[Piece] = []
    choices = list(getattr(value, "choices", ()))
    candidates = [[text] for text in (*choices, *TEXTS)]
    if value.words == 2:
        pairs = Random(0)
        candidates = [[pairs.choice(TEXTS), pairs.choice(TEXTS)] for _ in range(20_000)]
    for words in candidates:
        try:
            value.read(words[0], family) if len(words) == 1 else value.read_pair(words[0], words[1], family)
        except InvalidValue:
            bad.append(words)
        else:
            good.append(words)
    return good, bad


class _Maker:
    """Makes one command."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.family: Family = random.choice(("ipv4", "ipv4", "ipv6"))
        self.table = random.choice(("filter", "filter", "filter", "nat", "mangle", "mangle", "raw", "security"))
        self.chain = random.choice((*TABLES[self.table], "MINE"))
        self.protocol = random.choice(PROTOCOLS) if random.random() < 0.6 else ""

    def command(self) -> list[Piece]:
        """The pieces of a command: its program, then an option with its values in each."""
        pieces = [["iptables" if self.family == "ipv4" else "ip6tables"]]
        if self.random.random() < 0.1:
            return [*pieces, *self._other_command()]
        target = self._target() if self.random.random() < 0.9 else []
        if self.table != "filter" or self.random.random() < 0.2:
            pieces.append(["-t", self.table])
        pieces.append(self._verb())
        pieces += self._own_options()
        for _ in range(self.random.choice((0, 0, 1, 1, 1, 2))):
            pieces += self._match()
        return [*pieces, *target]

    def _verb(self) -> Piece:
        random = self.random
        verb = random.choice(("-A",) * 8 + ("-I", "-I", "-D", "-C", "-R", "--append", "--insert"))
        has_number = verb == "-R" or (verb == "-I" and random.random() < 0.3) or random.random() < 0.01
        place = random.choice(("1", "2", "3", number(random) if random.random() < 0.2 else "1"))
        return [verb, self.chain, *([place] if has_number else [])]

    def _other_command(self) -> Iterator[Piece]:
        if self.random.random() < 0.5:
            yield ["-t", self.table]
        yield from other_commands.pieces(self.random, TABLES[self.table])

    def _own_options(self) -> Iterator[Piece]:
        random, ipv6 = self.random, self.family == "ipv6"
        if self.protocol:
            protocol = self._near(self.protocol, 0.03)
            yield [*self._bang(0.1), random.choice(("-p", "--protocol", "--proto")), protocol]
        addresses = [text for text in TEXTS if ":" in text] if ipv6 else [text for text in TEXTS if "." in text]
        spellings: tuple[tuple[str, ...], ...] = (("-s", "--source", "--src"), ("-d", "--destination", "--dst"))
        for names in spellings:
            if random.random() < 0.3:
                good = ("2001:db8::1", "2001:db8::/32", "::1/128") if ipv6 else ("10.0.0.1", "10/8", "1.2.3.4/24")
                yield [
                    *self._bang(0.2),
                    random.choice(names),
                    self._near(random.choice(good if random.random() < 0.7 else addresses), 0.1),
                ]
        spellings = ("-i", "--in-interface"), ("-o", "--out-interface")
        for names in spellings:
            if random.random() < 0.15:
                yield [
                    *self._bang(0.2),
                    random.choice(names),
                    self._near(random.choice(("eth0", "eth+", "+", "lo", "a" * 15, "w b")), 0.1),
                ]
        for words in (["-f"], ["-c", "1", "2"], ["-c", "3,4"], ["-v"], ["-w"], ["-w", "5"], ["-n"], ["-4"], ["-6"]):
            if random.random() < 0.02:
                yield [*words[:1], *(self._near(word, 0.2) for word in words[1:])]

    def _bang(self, probability: float) -> Piece:
        return ["!"] if self.random.random() < probability else []

    def _match(self) -> Iterator[Piece]:
        match = self.random.choice(extensions("match", self.family))
        if self.random.random() < 0.8 and match.protocols:
            yield ["-p", self.random.choice(match.protocols)] if not self.protocol else []
            self.protocol = match.protocols[0]
        yield ["-m", match.name]
        yield from self._options(match)

    def _target(self) -> list[Piece]:
        random = self.random
        if random.random() < 0.4:
            return [[random.choice(("-j", "-j", "-j", "-g", "--jump")), random.choice(STANDARD_TARGETS)]]
        target = random.choice(extensions("target", self.family))
        if target.tables and random.random() < 0.85:
            self.table = random.choice(target.tables)
            self.chain = random.choice((*TABLES[self.table], "MINE"))
        if target.hooks and random.random() < 0.85:
            self.chain = random.choice([hook for hook in target.hooks if hook in TABLES[self.table]] or ["MINE"])
        if target.protocols and random.random() < 0.85:
            self.protocol = random.choice(target.protocols)
        return [["-j", target.name], *self._options(target)]

    def _options(self, extension: Extension) -> Iterator[Piece]:
        """A choice of options that mostly go together."""
        random = self.random
        chosen: dict[str, Option] = {}
        for option in random.sample(extension.options, len(extension.options)):
            clashes = any(name in option.excludes.split() or option.name in chosen[name].excludes for name in chosen)
            wanted = option.required or random.random() < 1.2 / (len(extension.options) or 1)
            if wanted and (not clashes or random.random() < 0.1):
                chosen[option.name] = option
                if random.random() < 0.9:
                    chosen.update((name, extension.by_name[name]) for name in option.also.split())
        if not chosen and extension.options and random.random() < 0.8:
            option = random.choice(extension.options)
            chosen = {name: extension.by_name[name] for name in (option.name, *option.also.split())}
        for option in chosen.values():
            yield [
                *self._bang(0.2 if option.negatable else 0.02),
                f"--{random.choice(option.names)}",
                *self._value(option),
            ]

    def _value(self, option: Option) -> Piece:
        if option.value is None:
            return []
        good, bad = readable(option.value, self.family)
        piece = self.random.choice(good if good and self.random.random() < 0.85 else bad or good)
        return [self._near(word, 0.2) for word in piece]

    def _near(self, text: str, probability: float) -> str:
        """A text, or one that is near to it."""
        return edge(text, self.random) if self.random.random() < probability else text
