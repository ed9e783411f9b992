"""`drytables check`: judge the commands in files, and show the diagnostics.

What judges takes longer to load than it takes to see that a hundred pages have no commands, so only the first page that
may have some has it loaded.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from ..configuration.find import Unusable
from ..formats.tally import Tally, summary
from .files import Unreadable, may_concern_us
from .jobs import Job, Jobs, Wanted, jobs_of
from .known_faults import KnownFaults, known_faults
from .output import Output
from .progress import Progress
from .workers import on_all_processors


class Answer(NamedTuple):
    """The output for one file: `shown` in the requested format, or the `trouble` with reading it. `found` counts the
    fingerprints of all that was found, where someone asked for them.
    """

    shown: tuple[Any, ...] = ()
    is_refused: bool = False
    tally: Tally = Tally()
    trouble: str = ""
    found: Counter[tuple[str, str]] = Counter()


def check_files(wanted: Wanted, form: str, color: bool) -> tuple[bool, bool]:
    """Check files and print the diagnostics; returns whether anything was refused, and whether all could be read.

    Raises Unusable for a configuration with faults, and then nothing is checked.
    """
    is_written = wanted.writes_baseline or wanted.shrinks_baseline
    if is_written and wanted.changed is not None:
        raise Unusable(line="a baseline is written of all files, so --changed cannot be used with it")
    plan = jobs_of(wanted)
    known = known_faults(wanted, plan.configuration)
    if known is not None and is_written:
        return False, _write_baseline(plan, known, is_shrunk=wanted.shrinks_baseline)
    troubles, total, is_refused = [*plan.troubles], Tally(), False
    output = Output(form, color)
    jobs = (
        plan.jobs if known is None else [replace(job, known=known.of(job.name), is_counted=True) for job in plan.jobs]
    )
    for job, answer in _answers(jobs, output):
        if answer.trouble:
            troubles.append(answer.trouble)
        elif known is not None:
            known.note(job.name, answer.found)
        total += answer.tally
        is_refused |= answer.is_refused
        output.take(answer.shown)
    if known is not None:
        output.take_stale(known.baseline.source, known.stale())
    output.end(total, troubles)
    return is_refused, not troubles


def _answers(jobs: Sequence[Job], output: Output) -> Iterator[tuple[Job, Answer]]:
    """Each file with the answer for it, in order."""
    work = partial(_check, form=output.form, color=output.color)
    with Progress(len(jobs), "checking") as progress:
        for job, answer in zip(jobs, on_all_processors(work, jobs, partial(_dismissed, form=output.form)), strict=True):
            progress.step()
            if answer.shown:
                progress.wipe()
            yield job, answer


def _write_baseline(plan: Jobs, known: KnownFaults, *, is_shrunk: bool) -> bool:
    """Write what is found, and show nothing of it; returns whether all could be read and written."""
    troubles, total = [*plan.troubles], Tally()
    for job, answer in _answers([replace(job, is_counted=True) for job in plan.jobs], Output("none")):
        if answer.trouble:
            troubles.append(answer.trouble)
        else:
            known.note(job.name, answer.found)
        total += answer.tally
    try:
        print(f"{summary(total)}\n{known.write(plan.configurations, is_shrunk=is_shrunk)}")
    except Unreadable as error:
        troubles.append(str(error))
    for trouble in troubles:
        print(f"drytables: {trouble}", file=sys.stderr)
    return not troubles


def _dismissed(job: Job, form: str) -> Answer | None:
    """The answer for a file with nothing to judge; None for one that has to be checked."""
    if may_concern_us(job.name):
        from . import checked_file  # noqa: F401  # now, and not in each of the processes that are started from here

        return None
    return Answer(({"path": job.name, "commands": [], "diagnostics": []},) if form == "json" else ())


def _check(job: Job, form: str, color: bool) -> Answer:
    """Check one file, in whatever process."""
    from .checked_file import check_file

    return Answer(*check_file(job, form, color))
