"""`drytables check`: judge the commands in files, and show the diagnostics.

What judges takes longer to load than it takes to see that a hundred pages have no commands, so only the first page that
may have some has it loaded.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import Any, NamedTuple

from .. import __version__
from ..diagnostics.diagnostic import Severity
from ..formats.tally import Tally, summary
from .files import may_concern_us
from .jobs import Job, Wanted, jobs_of
from .progress import Progress
from .workers import on_all_processors


class Answer(NamedTuple):
    """The output for one file: `shown` in the requested format, or the `trouble` with reading it."""

    shown: tuple[Any, ...] = ()
    is_refused: bool = False
    tally: Tally = Tally()
    trouble: str = ""


def check_files(wanted: Wanted, form: str, color: bool, inline: Severity) -> tuple[bool, bool]:
    """Check files and print the diagnostics; returns whether anything was refused, and whether all could be read.

    A fault of a command within a sentence is told with the severity `inline`. Raises Unusable for a
    configuration with faults, and then nothing is checked.
    """
    plan = jobs_of(wanted)
    troubles = [*plan.troubles]
    work = partial(_check, form=form, color=color, inline=inline)
    total, is_refused = Tally(), False
    records: list[Any] = []
    with Progress(len(plan.jobs), "checking") as progress:
        for answer in on_all_processors(work, plan.jobs, partial(_dismissed, form=form)):
            progress.step()
            if answer.trouble:
                troubles.append(answer.trouble)
            total += answer.tally
            is_refused |= answer.is_refused
            if form in ("json", "sarif"):
                records += answer.shown
            elif answer.shown:
                progress.wipe()
                print(*answer.shown, sep="\n")
    if form == "json":
        print(json.dumps({"files": records}, ensure_ascii=False, indent=1))
    elif form == "sarif":
        from ..formats.sarif import sarif

        print(json.dumps(sarif(records, troubles, __version__), ensure_ascii=False, indent=1))
    for trouble in troubles:
        print(f"drytables: {trouble}", file=sys.stderr)
    if form == "text":
        print(summary(total))
    return is_refused, not troubles


def _dismissed(job: Job, form: str) -> Answer | None:
    """The answer for a file with nothing to judge; None for one that has to be checked."""
    if may_concern_us(job.name):
        from . import checked_file  # noqa: F401  # now, and not in each of the processes that are started from here

        return None
    return Answer(({"path": job.name, "commands": [], "diagnostics": []},) if form == "json" else ())


def _check(job: Job, form: str, color: bool, inline: Severity) -> Answer:
    """Check one file, in whatever process."""
    from .checked_file import check_file

    return Answer(*check_file(job, form, color, inline))
