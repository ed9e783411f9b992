"""What iptables answered to a command, and where that differs from our verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drytables.judging.verdict import Verdict
from drytables.meaning.canonical import canonical

Variant = Literal["legacy", "nft"]


@dataclass(slots=True)
class Answer:
    """What iptables did: its exit status, its words on stderr, and the rules that -S then printed."""

    status: int
    words: str
    rules: list[str]

    @property
    def is_accepted(self) -> bool:
        """Whether the command went through."""
        return self.status == 0


@dataclass(slots=True)
class Difference:
    """A command on which iptables and we differ; `found` says in which way."""

    line: str
    variant: Variant
    verdict: Verdict
    answer: Answer
    found: str

    @property
    def code(self) -> str:
        """The code of our refusal; empty where we accept the command."""
        refusal = self.verdict.refusal
        return refusal.code if refusal is not None else ""

    def uses(self, *names: str) -> bool:
        """Whether the rule has a match or target of one of these names."""
        return any(use.extension.name in names for use in self.verdict.rule.uses())

    def __str__(self) -> str:
        """Both answers."""
        return f"{self.found}\n  {self.line}\n{self._ours()}\n{self._theirs()}"

    def _ours(self) -> str:
        verdict = self.verdict
        if verdict.refusal is not None:
            return f"  ours:   {verdict.refusal.code}: {verdict.refusal.message} [{quoted(verdict)}]"
        form = (canonical(verdict.rule) or "").replace("\n", "\n          ")
        needs = f"  (needs {', '.join(map(str, verdict.needs))})" if verdict.needs else ""
        return f"  ours:   {form or 'accepted'}{needs}"

    def _theirs(self) -> str:
        answer = self.answer
        shown = plain(answer.words) if not answer.is_accepted else "\n          ".join(answer.rules) or "accepted"
        return f"  {self.variant + ':':7} {shown}"


def is_the_kernels(verdict: Verdict) -> bool:
    """Whether it is the kernel that would refuse the command, if anything does: iptables asks it last."""
    refusal = verdict.refusal
    return refusal is None or (refusal.quote is not None and refusal.quote.speaker == "kernel")


def quoted(verdict: Verdict) -> str:
    """What we say that iptables says."""
    refusal = verdict.refusal
    assert refusal is not None
    return refusal.quote.words if refusal.quote is not None else ""


def plain(words: str) -> str:
    """Words with one blank between each two."""
    return " ".join(words.split())
