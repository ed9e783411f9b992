"""What can be expected of traffic: a table of kinds, each with how it is read, and how it is held against what was
seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from ipaddress import ip_address
from itertools import cycle, islice
from typing import Any

from drytables.configuration.values import Reader

from . import fields
from .chance import range_of
from .experiment import Expectation, Label, Verdict
from .seen import Connection, Seen

#: The name for connections that arrived nowhere.
_NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was expected and what was seen, both in words, and whether the one is the other."""

    expected: str
    seen: str
    holds: bool


#: Holds what is wanted, with its alpha, against what was seen.
Judge = Callable[[Any, float, Seen], Judgement]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of expectation. `is_of_labels`: what it wants names labels of connections, and so hosts."""

    reader: Reader
    judge: Judge
    is_of_labels: bool = False
    is_of_chance: bool = False


def judged(expectation: Expectation, seen: Seen) -> Judgement:
    """Hold an expectation against what was seen."""
    return KINDS[expectation.name].judge(expectation.wanted, expectation.alpha, seen)


def _by_source(wanted: Mapping[str, int], _: float, seen: Seen) -> Judgement:
    return _counts("by source", wanted, seen.sources())


def _by_place(wanted: Mapping[str, int], _: float, seen: Seen) -> Judgement:
    def name(connection: Connection) -> str:
        return next((place for place in connection.places if place in wanted), connection.place or _NOWHERE)

    found = Counter(map(name, seen.connections))
    if _NOWHERE not in wanted:
        found.pop(_NOWHERE, None)
    return _counts("by where they arrived", wanted, found)


def _order(wanted: tuple[str, ...], _: float, seen: Seen) -> Judgement:
    expected = f"in this order, again and again: {', '.join(wanted)}"
    for number, (label, connection) in enumerate(zip(cycle(wanted), seen.connections, strict=False), 1):
        if not connection.is_labelled(label):
            begin = max(0, number - len(wanted))
            around = ", ".join(_name(each, wanted) for each in seen.connections[begin : number + len(wanted)])
            which = f"connection {number} is {_name(connection, wanted)}, not {label}"
            return Judgement(expected, f"{which}; from connection {begin + 1} on: {around}", holds=False)
    shown = ", ".join(_name(each, wanted) for each in islice(seen.connections, len(wanted)))
    return Judgement(expected, f"{shown}, and so on for all {len(seen.connections):,}", bool(seen.connections))


def _shares(wanted: Mapping[str, Fraction], alpha: float, seen: Seen) -> Judgement:
    trials = len(seen.connections)
    expected, found, holds = [], [], True
    for label, share in wanted.items():
        least, most = range_of(share, trials, alpha / len(wanted))
        count = sum(each.is_labelled(label) for each in seen.connections)
        holds = holds and least <= count <= most
        expected.append(f"{label}: {share} of {trials:,}, within chance {least:,} to {most:,}")
        found.append(f"{label}: {count:,}")
    runs = f"which chance alone leaves once in {1 / alpha:,.0f} runs"
    rest = Counter(_name(each, wanted) for each in seen.connections if not any(each.is_labelled(one) for one in wanted))
    others = [f"{name}: {count:,}" for name, count in sorted(rest.items())]
    if sum(wanted.values()) >= 1 and others:
        holds = False
    return Judgement(f"{'; '.join(expected)}, {runs}", "; ".join((*found, *others)), holds)


def _verdict(verdict: Verdict) -> Judge:
    def judge(wanted: int, _: float, seen: Seen) -> Judgement:
        found = seen.count(verdict)
        every = Counter(str(each.verdict) for each in seen.connections)
        return Judgement(f"{wanted:,} {verdict}", _listed(every), found == wanted)

    return judge


def _refused(wanted: Mapping[str, int] | int, _: float, seen: Seen) -> Judgement:
    if isinstance(wanted, int):
        return _verdict("refused")(wanted, 0, seen)
    return _counts("refused", wanted, Counter(each.reason for each in seen.connections if each.verdict == "refused"))


def _logged(wanted: Mapping[str, int] | int, _: float, seen: Seen) -> Judgement:
    total = sum(seen.logged.values())
    if isinstance(wanted, int):
        found = f"{total:,} packets logged" + (f" ({_listed(seen.logged)})" if total else "")
        return Judgement(f"{wanted:,} packets logged", found, total == wanted)
    return _counts("packets logged by prefix", wanted, Counter(seen.logged))


def _marks(field: str) -> Judge:
    def judge(wanted: Mapping[str, int], _: float, seen: Seen) -> Judgement:
        values = (getattr(each, field) for each in seen.connections)
        return _counts(f"by {field}", wanted, Counter(hex(each) for each in values if each is not None))

    return judge


def _answers(wanted: int, _: float, seen: Seen) -> Judgement:
    found = sum(each.answers for each in seen.connections)
    return Judgement(f"{wanted:,} answers in all", f"{found:,} answers in all", found == wanted)


#: Every kind of expectation by its name in a file of experiments.
KINDS: Mapping[str, Kind] = {
    "sources": Kind(fields.counts_by_address, _by_source),
    "reached": Kind(fields.counts_by_place, _by_place, is_of_labels=True),
    "order": Kind(fields.labels, _order, is_of_labels=True),
    "shares": Kind(fields.shares, _shares, is_of_labels=True, is_of_chance=True),
    "answered": Kind(fields.count, _verdict("answered")),
    "refused": Kind(fields.counts_by_name, _refused),
    "dropped": Kind(fields.count, _verdict("dropped")),
    "logged": Kind(fields.counts_by_name, _logged),
    "marks": Kind(fields.counts_by_mark, _marks("mark")),
    "connmarks": Kind(fields.counts_by_mark, _marks("connmark")),
    "answers": Kind(fields.number(0, 100_000_000), _answers),
}


def _counts(what: str, wanted: Mapping[str, int], found: Mapping[str, int]) -> Judgement:
    expected = {name: count for name, count in wanted.items() if count}
    seen = {name: count for name, count in found.items() if count}
    return Judgement(f"{what}: {_listed(wanted)}", f"{what}: {_listed(found)}", expected == seen)


def _listed(counts: Mapping[str, int]) -> str:
    every = [f"{name or 'no prefix'}: {count:,}" for name, count in sorted(counts.items())]
    return ", ".join(every) or "none"


def _name(connection: Connection, among: Iterable[Label]) -> str:
    """A connection in a word, of the kind that some labels have: its source or its place, or its verdict if it arrived
    nowhere.
    """
    has_places = any(":" in label and not _is_address(label) for label in among)
    return (connection.place if has_places else connection.source) or connection.verdict


def _is_address(label: Label) -> bool:
    try:
        return bool(ip_address(label))
    except ValueError:
        return False
