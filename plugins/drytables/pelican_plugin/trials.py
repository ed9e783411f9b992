"""How other Pelican plugins say that the commands of a post were tried.

A plugin connects a function to `trials_of_post`. It is called while a post is read, with the path of its source, with
`report`, what was found out about its commands, and with the `release` that they are judged as. It returns what is
known of trials, by the index of the snippet in the report. What it reads for that the post depends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from blinker import Signal

if TYPE_CHECKING:
    from ..formats.html.trial import Trial
    from ..grammar.history.releases import Release
    from ..page.report import Report

trials_of_post = Signal()


def trials(path: str, report: Report, release: Release) -> Mapping[int, Trial]:
    """What all connected functions know of the trials of a post's snippets."""
    found: dict[int, Trial] = {}
    answers: list[tuple[Any, Mapping[int, Trial] | None]] = trials_of_post.send(path, report=report, release=release)
    for _, known in answers:
        found.update(known or {})
    return found
