"""Makes commands up that do something else than to add a rule: they list, flush, rename, set a policy, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from . import edges
from .mutations import Piece

#: The long names of the commands, by letter.
_LONG = {
    "L": "list", "S": "list-rules", "F": "flush", "Z": "zero", "N": "new-chain", "X": "delete-chain", "P": "policy",
    "E": "rename-chain", "D": "delete", "I": "insert", "R": "replace",
}  # fmt: skip
_POLICIES = ("ACCEPT", "DROP", "QUEUE", "REJECT", "RETURN", "accept", "")
_NAMES = ("YOURS", "a" * 28, "a" * 29, "-x", "!x", "LOG", "ACCEPT", "INPUT", "standard", "a b", "", "ä" * 14, "ä" * 15)
_OPTIONS = (
    *(["-n"], ["-v"], ["-x"], ["--line-numbers"], ["-w"], ["-w", "5"], ["-4"], ["-6"], ["--numeric"], ["--exact"]),
    *(["--verbose"], ["-vv"], ["-nv"], ["-nvx"], ["--line"], ["-W", "100"], ["-M", "modprobe"], ["-c", "1", "2"]),
    *(["--wait"], ["--wait=2"], ["--modprobe=x"], ["-p", "tcp"], ["-s", "10.0.0.1"], ["-j", "ACCEPT"], ["-i", "eth0"]),
)


def pieces(random: Random, chains: Sequence[str]) -> Iterator[Piece]:
    """The command, one that may go with it, and options that often do not."""
    letters = random.choice(("L", "S", "F", "Z", "N", "X", "P", "E", "D", "D", "I", "R", "LZ", "SZ", "ZL", "LF"))
    for letter in letters:
        named = f"-{letter}" if random.random() < 0.7 else f"--{_LONG[letter]}"
        yield [named, *_words(letter, random, chains)]
    for option in _OPTIONS:
        if random.random() < 0.06:
            yield option


def _words(letter: str, random: Random, chains: Sequence[str]) -> Piece:
    """The chain, where there must be one or may be, and what follows it."""
    chain = random.choice((*chains, "MINE", "MINE", random.choice(_NAMES)))
    if letter in "LSZFX" and random.random() < 0.4:
        return []
    number = random.choice(("1", "2", "3", "0", "", "x", "07", "0x3", edges.number(random)))
    following = {"P": random.choice(_POLICIES), "E": random.choice(_NAMES), "D": number, "I": number, "R": number}
    if letter in "LSZ" and random.random() < 0.3:
        following[letter] = number
    if letter == "N":
        return [random.choice(_NAMES)]
    return [chain, *([following[letter]] if letter in following and random.random() < 0.95 else [])]
