"""plugins/proof/evidence.py: what is written beside a page, of what it speaks, and when it is written anew."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from drytables.diagnostics.source import Source
from proof.evidence import (
    KEPT_DAYS,
    Evidence,
    Ran,
    Run,
    Unreadable,
    Watched,
    digest_of,
    kept_or_new,
    read_evidence,
    remove_leftovers,
    text_of,
    write_evidence,
)
from proof.expectations import Judgement
from proof.experiment import Experiment
from proof.reading import read_experiments
from proof.seen import Connection, Seen
from proof.snippets import page_snippets

PAGE = """\
Title: x
Date: 2026-01-01

Some words.

```{.sh iptables="1.4.10"}
iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2 -j SNAT --to 192.0.2.1
```

```{.sh #other}
iptables -P INPUT DROP
```
"""
EXPERIMENT = """\
[[experiment]]
title = "x"
snippets = [1]
[experiment.traffic]
connections = 3
expect.answered = 3
"""
SEEN = Seen((Connection("answered", "192.0.2.1"), Connection("dropped")), {"x": 1})
GOOD = Judgement("1 answered", "answered: 1, dropped: 1", True)
RUN = Run(
    "legacy", "1.8.9", (Ran("machine", "iptables -P INPUT DROP"),), (Ran("machine", "iptables -X x", 1, "no"),),
    (Watched("2 pings", SEEN, (GOOD,)),), Judgement("1 refused", "1 refused", True),
)  # fmt: skip
EVIDENCE = Evidence(
    "ä title", "d1g", date(2026, 11, 27), "6.18.44-1-amd64", (RUN, replace(RUN, backend="nft")), ("ls",)
)


def digest(page: str = PAGE, experiment: str = EXPERIMENT) -> str:
    """The digest of a page and the one experiment of it."""
    (found,) = read_experiments(Source("x.experiment.toml", experiment))
    assert isinstance(found, Experiment)
    return digest_of(found, page_snippets(Source("x.md", page)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("--every 2", "--every 3"),
        ("--to 192.0.2.1", "--to 192.0.2.2"),
        ('iptables="1.4.10"', 'iptables="1.8.11"'),
    ],
)
def test_evidence_speaks_of_the_commands(before: str, after: str) -> None:
    page = PAGE.replace(before, after)

    changed = page != PAGE and digest(page)
    assert changed != digest()


@pytest.mark.parametrize(
    ("before", "after"),
    [("connections = 3", "connections = 4"), ("answered = 3", "answered = 2"), ('"x"', '"y"'), ("[1]", '["other"]')],
)
def test_evidence_speaks_of_the_experiment(before: str, after: str) -> None:
    assert digest(experiment=EXPERIMENT.replace(before, after)) != digest()


def test_evidence_does_not_speak_of_the_rest() -> None:
    page = PAGE.replace("Some words.", "Other words.").replace("-P INPUT DROP", "-P INPUT ACCEPT")

    assert digest(page, f"# a comment\n{EXPERIMENT}") == digest()


def test_it_comes_back_from_its_text() -> None:
    assert read_evidence(text_of([EVIDENCE, EVIDENCE])) == (EVIDENCE, EVIDENCE)


def test_it_says_what_a_page_needs() -> None:
    assert (EVIDENCE.linux, EVIDENCE.backends) == ("6.18", ("legacy", "nft"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "nonsense", '{"form": 9, "experiments": []}', '{"form": 1, "experiments": [{}]}',
             text_of([EVIDENCE]).replace('"0 1"', '"0 7"'), text_of([EVIDENCE]).replace("2026-11-27", "yesterday"),
             text_of([EVIDENCE]).replace("verdict", "virdict"), "[" * 100_000],
)  # fmt: skip
def test_what_it_is_not_is_told(text: str) -> None:
    with pytest.raises(Unreadable, match="run make prove"):
        read_evidence(text)


def test_what_is_seen_again_keeps_its_date() -> None:
    later = replace(EVIDENCE, date=EVIDENCE.date + timedelta(KEPT_DAYS))

    assert kept_or_new(EVIDENCE, later) is EVIDENCE
    assert kept_or_new(None, later) is later
    much_later = replace(EVIDENCE, date=EVIDENCE.date + timedelta(KEPT_DAYS + 1))
    assert kept_or_new(EVIDENCE, much_later) is much_later


def test_what_chance_decides_makes_nothing_new() -> None:
    other = replace(RUN, traffic=(Watched("2 pings", Seen(SEEN.connections[::-1]), (GOOD,)),))

    assert kept_or_new(EVIDENCE, replace(EVIDENCE, runs=(other, EVIDENCE.runs[1]))) is EVIDENCE


@pytest.mark.parametrize(
    "changed",
    [
        replace(EVIDENCE, kernel="6.19.1"),
        replace(EVIDENCE, digest="d2"),
        replace(EVIDENCE, runs=EVIDENCE.runs[:1]),
        replace(EVIDENCE, runs=(replace(RUN, version="1.8.11"), EVIDENCE.runs[1])),
        replace(EVIDENCE, runs=(replace(RUN, as_written=()), EVIDENCE.runs[1])),
    ],
    ids=["kernel", "digest", "backends", "iptables", "commands"],
)
def test_what_is_not_the_same_is_new(changed: Evidence) -> None:
    assert kept_or_new(EVIDENCE, changed) is changed


def test_it_is_written_whole_and_only_if_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "x.evidence.json"

    assert write_evidence(file, [EVIDENCE])
    before = file.stat().st_mtime_ns
    assert not write_evidence(file, [EVIDENCE])
    assert file.stat().st_mtime_ns == before
    assert [*tmp_path.iterdir()] == [file]


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    names = {".x.evidence.json.999999999", f".x.evidence.json.{os.getpid()}", ".x.evidence.json.swp", "x.evidence.json"}
    for name in names:
        (tmp_path / name).touch()

    remove_leftovers(tmp_path / "x.evidence.json")

    assert {each.name for each in tmp_path.iterdir()} == names - {".x.evidence.json.999999999"}
