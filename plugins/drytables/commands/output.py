"""What a check prints, in each format: at once what people and editors read, and at the end what is one whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .. import __version__
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..formats.tally import Tally, summary

#: Where GitHub wants the summary of a job.
_SUMMARY = "GITHUB_STEP_SUMMARY"


class Output:
    """The output of one check."""

    def __init__(self, form: str, color: bool = False) -> None:
        self.form, self.color = form, color
        self.parts: list[Any] = []

    def take(self, parts: Sequence[Any]) -> None:
        """Take what is to be shown of one file, in the format."""
        if self.form in ("json", "sarif", "github"):
            self.parts += parts
        elif parts:
            print(*parts, sep="\n")

    def take_stale(self, baseline: Source, diagnostics: Sequence[Diagnostic]) -> None:
        """Take what is said of a baseline, as of a file without commands."""
        if not diagnostics:
            return
        render = renderer(self.form, self.color)
        if self.form == "json":
            from ..formats.terminal import record

            records = [record(each, baseline) for each in diagnostics]
            self.take([{"path": baseline.path, "commands": [], "diagnostics": records}])
        else:
            self.take([render(each, baseline) for each in diagnostics])

    def end(self, total: Tally, troubles: Sequence[str]) -> None:
        """Print what is left to print."""
        if self.form == "json":
            print_json({"files": self.parts})
        elif self.form == "sarif":
            from ..formats.sarif import sarif

            print_json(sarif(self.parts, [*troubles], __version__))
        elif self.form == "github":
            from ..formats.github import job_summary, lines, unobeyed

            print("".join(f"{line}\n" for line in lines(self.parts)), end="")
            _append(job_summary(self.parts, summary(total), troubles))
            troubles = [unobeyed(trouble) for trouble in troubles]
        for trouble in troubles:
            print(f"drytables: {trouble}", file=sys.stderr)
        if self.form in ("text", "github"):
            print(summary(total))


def renderer(form: str, color: bool) -> Callable[[Diagnostic, Source], Any]:
    """What makes of a diagnostic what is shown of it."""
    from ..formats.terminal import short, text

    if form == "github":
        from ..formats.github import annotation

        workspace = os.environ.get("GITHUB_WORKSPACE", "")
        return lambda found, source: annotation(found, source, workspace)
    if form == "sarif":
        from ..formats.sarif import result

        return result
    return short if form == "short" else lambda found, source: f"{text(found, source, color)}\n"


def print_json(whole: dict[str, Any]) -> None:
    """Print one object in UTF-8, as JSON is, whatever the locale says."""
    # Of a file name that is not UTF-8 there are surrogates left, which are escaped here as JSON escapes them.
    text = json.dumps(whole, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
    sys.stdout.buffer.write(text + b"\n")


def _append(summary: str) -> None:
    """Add to the summary of the job, if this runs in one of GitHub's."""
    name = os.environ.get(_SUMMARY)
    if not name:
        return
    try:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(summary)
    except OSError as error:
        print(f"drytables: {_SUMMARY}: {error.strerror}", file=sys.stderr)
