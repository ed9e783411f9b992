"""`make bench-site`, for real: two posts, and us alone."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PROJECT

from bench_site.__main__ import present
from bench_site.contestants import ALL, ours
from bench_site.measures import Measure

pytestmark = pytest.mark.starts_programs


def bench_site(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    command = [sys.executable, "-m", "bench_site", *words]
    return subprocess.run(
        command,
        cwd=PROJECT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": "tests", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_we_are_measured_in_every_way_and_nothing_is_left_behind(tmp_path: Path) -> None:
    output = PROJECT / "output"
    before = output.stat() if output.exists() else None

    result = bench_site("--sizes", "2", "--rounds", "1", "--contestants", "ours", TMPDIR=str(tmp_path))

    rows = re.findall(r"^\| (.+) \| 2 \| ([\d.]+) (s|MiB) \|$", result.stdout, re.MULTILINE)
    assert result.returncode == 0, result.stderr
    assert {(title, unit) for title, _, unit in rows} == {(measure.title, measure.unit) for measure in Measure}
    assert all(float(figure) > 0 for _, figure, _ in rows)
    assert [*tmp_path.iterdir()] == []
    assert (output.stat() if output.exists() else None) == before


def test_who_is_not_installed_is_left_out_with_a_word_how_to_install_it(capsys: pytest.CaptureFixture[str]) -> None:
    missing = replace(ALL["hugo"], program=Path("/nonexistent"))

    assert present([ours, missing], install=False) == [ours]
    assert capsys.readouterr().err == (
        "Hugo is left out: it is not installed. Install it with: make bench-site INSTALL=1\n"
    )
