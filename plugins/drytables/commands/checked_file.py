"""One file, checked, with its diagnostics in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Severity
from ..diagnostics.source import Source
from ..formats.github import github
from ..formats.records import report_record
from ..formats.sarif import result
from ..formats.tally import Tally, tally
from ..formats.terminal import short, text
from ..page.check import check
from ..page.levels import with_levels
from .dialects import markup_of
from .files import STDIN, Unreadable, read, shown
from .jobs import Job


def check_file(job: Job, form: str, color: bool, inline: Severity) -> tuple[tuple[Any, ...], bool, Tally, str]:
    """What there is to show of a file, whether it is refused, how many commands are in it, and the trouble with reading
    it, if there is any.
    """
    name, settings = job.name, job.settings
    try:
        content = read(name)
        source = Source("<stdin>" if name == STDIN else name, content.text)
        report = check(source, settings.iptables, markup_of(name, content.text, settings.markdown), inline=inline)
        report = with_levels(report, settings.codes)
        if form == "json":
            rendered: tuple[Any, ...] = (report_record(report),)
        else:
            render = _renderer(form, color)
            rendered = tuple(render(each, source) for each in report.all_diagnostics())
        return rendered, report.is_refused, tally(report), ""
    except Unreadable as trouble:
        return (), False, Tally(), str(trouble)
    except Exception as error:  # a bug of ours in one file must not hide what is wrong in the others
        why = f"{shown(name)}: checking failed because of a bug: {type(error).__name__}: {error}"
        return (), False, Tally(), why


def _renderer(form: str, color: bool) -> Callable[[Diagnostic, Source], Any]:
    if form == "text":
        return lambda found, source: f"{text(found, source, color)}\n"
    return {"short": short, "github": github, "sarif": result}[form]
