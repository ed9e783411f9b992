"""Whole reports, to the letter: each golden/NAME.md has its report in NAME.out. `make bless` rewrites them."""

import os
from pathlib import Path

import pytest
from drytables.diagnostics.source import Source
from drytables.formats.terminal import text
from drytables.page.check import check

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = sorted(GOLDEN.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_report_is_as_it_was_blessed(page: Path) -> None:
    source = Source(page.name, page.read_text(encoding="utf-8"))
    report = "\n".join(f"{text(each, source)}\n" for each in check(source).all_diagnostics())
    blessed = page.with_suffix(".out")
    if os.environ.get("BLESS"):
        blessed.write_text(report, encoding="utf-8")

    assert report == blessed.read_text(encoding="utf-8")


def test_there_are_pages_to_hold_against() -> None:
    assert len(PAGES) >= 5
