"""Made-up rule sets of the matches that remember packets, and packets to send through them, with time in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from drytables.model.packet import Packet

from .random_rules import CLIENTS, IN0, SERVERS, UDP


@dataclass(frozen=True, slots=True)
class Timed:
    """A rule set, packets that are sent one after another, and how many seconds pass before each."""

    rules: str
    packets: tuple[Packet, ...]
    waits: tuple[float, ...]


def make_timed(seed: int, match: str) -> Timed:
    """A rule set in which a match remembers packets; the same for the same seed."""
    random = Random(f"{match} {seed}")
    lines = ["*filter", ":INPUT ACCEPT [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":one - [0:0]"]
    shared = _SHARED[match](random)
    for chain in ("INPUT", "FORWARD", "one"):
        targets = ["-j DROP", "-j ACCEPT", "-j RETURN", ""] + (["-j one"] if chain != "one" else [])
        for _ in range(random.randrange(1, 4)):
            before = random.choice(["", "", "-s 192.0.2.7/32", "-p udp -m udp --dport 53", "-m length --length 100:"])
            nth = f" -m statistic --mode nth --every 2 --packet {random.randrange(2)}" if random.random() < 0.2 else ""
            asked = f"{before} {_MATCHES[match](random, shared)}{nth}".strip()
            lines.append(f"-A {chain} {asked} {random.choice(targets)}".strip())
    lines += ["COMMIT", ""]
    packets = tuple(_packet(random, number) for number in range(14))
    return Timed("\n".join(lines), packets, tuple(random.choice(_WAITS) for _ in packets))


_WAITS = (0, 0, 0, 0, 0.3, 0.6, 1.4)


def _recent(random: Random, shared: str) -> str:
    bang = random.choice(["", "", "", "! "])
    action = random.choice(["set", "set", "update", "update", "rcheck", "remove"])
    words = [f"{bang}--{action}"]
    if action in ("update", "rcheck"):
        seconds = random.choice([0, 1, 2])
        words += [f"--seconds {seconds}"] if seconds else []
        words += ["--reap"] if seconds and random.random() < 0.3 else []
        hits = random.choice([0, 0, 1, 2, 3])
        words += [f"--hitcount {hits}"] if hits else []
        words += ["--rttl"] if random.random() < 0.3 else []
    name, mask = random.choice(["a", "a", "b"]), shared
    return f"-m recent {' '.join(words)} --name {name}{mask} {random.choice(['--rsource', '--rsource', '--rdest'])}"


def _mask(random: Random) -> str:
    return random.choice(["", "", " --mask 255.255.255.0"])


def _hashlimit_table(random: Random) -> str:
    is_bytes = random.random() < 0.4
    rate = random.choice(["200b/s", "1kb/s", "64b/s"] if is_bytes else ["1/sec", "2/sec", "20/min", "1/min"])
    modes = random.choice(["srcip", "dstip", "srcip,dstport", "srcip,srcport", ""])
    words = [rate]
    if not is_bytes and random.random() < 0.6:
        words.append(f"--hashlimit-burst {random.choice([1, 2, 3])}")
    elif is_bytes and random.random() < 0.5:
        words.append("--hashlimit-burst 2kb")
    words += [f"--hashlimit-mode {modes}"] if modes else []
    words += ["--hashlimit-srcmask 24"] if "srcip" in modes and random.random() < 0.3 else []
    words += ["--hashlimit-htable-expire 500 --hashlimit-htable-gcinterval 100"] if random.random() < 0.2 else []
    return " ".join(words)


def _hashlimit(random: Random, shared: str) -> str:
    bang, way = random.choice(["", "! "]), random.choice(["upto", "above"])
    return f"-m hashlimit {bang}--hashlimit-{way} {shared} --hashlimit-name a"


def _quota(random: Random, shared: str) -> str:
    return f"-m quota {random.choice(['', '! '])}--quota {random.choice([0, 34, 100, 134, 300])}"


def _connlimit(random: Random, shared: str) -> str:
    bang, way = random.choice(["", "! "]), random.choice(["upto", "above"])
    mask = random.choice(["", " --connlimit-mask 24", " --connlimit-mask 0"])
    side = random.choice(["", " --connlimit-saddr", " --connlimit-daddr"])
    return f"-m connlimit {bang}--connlimit-{way} {random.randrange(4)}{mask}{side}"


_MATCHES: dict[str, Callable[[Random, str], str]] = {
    "connlimit": _connlimit, "hashlimit": _hashlimit, "quota": _quota, "recent": _recent,
}  # fmt: skip
_SHARED: dict[str, Callable[[Random], str]] = {
    "connlimit": lambda random: "", "hashlimit": _hashlimit_table, "quota": lambda random: "", "recent": _mask,
}  # fmt: skip


def _packet(random: Random, number: int) -> Packet:
    """A packet of one of a few clients, of a connection of its own or of the one that the client always has."""
    client = random.choice(CLIENTS)
    is_in = random.random() < 0.5
    return Packet(
        way="in" if is_in else "forward", protocol=UDP, source=client,
        destination=IN0 if is_in else random.choice(SERVERS[:2]), source_port=random.choice([4000, 4000 + number]),
        destination_port=random.choice([53, 123]), length=random.choice([34, 34, 100, 334]), in_interface="in0",
        out_interface="" if is_in else "out0", ttl=random.choice([64, 64, 64, 60]), tos=0, is_later_fragment=False,
    )  # fmt: skip
