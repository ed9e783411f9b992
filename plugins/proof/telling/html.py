"""Evidence as HTML below the commands that were tried, and as numbers for their drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

from drytables.formats.html.trial import Trial
from drytables.formats.html.unbroken import unbroken

from ..evidence import Evidence
from ..seen import Connection
from .log import lines
from .sentence import what_was_seen, where_tried


def trial(evidence: Evidence) -> Trial:
    """What the figure of the last snippet of an experiment shows of it."""
    words = f"<strong>Tried</strong> {escape(where_tried(evidence))}: {escape(what_was_seen(evidence))}."
    log = unbroken("\n".join(lines(evidence)))
    block = f'<pre role="group" aria-label="Log"><code>{log}</code></pre>'
    folded = f"<details><summary>How it was tried</summary>{block}</details>"
    return Trial(f'<div class="snippet-tried"><p>{words}</p>{folded}</div>', counts(evidence))


def with_others(evidence: Evidence, name: str) -> Trial:
    """What the figures of the other snippets show: where to read of it. `name` is the id of the last one's figure."""
    link = f'<a href="#{escape(name)}">with the commands below</a>'
    return Trial(
        f'<div class="snippet-tried"><p><strong>Tried</strong> {escape(where_tried(evidence))}, {link}.</p></div>'
    )


def counts(evidence: Evidence) -> Mapping[str, int]:
    """How many connections went each way, by the addresses that rules gave them; empty if the backends differ, or if
    there was more traffic than one.
    """
    if any(len(run.traffic) != 1 for run in evidence.runs):
        return {}
    seen = [run.traffic[0].seen.connections for run in evidence.runs]
    for address in (_source, _destination):
        found = [Counter(map(address, connections)) for connections in seen]
        if len(found[0]) > 1 and all(each == found[0] for each in found):
            return found[0]
    return {}


def _source(connection: Connection) -> str:
    return connection.source


def _destination(connection: Connection) -> str:
    return connection.address
