"""The files of experiments and of evidence beside a page. Most pages have neither, and all else is not loaded then."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

#: What the name of a file of experiments ends with, in the place of its page's ending.
ENDING = ".experiment.toml"
#: What the name of a file of evidence ends with, in the same place.
ENDING_OF_EVIDENCE = ".evidence.json"


class Beside(NamedTuple):
    """The texts of the two files, with plain line ends; None for one that is not there."""

    experiments: str | None
    evidence: str | None


def experiments_file(page: Path) -> Path:
    """Where the experiments of a page are."""
    return page.with_name(page.stem + ENDING)


def evidence_file(page: Path) -> Path:
    """Where the evidence of a page is."""
    return page.with_name(page.stem + ENDING_OF_EVIDENCE)


def read_beside(page: Path) -> Beside:
    """What is beside a page. Files are opened to see whether they are there, so that whoever watches what a page
    depends on sees which.
    """
    return Beside(text_in(experiments_file(page)), text_in(evidence_file(page)))


def text_in(path: Path) -> str | None:
    """The text of a file; None if there is no such file. A file that cannot be read is reported by whoever needs it."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None
