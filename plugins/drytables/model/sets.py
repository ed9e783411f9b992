"""Sets of addresses as `ipset` commands make them, where these say all that is in them. ipset(8).

Read are sets of the kinds `hash:ip` and `hash:net`, whose entries stay: what has a timeout, or is marked `nomatch`, or
is not written out, leaves its set unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..grammar.values.addresses import BITS, Network, read_network
from ..grammar.values.base import Family, InvalidValue
from ..reading.word import Command
from .matches.reader import network
from .ruleset import AddressSet
from .values import Ranges, ranges

_KINDS = {"hash:ip": "ip", "iphash": "ip", "hash:net": "net", "nethash": "net"}
_FAMILIES: Mapping[str, Family] = {"inet": "ipv4", "inet6": "ipv6"}
#: What says nothing of the entries, each with how many words follow it.
_SIZES = {"hashsize": 1, "maxelem": 1, "bucketsize": 1, "initval": 1, "comment": 0, "counters": 0, "skbinfo": 0}
_EXIST = frozenset({"-exist", "--exist", "-!", "-q", "-quiet", "--quiet"})
#: The shorter names of actions.
_ACTIONS = {
    "n": "create", "-N": "create", "-A": "add", "-D": "del", "x": "destroy", "-X": "destroy", "e": "rename",
    "-E": "rename", "w": "swap", "-W": "swap", "-F": "flush", "f": "flush",
}  # fmt: skip
_READING_ALONE = frozenset({"list", "save", "test", "-L", "-S", "-T", "version", "-v", "help"})


class _Unread(Exception):
    """What a command does to a set is not known."""


@dataclass(slots=True)
class _Made:
    """A set: its family, whether its entries are whole networks, and those; None if they are not known."""

    family: Family
    is_of_networks: bool
    entries: dict[tuple[int, int], None] | None = field(default_factory=dict)


@dataclass(slots=True)
class SetsMade:
    """The sets of a machine while commands run, by name; None for one of which not all is known. `is_open`: others may
    have been made, with any name.
    """

    made: dict[str, _Made | None] = field(default_factory=dict)
    is_open: bool = False

    def run(self, command: Command) -> None:
        """Follow one command of ipset."""
        words = [word.text for word in command.words[1:] if word.text not in _EXIST]
        action = _ACTIONS.get(words[0], words[0]) if words else ""
        name = words[1] if len(words) > 1 else ""
        is_certain = not command.is_conditional and not any(word.holes for word in command.words)
        if action in _READING_ALONE:
            return
        change = _CHANGES.get(action)
        if change is None or not name or not is_certain:
            self._forget(words[1:])
            return
        try:
            change(self, name, words[2:])
        except (_Unread, InvalidValue):
            self._forget(words[1:])

    def known(self) -> Mapping[str, AddressSet]:
        """The sets of which all is known."""
        return {
            name: AddressSet(made.family, ranges(*made.entries))
            for name, made in self.made.items()
            if made is not None and made.entries is not None
        }

    def _forget(self, names: Sequence[str]) -> None:
        """Nothing is known any more of sets that may be named; of none at all, if no name is sure to be one."""
        known = [name for name in names if name in self.made]
        self.is_open |= not known
        for name in known or [*self.made]:
            self.made[name] = None

    def create(self, name: str, words: Sequence[str]) -> None:
        """Make a set; one that is there stays as it is."""
        if name in self.made:
            return
        self.made[name] = None
        kind = _KINDS.get(words[0]) if words else None
        family: Family = "ipv4"
        rest = [*words[1:]]
        while rest:
            option = rest.pop(0)
            if option == "family" and rest and rest[0] in _FAMILIES:
                family = _FAMILIES[rest.pop(0)]
            elif option in _SIZES:
                del rest[: _SIZES[option]]
            else:
                return
        if kind is not None and not self.is_open:
            self.made[name] = _Made(family, kind == "net")

    def add(self, name: str, words: Sequence[str]) -> None:
        """Add an entry. Raises _Unread, InvalidValue."""
        made, (low, high) = self._entry(name, words)
        assert made.entries is not None
        made.entries[low, high] = None

    def delete(self, name: str, words: Sequence[str]) -> None:
        """Delete an entry. Raises _Unread, InvalidValue."""
        made, (low, high) = self._entry(name, words)
        assert made.entries is not None
        if (low, high) not in made.entries and not made.is_of_networks:
            raise _Unread
        made.entries.pop((low, high), None)

    def _entry(self, name: str, words: Sequence[str]) -> tuple[_Made, tuple[int, int]]:
        made = self.made.get(name)
        has_comment = len(words) == 3 and words[1] == "comment"
        if made is None or made.entries is None or not (len(words) == 1 or has_comment):
            raise _Unread
        return made, _range(words[0], made.family)

    def flush(self, name: str, words: Sequence[str]) -> None:
        """Empty a set."""
        made = self.made.get(name)
        if made is None:
            raise _Unread
        made.entries = {}

    def destroy(self, name: str, words: Sequence[str]) -> None:
        """Forget a set, which no rule uses."""
        self.made.pop(name, None)

    def rename(self, name: str, words: Sequence[str]) -> None:
        """Call a set otherwise. Raises _Unread."""
        if not words:
            raise _Unread
        self.made[words[0]] = self.made.pop(name, None)

    def swap(self, name: str, words: Sequence[str]) -> None:
        """Let two sets change their names. Raises _Unread."""
        if not words:
            raise _Unread
        self.made[name], self.made[words[0]] = self.made.get(words[0]), self.made.get(name)


_CHANGES: Mapping[str, Callable[[SetsMade, str, Sequence[str]], None]] = {
    "create": SetsMade.create, "add": SetsMade.add, "del": SetsMade.delete, "flush": SetsMade.flush,
    "destroy": SetsMade.destroy, "rename": SetsMade.rename, "swap": SetsMade.swap,
}  # fmt: skip


def _range(text: str, family: Family) -> tuple[int, int]:
    """The addresses of an entry: one, a network, or from one to another. Raises _Unread, InvalidValue."""
    low, dash, high = text.partition("-")
    first, last = _addresses(low, family), _addresses(high, family) if dash else None
    if last is None:
        return first
    if "/" in text or first[0] > last[0]:
        raise _Unread
    return first[0], last[0]


def _addresses(text: str, family: Family) -> tuple[int, int]:
    if not text or text.count(".") not in (0, 3) or "," in text:
        raise _Unread
    found = read_network(text, family)
    length = text.partition("/")[2]
    if not isinstance(found, Network) or not isinstance(found.address, int) or (length and not length.isdecimal()):
        raise _Unread
    values = network(found, family)
    if not isinstance(values, Ranges) or int(length or BITS[family]) > BITS[family]:
        raise _Unread
    return values.ranges[0]
