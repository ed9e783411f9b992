"""Diagnostics as workflow commands (`::error …::`), which GitHub Actions shows beside the lines of a pull request.

GitHub's documentation, "Workflow commands for GitHub Actions": percent signs and line ends are escaped in the message;
in the properties, so are colons and commas. Any other line of the log is obeyed too if it begins with `::`, after
blanks, or has `##[` anywhere, which is how commands began before (actions/runner). Of one step GitHub shows ten errors,
ten warnings and ten notices, the first ones, and says nothing of the others (documentation of actions/toolkit, "Problem
Matchers"). So these are grouped in the log, and all are counted in the summary of the job, which may hold a megabyte.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic, Severity
from ..diagnostics.source import Source
from .terminal import notes, short

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
#: How many of each kind are shown of one step.
_SHOWN = 10
#: How many files the summary lists.
_FILES = 100


class Annotation(NamedTuple):
    """A diagnostic as a workflow command, and as a plain line of the log; `path` is its file's."""

    severity: Severity
    code: str
    path: str
    command: str
    line: str


def annotation(diagnostic: Diagnostic, source: Source, workspace: str = "") -> Annotation:
    """What is shown of a diagnostic. Paths are told from the folder of the repository, if that is known."""
    path = _path(source.path, workspace)
    line = f"  {unobeyed(short(diagnostic, Source(path, source.text)))}"
    return Annotation(diagnostic.severity, str(diagnostic.code), path, _command(diagnostic, source, path), line)


def unobeyed(words: str) -> str:
    """A line of the log with what a page or the name of a file holds, none of which is taken for a command."""
    line = words.replace("\r", " ").replace("\n", " ").replace("##[", "## [")
    return f":\u2060{line.lstrip()[1:]}" if line.lstrip().startswith("::") else line


def lines(annotations: Sequence[Annotation]) -> Iterator[str]:
    """The lines of the log: as many annotations of each kind as are shown, the gravest first, then the others."""
    left = []
    for severity in _COMMANDS:
        of_kind = [each for each in annotations if each.severity == severity]
        yield from (each.command for each in of_kind[:_SHOWN])
        left += of_kind[_SHOWN:]
    if left:
        more = "1 more finding" if len(left) == 1 else f"{len(left)} more findings"
        yield f"::group::{more}, which GitHub does not show as annotations"
        yield from (each.line for each in left)
        yield "::endgroup::"


def job_summary(annotations: Sequence[Annotation], told: str, troubles: Sequence[str] = ()) -> str:
    """Markdown for the summary of a job: what was checked, and how many findings there are by code and by file."""
    rows = [f"### drytables: {told}", ""]
    rows += [f"- {_cell(trouble)}" for trouble in troubles[:_FILES]]
    codes = Counter((each.severity, each.code) for each in annotations)
    if codes:
        order = list(_COMMANDS)
        rows += ["", "| finding | kind | how many |", "| --- | --- | ---: |"]
        rows += (
            f"| `{code}` | {severity} | {count} |"
            for (severity, code), count in sorted(
                codes.items(), key=lambda each: (order.index(each[0][0]), -each[1], each[0][1])
            )
        )
        files = Counter(each.path for each in annotations).most_common()
        rows += ["", "| file | how many |", "| --- | ---: |"]
        rows += (f"| {_cell(path)} | {count} |" for path, count in files[:_FILES])
        if len(files) > _FILES:
            rest = files[_FILES:]
            rows.append(f"| and {len(rest)} more | {sum(count for _, count in rest)} |")
    return "\n".join(rows) + "\n\n"


def _command(diagnostic: Diagnostic, source: Source, path: str) -> str:
    line, column = source.position(diagnostic.span.start)
    last, end = source.position(max(diagnostic.span.start, diagnostic.span.end - 1))
    places: dict[str, object] = {"file": path, "line": line, "endLine": last, "col": column}
    if last == line:
        # Columns are only allowed for a single line.
        places["endColumn"] = end
    places["title"] = diagnostic.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    words = [diagnostic.message, *notes(diagnostic), *([diagnostic.help] if diagnostic.help else [])]
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{_data(chr(10).join(words))}"


def _path(path: str, workspace: str) -> str:
    if not workspace:
        return path
    below = os.path.relpath(os.path.abspath(path), workspace)  # noqa: PTH100  # names stay as they were given
    return path if below.startswith(f"{os.pardir}{os.sep}") else below


def _cell(text: str) -> str:
    """Any text in a cell of a table, as it is."""
    shown = " ".join(text.split())
    return "".join(f"&#{ord(char)};" if char in "|`<>&*_[]\\~#!$@:" else char for char in shown)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
