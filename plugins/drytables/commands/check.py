"""`drytables check`: judge the commands in files, and show the diagnostics."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .. import __version__
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..formats.github import github
from ..formats.records import report_record
from ..formats.sarif import result, sarif
from ..formats.tally import Tally, summary, tally
from ..formats.terminal import short, text
from ..grammar.history.releases import Release
from ..page.check import check
from ..reading.markdown.dialect import Dialect
from .files import Unreadable, dialect_of, markdown_files, read, shown
from .workers import on_all_processors


@dataclass(slots=True)
class Answer:
    """The output for one file: `shown` in the requested format, or the `trouble` with reading it."""

    shown: list[Any] = field(default_factory=list)
    is_refused: bool = False
    tally: Tally = field(default_factory=Tally)
    trouble: str = ""


def check_files(
    names: list[str], form: str, release: Release, dialect: Dialect | None, color: bool
) -> tuple[bool, bool]:
    """Check files and print the diagnostics; returns whether anything was refused, and whether all could be read."""
    files = list(markdown_files(names))
    troubles = [str(each) for each in files if isinstance(each, Unreadable)]
    work = partial(_check, form=form, version=release.version, dialect=dialect, color=color)
    total, is_refused, records = Tally(), False, []
    for answer in on_all_processors(work, [each for each in files if isinstance(each, str)], "checking"):
        if answer.trouble:
            troubles.append(answer.trouble)
        total += answer.tally
        is_refused |= answer.is_refused
        if form in ("json", "sarif"):
            records += answer.shown
        else:
            for each in answer.shown:
                print(each)
    if form == "json":
        print(json.dumps({"files": records}, ensure_ascii=False, indent=1))
    elif form == "sarif":
        print(json.dumps(sarif(records, troubles, __version__), ensure_ascii=False, indent=1))
    for trouble in troubles:
        print(f"drytables: {trouble}", file=sys.stderr)
    if form == "text":
        print(summary(total))
    return is_refused, not troubles


def _check(name: str, form: str, version: str, dialect: Dialect | None, color: bool) -> Answer:
    """Check one file, in whatever process."""
    try:
        content = read(name)
        source = Source("<stdin>" if name == "-" else name, content.text)
        report = check(source, Release(version), dialect or dialect_of(name, content.text))
        if form == "json":
            rendered: list[Any] = [report_record(report)]
        else:
            render = _renderer(form, color)
            rendered = [render(each, source) for each in report.all_diagnostics()]
        return Answer(rendered, report.is_refused, tally(report))
    except Unreadable as trouble:
        return Answer(trouble=str(trouble))
    except Exception as error:  # a bug of ours in one file must not hide what is wrong in the others
        return Answer(trouble=f"{shown(name)}: checking failed because of a bug: {type(error).__name__}: {error}")


def _renderer(form: str, color: bool) -> Callable[[Diagnostic, Source], Any]:
    if form == "text":
        return lambda found, source: f"{text(found, source, color)}\n"
    return {"short": short, "github": github, "sarif": result}[form]
