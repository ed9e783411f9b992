"""A command explained, for a terminal: what each part does, and which iptables accepts it."""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from ..grammar.history.distributions import shipping
from ..grammar.history.ranges import in_words
from ..grammar.history.releases import Release
from ..judging.acceptance import acceptance
from ..judging.verdict import Verdict, judge
from ..meaning.explain import Part, explain
from ..reading.shell.line import read_line
from .terminal import text

_WIDEST = 34


def explanation(line: str, release: Release, color: bool) -> tuple[str, bool]:
    """What to print about a command line, and whether it is refused."""
    source = Source("command", line)
    command = read_line(source)
    if isinstance(command, Diagnostic):
        return text(command, source, color), True
    verdict = judge(command, release)
    blocks = [line, *([_table(explain(verdict.rule))] if verdict.rule.command else [])]
    blocks += (text(each, source, color) for each in verdict.diagnostics)
    if verdict.status != "refused":
        blocks.append("\n".join(taken(verdict)))
    return "\n\n".join(blocks), verdict.status == "refused"


def _table(parts: list[Part]) -> str:
    rows = [(f"    {part.words}" if part.is_detail else f"  {part.words}", part.sentence) for part in parts]
    width = min(max((len(words) for words, _ in rows), default=0), _WIDEST)
    return "\n".join(f"{words:<{width}}  {sentence}" if len(words) <= width else f"{words}\n{'':<{width}}  {sentence}"
                     for words, sentence in rows)  # fmt: skip


def taken(verdict: Verdict) -> list[str]:
    """Sentences about a command that is not refused: which releases accept it, and what it needs."""
    accepted, misread = acceptance(verdict)
    lines = []
    if accepted and verdict.status == "accepted":
        where = shipping(accepted)
        lines.append(f"Accepted by iptables {in_words(accepted)}" + (f" ({where})." if where else "."))
        lines += (f"Accepted by iptables {range_} too, but there {says}." for range_, says in misread)
    if verdict.needs:
        lines.append(f"Needs: {', '.join(map(str, verdict.needs))}.")
    if verdict.holes:
        lines.append(f"Still to be filled in: {', '.join(verdict.holes)}.")
    return lines
