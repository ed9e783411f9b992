"""What can be said of a command within a sentence, which may be there to be talked about: advice, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..reading.excerpt import Excerpt
from ..reading.shell.script import read_span
from .implied_placeholders import with_implied_holes
from .judge import Judge


def inline_diagnostics(spans: tuple[Excerpt, ...], judge: Judge) -> Iterator[Diagnostic]:
    """A note for each command within a sentence that iptables would refuse, for whoever copies it from there."""
    for span in spans:
        for command in read_span(span):
            refusal = judge.verdict(with_implied_holes(command, judge)).refusal
            # A sentence may name only the part of a command that it is about.
            if refusal is not None and "part" not in refusal.code.about:
                yield refusal._replace(severity="note")
