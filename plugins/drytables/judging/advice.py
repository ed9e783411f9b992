"""What can be said of a command within a sentence, which may be there to be talked about: advice, and no more."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..grammar.releases import Release
from ..reading.excerpt import Excerpt
from ..reading.shell import read_span
from .stand_ins import with_stand_ins
from .verdict import judge


def advice(spans: tuple[Excerpt, ...], release: Release, chains: Container[str] = ()) -> Iterator[Diagnostic]:
    """A note for each command within a sentence that iptables would refuse, for whoever copies it from there."""
    for span in spans:
        for command in read_span(span):
            refusal = judge(with_stand_ins(command, release, chains), release, chains).refusal
            # A sentence may name only the part of a command that it is about.
            if refusal is not None and "part" not in refusal.code.about:
                yield refusal._replace(severity="note")
