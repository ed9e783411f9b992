"""The evidence that is committed speaks of the posts and experiments as they are, and all in it is as expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import PROJECT
from drytables.diagnostics.source import Source
from proof.beside import ENDING, evidence_file
from proof.evidence import digest_of, read_evidence
from proof.experiment import Experiment
from proof.reading import read_experiments
from proof.snippets import page_snippets

FILES = sorted((PROJECT / "content").rglob(f"*{ENDING}"))


def test_there_is_some() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_committed_evidence_is_of_today(file: Path) -> None:
    page = file.with_name(file.name.removesuffix(ENDING) + ".md")
    snippets = page_snippets(Source(str(page), page.read_text(encoding="utf-8")))
    experiments = read_experiments(Source(str(file), file.read_text(encoding="utf-8")))
    evidence = read_evidence(evidence_file(page).read_text(encoding="utf-8"))

    expected = [(each.title, digest_of(each, snippets)) for each in experiments if isinstance(each, Experiment)]
    assert [(each.title, each.digest) for each in evidence] == expected, "run make prove"
    assert all(run.holds for each in evidence for run in each.runs)
    assert all(each.backends == ("legacy", "nft", "nftables", "nftables, in fewer rules") for each in evidence)
