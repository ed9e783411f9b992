"""Commands within a sentence, which may only be mentioned there: what is said of them is advice, if nothing else is
asked for.
"""

from __future__ import annotations

from ..diagnostics.diagnostic import Severity
from ..reading.excerpt import Excerpt
from ..reading.shell.script import read_span
from ..reading.word import Command
from .implied_placeholders import with_implied_holes
from .judge import Judge
from .report import Checked


def inline_commands(spans: tuple[Excerpt, ...], judge: Judge, severity: Severity) -> tuple[Checked, ...]:
    """The commands within the sentences of a page, each with its refusal, if iptables would refuse it: readers may copy
    it. `severity` is that of the refusal.
    """
    return tuple(
        _checked(with_implied_holes(command, judge), judge, severity) for span in spans for command in read_span(span)
    )


def _checked(command: Command, judge: Judge, severity: Severity) -> Checked:
    verdict = judge.verdict(command)
    refusal = verdict.refusal
    # A sentence may quote only the part of a command that it is about.
    if refusal is None or "part" in refusal.code.about:
        return Checked(command, "open" if refusal else verdict.status, verdict)
    return Checked(command, "refused", verdict, (refusal._replace(severity=severity),))
