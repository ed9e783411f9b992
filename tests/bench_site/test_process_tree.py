"""Programs with all that they start."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest

from bench_site.process_tree import Failed, Program, TookTooLong, everything_below, started

pytestmark = pytest.mark.starts_programs


def family(program: Program) -> list[psutil.Process]:
    """A program and its two children, once they are there."""
    while len(found := [*everything_below(program.number)]) < 3:
        assert not program.has_ended, program.printed()
        time.sleep(0.01)
    return found


@pytest.mark.parametrize("ends", ["sleep 100 & sleep 100; wait", "trap '' INT TERM; sleep 100 & sleep 100; wait"])
def test_all_that_was_started_ends_also_after_an_error(
    ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench_site.process_tree.PATIENCE", 0.2)
    with pytest.raises(ZeroDivisionError), started(["sh", "-c", ends], tmp_path, {**os.environ}) as program:
        processes = family(program)
        raise ZeroDivisionError

    assert psutil.wait_procs(processes, timeout=10)[1] == []


def test_what_children_take_is_counted(tmp_path: Path) -> None:
    child = "python3 -c 'held = b\"x\" * 100_000_000; print(sum(range(3_000_000)))'"
    with started(["sh", "-c", f"{child}; {child}; :"], tmp_path, {**os.environ}) as program:
        taken = program.run_to_end(60)

    assert taken.processor_seconds > 0.02
    assert 100 < taken.mebibytes < 190


def test_an_error_is_told_in_the_words_of_the_program(tmp_path: Path) -> None:
    with (
        started(["sh", "-c", "echo no such theme >&2; exit 3"], tmp_path, {**os.environ}) as program,
        pytest.raises(Failed, match="no such theme"),
    ):
        program.run_to_end(60)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="nodeless cannot be started: No such file"), started(["nodeless"], tmp_path, {}):
        pass


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with started(["sleep", "100"], tmp_path, {**os.environ}) as program, pytest.raises(TookTooLong):
        program.run_to_end(0.1)
