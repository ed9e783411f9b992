"""Diagnostics as workflow commands (`::error …::`), which GitHub Actions shows beside the lines of a pull request.

GitHub's documentation, "Workflow commands for GitHub Actions": percent signs and line ends are escaped in the message;
in the properties, so are colons and commas.
"""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from .terminal import notes

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def github(diagnostic: Diagnostic, source: Source) -> str:
    """One workflow command."""
    line, column = source.position(diagnostic.span.start)
    last, end = source.position(max(diagnostic.span.start, diagnostic.span.end - 1))
    places = {"file": source.path, "line": line, "endLine": last, "col": column}
    if last == line:
        # Columns are only allowed for a single line.
        places["endColumn"] = end
    places["title"] = diagnostic.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    words = [diagnostic.message, *notes(diagnostic), *([diagnostic.help] if diagnostic.help else [])]
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{_data(chr(10).join(words))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
