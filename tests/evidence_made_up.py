"""Evidence as `make prove` writes it, of connections that nobody has opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from drytables.diagnostics.source import Source
from proof.beside import evidence_file, experiments_file
from proof.evidence import (
    Evidence,
    Ran,
    Run,
    Watched,
    digest_of,
    read_evidence,
    text_of,
)
from proof.expectations import judged
from proof.experiment import Experiment
from proof.reading import read_experiments
from proof.seen import Connection, Seen
from proof.snippets import page_snippets

BACKENDS = ("legacy", "nft")
TODAY = date(2026, 11, 27)


def arrived(source: str = "192.0.2.1", address: str = "192.0.2.9", port: int = 80, host: str = "server") -> Connection:
    """A connection that was answered."""
    return Connection("answered", source, host, address, port, answers=1)


def experiments_of(page: Path) -> list[Experiment]:
    """The experiments beside a page."""
    text = experiments_file(page).read_text(encoding="utf-8")
    return [each for each in read_experiments(Source("", text)) if isinstance(each, Experiment)]


def made_up(page: Path, *seen: Seen, tried: date = TODAY) -> list[Evidence]:
    """Evidence of all experiments beside a page, in the traffic of each of which this was seen, in order."""
    snippets = page_snippets(Source(str(page), page.read_text(encoding="utf-8")))
    found = []
    for experiment in experiments_of(page):
        commands = [Ran("machine", " ".join(word.text for word in step.words))
                    for snippet in snippets for step in snippet.steps["corrected"]]  # fmt: skip
        traffic = tuple(
            Watched(each.words, some, tuple(judged(one, some) for one in each.expectations))
            for each, some in zip(experiment.traffic, seen, strict=True)
        )
        runs = tuple(Run(backend, "1.8.9", tuple(commands), (), traffic) for backend in BACKENDS)
        found.append(Evidence(experiment.title, digest_of(experiment, snippets), tried, "6.18.5-arch1", runs))
    return found


def put_beside(page: Path, evidence: Sequence[Evidence]) -> None:
    """Write the file of a page's evidence."""
    evidence_file(page).write_text(text_of(evidence), encoding="utf-8")


def with_other_seen(page: Path, backend: str, seen: Seen) -> None:
    """Change what was seen with one backend in the first traffic of the first experiment."""
    first, *others = read_evidence(evidence_file(page).read_text(encoding="utf-8"))
    runs = [
        replace(run, traffic=(replace(run.traffic[0], seen=seen), *run.traffic[1:])) if run.backend == backend else run
        for run in first.runs
    ]
    put_beside(page, [replace(first, runs=tuple(runs)), *others])
