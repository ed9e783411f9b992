"""What is wrong in a text, in the words of the protocol."""

from __future__ import annotations

import os
from pathlib import Path

from lsprotocol import types

from ...configuration.find import Unusable
from ...diagnostics.diagnostic import Diagnostic
from ...formats.terminal import notes
from .document import Encoding, Places, split

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


def finding(fault: Diagnostic, places: Places, uri: str) -> types.Diagnostic:
    """One fault of the text at an address: what led to it is at places of its own."""
    words = [fault.message, *notes(fault), *([fault.help] if fault.help else [])]
    causes = [
        types.DiagnosticRelatedInformation(types.Location(uri, places.range(cause.span)), cause.text)
        for cause in fault.causes
        if cause.text
    ]
    return types.Diagnostic(
        range=places.range(fault.span),
        severity=types.DiagnosticSeverity.Hint if fault.code.on == "advice" else _SEVERITIES[fault.severity],
        code=str(fault.code),
        source="drytables",
        message="\n".join(words),
        related_information=causes or None,
    )


def faults_by_file(unusable: Unusable, encoding: Encoding) -> dict[str, list[types.Diagnostic]]:
    """The faults of a configuration by the address of its file; none if they have no places in it."""
    if unusable.source is None:
        return {}
    uri = Path(os.path.abspath(unusable.source.path)).as_uri()  # noqa: PTH100  # absolute() would keep `..`
    places = Places(split(unusable.source.text), encoding)
    return {uri: [finding(each, places, uri) for each in unusable.diagnostics]}
