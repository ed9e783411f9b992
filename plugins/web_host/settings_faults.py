"""Faults of settings, each at the line of the settings file that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, Trouble, text_of
from proofreader.places.in_settings import files_that_set


class SettingFault(NamedTuple):
    """What is wrong with a setting. `words` are those of its value that it is about, or empty; `advice` says what to
    do.
    """

    code: Code
    setting: str
    message: str
    advice: str
    words: str = ""
    severity: Severity = "error"


def at_their_places(faults: Iterable[SettingFault], settings: dict[str, Any]) -> list[Found | Trouble]:
    """Return the faults as a report shows them: at their places, or without if no file has them."""
    return [_at_its_place(each, settings) for each in faults]


def _at_its_place(fault: SettingFault, settings: dict[str, Any]) -> Found | Trouble:
    for path in files_that_set(fault.setting, settings.get(fault.setting)):
        text = text_of(path)
        named = re.search(rf"^[ \t]*{re.escape(fault.setting)}\b", text, re.MULTILINE)
        if named is not None:
            at = text.find(fault.words, named.end()) if fault.words else -1
            span = Span(at, at + len(fault.words)) if at >= 0 else Span(named.end() - len(fault.setting), named.end())
            label = Label(span)
            return Found(
                path, text, Diagnostic(fault.code, fault.message, label, help=fault.advice, severity=fault.severity)
            )
    return Trouble(fault.setting, f"is wrong: {fault.message}; {fault.advice}", fault.severity)
