"""`make bench-site`, for real: two posts, and us alone."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from conftest import PROJECT

from bench_site.__main__ import present
from bench_site.contestants import ALL, ours
from bench_site.measures import Measure

pytestmark = pytest.mark.starts_programs


def bench_site(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start it, with its sites in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "bench_site", "--rounds", "1", "--contestants", "ours", *words],
        cwd=PROJECT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": "tests", "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def at_work_in(folder: Path) -> list[psutil.Process]:
    """The processes whose working folder is in a folder."""
    return [process for process in psutil.process_iter(["cwd"]) if str(folder) in (process.info["cwd"] or "")]


def test_we_are_measured_in_every_way_and_nothing_is_left_behind(tmp_path: Path) -> None:
    output = PROJECT / "output"
    before = output.stat() if output.exists() else None

    with bench_site(tmp_path, "--sizes", "2") as bench:
        table, told = bench.communicate(timeout=120)

    rows = re.findall(r"^\| (.+) \| 2 \| ([\d.]+) (s|MiB) \|$", table, re.MULTILINE)
    assert bench.returncode == 0, told
    assert {(title, unit) for title, _, unit in rows} == {(measure.title, measure.unit) for measure in Measure}
    assert all(float(figure) > 0 for _, figure, _ in rows)
    assert [*tmp_path.iterdir()] == at_work_in(tmp_path) == []
    assert (output.stat() if output.exists() else None) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_ends_with_it(number: signal.Signals, tmp_path: Path) -> None:
    with bench_site(tmp_path, "--sizes", "1") as bench:
        while not at_work_in(tmp_path):
            assert bench.poll() is None
            time.sleep(0.05)
        bench.send_signal(number)
        _, told = bench.communicate(timeout=60)

    assert "Traceback" not in told
    assert [*tmp_path.iterdir()] == at_work_in(tmp_path) == []


@pytest.mark.parametrize("words", ["--sizes 0", "--sizes many", "--rounds -1", "--contestants zola"])
def test_what_makes_no_sense_is_refused(words: str, tmp_path: Path) -> None:
    with bench_site(tmp_path, *words.split()) as bench:
        _, told = bench.communicate(timeout=60)

    assert bench.returncode == 2
    assert f"argument {words.split()[0]}: invalid" in told


def test_who_is_not_installed_is_left_out_with_a_word_how_to_install_it(capsys: pytest.CaptureFixture[str]) -> None:
    missing = replace(ALL["hugo"], program=Path("/nonexistent"))

    assert present([ours, missing], install=False) == [ours]
    assert capsys.readouterr().err == (
        "Hugo is left out: it is not installed. Install it with: make bench-site INSTALL=1\n"
    )
