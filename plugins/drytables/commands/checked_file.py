"""One file, checked, with its diagnostics in the form that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..configuration.judged import judged
from ..diagnostics.source import Source
from ..formats.records import report_record
from ..formats.tally import Tally, tally
from ..page.known import Fingerprint, fingerprints, without_known
from ..page.report import Report
from .dialects import markup_of
from .files import STDIN, Unreadable, read, shown
from .jobs import Job
from .output import renderer


def check_file(job: Job, form: str, color: bool) -> tuple[tuple[Any, ...], bool, Tally, str, Counter[Fingerprint]]:
    """What there is to show of a file, whether it is refused, how many commands are in it, the trouble with reading it,
    if there is any, and what is found in it, if that is to be counted.
    """
    name = job.name
    try:
        content = read(name)
        source = Source("<stdin>" if name == STDIN else name, content.text)
        report = _judged(job, source)
        found = fingerprints(report) if job.is_counted else Counter()
        report = without_known(report, _known(job))
        if form == "json":
            rendered: tuple[Any, ...] = (report_record(report),)
        else:
            render = renderer(form, color)
            rendered = tuple(render(each, source) for each in report.all_diagnostics())
        return rendered, report.is_refused, tally(report), "", found
    except Unreadable as trouble:
        return (), False, Tally(), str(trouble), Counter()
    except Exception as error:  # a bug of ours in one file must not hide what is wrong in the others
        why = f"{shown(name)}: checking failed because of a bug: {type(error).__name__}: {error}"
        return (), False, Tally(), why, Counter()


def _judged(job: Job, source: Source) -> Report:
    """The report on a text of a file."""
    markup = markup_of(job.name, source.text, job.settings.markdown)
    return judged(source, replace(job.settings, markdown=markup))


def _known(job: Job) -> Mapping[Fingerprint, int]:
    """The faults that are known: those of the baseline, and those that the text had before."""
    if job.before is None:
        return job.known
    before = Source(job.name, job.before.decode(errors="replace"))
    return Counter(job.known) | fingerprints(_judged(job, before))
