"""Evidence as a log: the commands as they were run, and what was seen, in the order in which it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..evidence import Evidence, Ran, Run
from ..seen import Connection, Seen, packed

#: What iptables says besides what is wrong, and who says it.
_ADVICE = "Try `"


def lines(evidence: Evidence) -> Iterator[str]:
    """The lines of a log. What all backends have in common is listed once."""
    yield f"{evidence.date}, Linux {evidence.kernel}"
    for index, run in enumerate(evidence.runs):
        yield _head(run)
        if index and _alike(run, evidence.runs[0]):
            yield f"  the same as with {evidence.runs[0].backend}"
        else:
            yield from (f"  {line}" for line in _run(run))
    for other in evidence.not_run:
        yield f"not run: {other}"


def _head(run: Run) -> str:
    return f"iptables {run.version} ({run.backend})" if run.is_of_iptables else run.way


def _run(run: Run) -> Iterator[str]:
    if run.as_written:
        yield "as written"
        yield from (f"  {line}" for line in _commands(run.as_written))
        yield "as corrected"
    yield from (f"  {line}" for line in _commands(run.commands))
    for each in run.traffic:
        yield each.sent
        yield from (f"  {line}" for line in _seen(each.seen))
        for judgement in each.judgements:
            agrees = "as expected" if judgement.holds else f"expected was {judgement.expected}"
            yield f"  {judgement.seen} ({agrees})"


def _commands(commands: Sequence[Ran]) -> Iterator[str]:
    for each in commands:
        yield f"{each.on}# {each.command}"
        yield from (f"  {line}" for line in _said(each))
        if each.status:
            yield f"  exit status {each.status}"


def _said(ran: Ran) -> Iterator[str]:
    for line in ran.said.split("\n"):
        if line.strip() and not line.startswith(_ADVICE):
            yield line


def _seen(seen: Seen) -> Iterator[str]:
    """Each way in which connections ended, with its letter, and the order of the letters."""
    counts = Counter(seen.connections)
    letters = {connection: number for number, connection in enumerate(counts, start=1)}
    for connection, count in counts.items():
        yield f"({letters[connection]}) {count:,}: {_connection(connection)}"
    if len(counts) > 1:
        yield f"in the order {packed([letters[each] for each in seen.connections])}"
    for prefix, count in seen.logged.items():
        yield f"{count:,} packets logged{f' with the prefix {prefix}' if prefix else ''}"


def _connection(connection: Connection) -> str:
    verdict = f"{connection.verdict}{f' ({connection.reason})' if connection.reason else ''}"
    if not connection.host:
        return verdict
    address = f"[{connection.address}]" if ":" in connection.address else connection.address
    to = f"{address}:{connection.port}" if connection.port else address
    marks = {"mark": connection.mark, "connmark": connection.connmark}
    told = "".join(f", {name} {value:#x}" for name, value in marks.items() if value is not None)
    return f"from {connection.source} to {connection.host} at {to}, {verdict}{told}"


def _alike(run: Run, first: Run) -> bool:
    """Whether a run is like the first one but for the name of its program in what that said."""
    return run.is_of_iptables and _without_names(run) == _without_names(first)


def _without_names(run: Run) -> Run:
    def plain(commands: Sequence[Ran]) -> tuple[Ran, ...]:
        return tuple(replace(each, said=each.said.partition(": ")[2]) for each in commands)

    return replace(run, backend="", version="", commands=plain(run.commands), as_written=plain(run.as_written))
