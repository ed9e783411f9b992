"""Notes on commands within a sentence, which may only be mentioned there: advice, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..reading.excerpt import Excerpt
from ..reading.shell.script import read_span
from .implied_placeholders import with_implied_holes
from .judge import Judge


def inline_diagnostics(spans: tuple[Excerpt, ...], judge: Judge) -> Iterator[Diagnostic]:
    """A note for each command within a sentence that iptables would refuse, since readers may copy it."""
    for span in spans:
        for command in read_span(span):
            refusal = judge.verdict(with_implied_holes(command, judge)).refusal
            # A sentence may quote only the part of a command that it is about.
            if refusal is not None and "part" not in refusal.code.about:
                yield refusal._replace(severity="note")
