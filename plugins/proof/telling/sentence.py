"""Evidence in a sentence, derived from what was seen, never from what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ..evidence import Evidence, Run
from ..seen import Connection, Seen, period_of

#: Patterns that repeat after more connections are not named: nobody would see one.
_LONGEST_PATTERN = 12
_NOUNS = {"TCP": "TCP connections", "UDP": "UDP conversations", "ping": "pings"}


def where_tried(evidence: Evidence) -> str:
    """On what it was tried: `on Linux 6.18 with iptables 1.8.9, legacy and nft, and with nftables 1.0.6`."""
    of_iptables = [run for run in evidence.runs if run.is_of_iptables]
    others = [*dict.fromkeys(f"nftables {run.version}" for run in evidence.runs if not run.is_of_iptables)]
    versions = _listed([*dict.fromkeys(run.version for run in of_iptables)])
    backends = _listed([*dict.fromkeys(run.backend for run in of_iptables)])
    also = f", and with {_listed(others)}" if others else ""
    return f"on Linux {evidence.linux} with iptables {versions}, {backends}{also}"


def what_was_seen(evidence: Evidence) -> str:
    """What came of it: `300 TCP connections, 100 each from 192.0.2.1 and 192.0.2.2, in strict rotation`.

    Where the backends differ, each has its own words.
    """
    told = {run.backend: _of_run(run) for run in evidence.runs}
    if len({*told.values()}) == 1:
        return next(iter(told.values()))
    return "; ".join(f"with {backend}, {words}" for backend, words in told.items())


def _of_run(run: Run) -> str:
    return "; ".join(f"{_noun(each.sent, len(each.seen.connections))}, {of_seen(each.seen)}" for each in run.traffic)


def _noun(sent: str, count: int) -> str:
    """How many of what was sent: the first words of what was sent in words."""
    noun = next((noun for word, noun in _NOUNS.items() if word in sent.split(" from ")[0]), "connections")
    return f"{count:,} {noun if count != 1 else noun.removesuffix('s')}"


def of_seen(seen: Seen) -> str:
    """What was seen of some traffic: how many connections went each way, and in what order."""
    ways = [*map(_way(seen), seen.connections)]
    kinds = Counter(ways)
    pattern = _pattern(ways, len(kinds))
    if not kinds:
        told = "nothing was seen of them"
    elif len(kinds) == 1:
        told = f"all {next(iter(kinds))}"
    elif len({*kinds.values()}) == 1 and (shared := _shared(kinds)):
        told = f"{next(iter(kinds.values())):,} each {shared}"
    else:
        told = _listed([f"{count:,} {way}" for way, count in kinds.items()])
    logged = sum(seen.logged.values())
    return told + pattern + (f", {logged:,} packet{'s' if logged != 1 else ''} logged" if logged else "")


def _way(seen: Seen) -> Callable[[Connection], str]:
    """What to call the way that a connection went, by that in which the connections differ."""
    arrived = [each for each in seen.connections if each.host]
    by_source = len({each.source for each in arrived}) > 1
    by_place = len({each.place for each in arrived}) > 1
    by_mark = len({(each.mark, each.connmark) for each in seen.connections}) > 1

    def way(connection: Connection) -> str:
        if not connection.host:
            reason = f" ({connection.reason})" if connection.reason else ""
            return f"{connection.verdict}{reason}"
        words = [f"from {connection.source}"] * by_source + [f"to {connection.place}"] * by_place
        if by_mark:
            marks = {"mark": connection.mark, "connmark": connection.connmark}
            words += [f"with {name} {value:#x}" for name, value in marks.items() if value is not None]
        if connection.verdict != "answered":
            words.append(connection.verdict)
        return " ".join(words) or "answered"

    return way


def _shared(ways: Iterable[str]) -> str:
    """Ways that have all but their last word in common, as one: `from A, B and C`; empty if they have not."""
    split = [way.rsplit(" ", 1) for way in ways]
    if any(len(each) < 2 for each in split) or len({each[0] for each in split}) > 1:
        return ""
    return f"{split[0][0]} {_listed([each[1] for each in split])}"


def _pattern(ways: Sequence[str], count: int) -> str:
    """The order of connections, if it is one that repeats."""
    period = period_of(ways)
    if count < 2 or not 1 < period <= min(_LONGEST_PATTERN, len(ways) // 2):
        return ""
    return ", in strict rotation" if period == count else f", in a pattern that repeats every {period}"


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
