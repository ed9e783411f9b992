"""Diagnostics as SARIF 2.1.0 (OASIS standard), which code scanners and editors read."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..diagnostics.codes.every import CODES
from ..diagnostics.diagnostic import Diagnostic, Edit
from ..diagnostics.source import Source, Span
from .terminal import notes

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {name: index for index, name in enumerate(CODES)}


def sarif(results: list[dict[str, Any]], troubles: list[str], version: str) -> dict[str, Any]:
    """A whole log: the results, and what could not be read."""
    invocation: dict[str, Any] = {"executionSuccessful": not troubles}
    if troubles:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": trouble}} for trouble in troubles
        ]
    rules = [
        {
            "id": code,
            "shortDescription": {"text": code.sentence},
            "fullDescription": {"text": f"{code.sentence} {code.why}"},
            "help": {"text": f"{code.why}\n\nFor an example, run: drytables codes {code}"},
        }
        for code in CODES.values()
    ]
    driver = {"name": "drytables", "semanticVersion": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def result(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    """One result."""
    words = [diagnostic.message, *notes(diagnostic), *([diagnostic.help] if diagnostic.help else [])]
    entry: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity,
        "message": {"text": "\n".join(words)},
        "locations": [{"physicalLocation": _location(diagnostic.span, source)}],
    }
    if diagnostic.code in _RULES:
        entry["ruleIndex"] = _RULES[diagnostic.code]
    if diagnostic.causes:
        entry["relatedLocations"] = [
            {
                "physicalLocation": _location(cause.span, source),
                **({"message": {"text": cause.text}} if cause.text else {}),
            }
            for cause in diagnostic.causes
        ]
    if diagnostic.edits:
        change = {
            "artifactLocation": {"uri": _uri(source.path)},
            "replacements": [_replacement(edit, source) for edit in diagnostic.edits],
        }
        entry["fixes"] = [{"description": {"text": diagnostic.help or "apply the repair"}, "artifactChanges": [change]}]
    return entry


def _location(span: Span, source: Source) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(source.path)}, "region": _region(span, source)}


def _region(span: Span, source: Source) -> dict[str, Any]:
    """Lines and columns, from 1; the end is the column after the last character."""
    line, column = source.position(span.start)
    last, end = source.position(max(span.start, span.end))
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(edit.span, source)}
    if edit.replacement:
        replacement["insertedContent"] = {"text": edit.replacement}
    return replacement


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix(), errors="surrogateescape")
