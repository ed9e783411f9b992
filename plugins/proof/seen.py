"""What was seen of some traffic: how each connection ended, and what was logged; and the short form that is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .experiment import Label, Verdict


@dataclass(frozen=True, slots=True)
class Connection:
    """How one connection ended.

    `source`, `host`, `address` and `port` are the source that the receiver saw, and where it arrived; empty and 0 if it
    arrived nowhere, and no port for a ping. `reason` is how it was refused, named as `--reject-with` names it.
    `mark` and `connmark` are those with which its first packet left the host with the rules; None if nobody looked.
    `answers` are how many of its messages were answered.
    """

    verdict: Verdict
    source: str = ""
    host: str = ""
    address: str = ""
    port: int = 0
    reason: str = ""
    mark: int | None = None
    connmark: int | None = None
    answers: int = 0

    @property
    def place(self) -> str:
        """Where it arrived, in the words of an experiment: `server:80`; empty if nowhere."""
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def places(self) -> tuple[str, ...]:
        """Every name for where it arrived."""
        if not self.host:
            return ()
        address = f"[{self.address}]" if ":" in self.address else self.address
        with_port = (self.place, f"{address}:{self.port}") if self.port else ()
        return (*with_port, self.host, self.address)

    def is_labelled(self, label: Label) -> bool:
        """Whether a label, of an expectation, is right for it."""
        return label in (self.verdict, self.source) or label in self.places


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of some traffic: its connections in their order, and how many packets were logged, by prefix."""

    connections: tuple[Connection, ...]
    logged: Mapping[str, int] = field(default_factory=dict)

    def count(self, verdict: Verdict) -> int:
        """How many connections ended so."""
        return sum(each.verdict == verdict for each in self.connections)

    def sources(self) -> Counter[str]:
        """How many connections arrived from each source."""
        return Counter(each.source for each in self.connections if each.source)


def record(seen: Seen) -> dict[str, Any]:
    """What was seen as data for JSON: each way in which connections ended once, and their order by its numbers."""
    kinds = {connection: number for number, connection in enumerate(dict.fromkeys(seen.connections))}
    counts = Counter(seen.connections)
    return {
        "kinds": [{**_fields(each), "connections": counts[each]} for each in kinds],
        "order": packed([kinds[each] for each in seen.connections]),
        "logged": dict(sorted(seen.logged.items())),
    }


def seen_of(record: Mapping[str, Any]) -> Seen:
    """What a record says. Raises KeyError, TypeError or ValueError for one that `record` did not make."""
    kinds = [
        Connection(**{name: value for name, value in each.items() if name != "connections"}) for each in record["kinds"]
    ]
    return Seen(tuple(kinds[number] for number in unpacked(record["order"])), dict(record["logged"]))


def _fields(connection: Connection) -> dict[str, Any]:
    """The fields that say something."""
    every = {name: getattr(connection, name) for name in Connection.__slots__}
    return {name: value for name, value in every.items() if value not in (None, "", 0) or (name in ("mark", "connmark")
            and value is not None)}  # fmt: skip


def packed(numbers: Sequence[int]) -> str:
    """Numbers in a short form: `(0 1 2)*100` for a pattern that repeats to the end, `0*7 1 0*2` for runs."""
    period = period_of(numbers)
    if 1 < period <= len(numbers) // 2:
        times, rest = divmod(len(numbers), period)
        head = f"({' '.join(map(str, numbers[:period]))})*{times}"
        return " ".join([head, *map(str, numbers[:rest])])
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][0] == number:
            runs[-1] = (number, runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return " ".join(f"{number}*{times}" if times > 1 else str(number) for number, times in runs)


_PIECE = re.compile(r"(?:\((?P<some>\d+(?: \d+)*)\)|(?P<one>\d+))(?:\*(?P<times>\d+))?(?: (?=.)|\Z)")
#: No experiment has more connections.
_MOST = 1_000_000


def unpacked(text: str) -> Iterator[int]:
    """The numbers of a short form. Raises ValueError."""
    at = total = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise ValueError(f"not an order: {text[at : at + 20]}")
        some = [int(each) for each in (piece["some"] or piece["one"]).split()]
        times = int(piece["times"] or 1)
        total += len(some) * times
        if total > _MOST:
            raise ValueError("an order of too many connections")
        yield from some * times
        at = piece.end()


def period_of(numbers: Sequence[object]) -> int:
    """The smallest period of a sequence that it keeps to the end; its length if there is none shorter."""
    # The longest beginning that is an end as well, as in Knuth, Morris and Pratt's search.
    border = [0] * (len(numbers) + 1)
    length = 0
    for at in range(1, len(numbers)):
        while length and numbers[at] != numbers[length]:
            length = border[length]
        length += numbers[at] == numbers[length]
        border[at + 1] = length
    return len(numbers) - border[len(numbers)] if numbers else 0
