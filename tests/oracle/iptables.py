"""Asks the real iptables about one command, and says where its answer differs from ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.grammar.builtin import CHAINS, LONGEST_NAME, TABLES, VERDICTS
from drytables.judging.kernel import named_in_values
from drytables.judging.verdict import Verdict, judge
from drytables.reading.line import read_line
from drytables.telling.canonical import canonical

from .known import unknowable

Variant = Literal["legacy", "nft"]

#: No more rules than these are made to stand before the one of a number.
_MOST_RULES = 50

#: What a rule that must be there beforehand looks like: no generated command has this address.
_STANDING = "-s 198.51.100.77/32"


def missing() -> str:
    """What this machine lacks for asking; empty when nothing."""
    tools = (
        "unshare",
        "ipset",
        *(f"{name}-{kind}" for name in ("iptables", "ip6tables") for kind in ("legacy", "nft")),
    )
    absent = [tool for tool in tools if not shutil.which(tool)]
    if absent:
        return f"{absent[0]} (install iptables, ipset and util-linux)"
    if os.geteuid() != 0:
        return "the right to make network namespaces (run the tests as root)"
    return ""


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
class Beforehand:
    """What must be there for a command to go through.

    `first` is a command to run before it, `cannot` a need that cannot be met here.
    """

    chains: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    cannot: str = ""


class Oracle:
    """One helper process in a network namespace of its own."""

    def __init__(self) -> None:
        helper = Path(__file__).with_name("namespace.py")
        environment = {**os.environ, "OUTER_NAMESPACE": str(Path("/proc/self/ns/net").readlink())}
        self.process = subprocess.Popen(
            ["unshare", "--net", "--mount", sys.executable, str(helper)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
        )

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the helper."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()

    def ask(self, variant: Variant, words: list[str], table: str, before: Beforehand) -> Answer:
        """Run one command in tables that hold nothing but what is needed beforehand."""
        assert self.process.stdin is not None and self.process.stdout is not None
        request = {
            "variant": variant,
            "words": words,
            "table": table,
            "chains": before.chains,
            "rules": before.rules,
            "sets": before.sets,
            "first": before.first,
        }
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return Answer(**json.loads(self.process.stdout.readline()))

    def difference(self, line: str, variant: Variant) -> str | None:
        """Where iptables and drytables differ on one command line; None where they agree or it cannot be known."""
        command = read_line(Source("-", line))
        if isinstance(command, Diagnostic):
            return None
        verdict = judge(command)
        before = _beforehand(verdict)
        if verdict.status == "open" or before.cannot:
            return None
        answer = self.ask(variant, [word.text for word in command.words], verdict.rule.table, before)
        found = _compare(verdict, answer, variant)
        if found is None or unknowable(line, answer.words, found, variant):
            return None
        return f"{found}\n  {line}\n{_ours(verdict)}\n{_theirs(answer, variant)}"


def _beforehand(verdict: Verdict) -> Beforehand:
    """What is put there before a command: what it needs, and for a refused one what would let it come that far."""
    if verdict.status == "refused":
        return _for_a_refusal(verdict)
    before = Beforehand()
    for need in verdict.needs:
        kind, _, name = need.partition(" ")
        if kind == "chain":
            before.chains.append(name)
        elif kind == "ipset":
            before.sets.append(name)
        elif kind == "rule" and int(name.partition(" ")[0]) <= _MOST_RULES:
            number, _, chain = name.partition(" in ")
            before.rules += [f"-A {chain} {_standing(verdict)}"] * int(number)
        elif need.startswith("this rule in "):
            before.first = _appending(verdict)
        else:
            before.cannot = need
    return before


def _appending(verdict: Verdict) -> list[str]:
    """The command that appends the rule which a command looks for."""
    words = [word.text for word in verdict.command.words]
    verb = verdict.rule.command_word
    assert verb is not None
    at = verdict.command.words.index(verb)
    words[at] = "--append" + verb.text.partition("=")[1] + verb.text.partition("=")[2]
    if not verb.text.startswith("--"):
        words[at] = re.sub("[DC]", "A", verb.text, count=1)
    return words


def _for_a_refusal(verdict: Verdict) -> Beforehand:
    rule, before = verdict.rule, Beforehand()
    assert verdict.refusal is not None
    before.sets += [need.partition(" ")[2] for need in named_in_values(rule) if need.startswith("ipset ")]
    code = verdict.refusal.code
    if code in ("bad-chain-name", "unknown-table") or rule.table not in TABLES:
        return before
    if rule.chain is not None and rule.command != "new-chain" and code != "unknown-chain":
        before.chains.append(rule.chain.text)
        if isinstance(rule.number, int) and rule.number <= _MOST_RULES:
            before.rules += [f"-A {rule.chain.text} {_standing(verdict)}"] * rule.number
    is_chain = rule.jump is not None and rule.target is None and rule.jump.text not in VERDICTS
    if is_chain and code not in ("unknown-target", "goto-no-chain"):
        assert rule.jump is not None
        before.chains.append(rule.jump.text)
    known = [chain for chain in before.chains if _fits_a_chain(chain) and chain not in CHAINS]
    before.chains = list(dict.fromkeys(known))
    if rule.chain is not None and rule.chain.text not in (*before.chains, *TABLES[rule.table]):
        before.rules = []
    return before


def _fits_a_chain(name: str) -> bool:
    """Whether iptables-restore can make a chain of this name."""
    return 0 < len(name) <= LONGEST_NAME and name[0] not in "-!" and not any(map(str.isspace, name))


def _standing(verdict: Verdict) -> str:
    return _STANDING if verdict.rule.family == "ipv4" else "-s 2001:db8::77/128"


def _compare(verdict: Verdict, answer: Answer, variant: Variant) -> str | None:
    """The difference between a verdict and an answer, in a few words."""
    refused = verdict.status == "refused"
    if refused is answer.is_accepted:
        return "iptables accepts it" if refused else "iptables refuses it"
    if refused:
        said = _quoted(verdict)
        if variant == "legacy" and said and _plain(said) not in _plain(answer.words):
            return "iptables says something else"
        return None
    ours = canonical(verdict.rule)
    if ours is None:
        return None
    theirs = [rule for rule in answer.rules if _standing(verdict) not in rule]
    if sorted(ours.split("\n")) != sorted(theirs):
        return "iptables prints it in another form"
    return None


def _quoted(verdict: Verdict) -> str:
    """What we say that iptables says."""
    refusal = verdict.refusal
    assert refusal is not None
    for note in refusal.notes:
        for mark in ("iptables says: ", "later say: "):
            if mark in note:
                return note.partition(mark)[2]
    return ""


def _plain(words: str) -> str:
    return " ".join(words.split())


def _ours(verdict: Verdict) -> str:
    if verdict.refusal is not None:
        return f"  ours:   {verdict.refusal.code}: {verdict.refusal.message} [{_quoted(verdict)}]"
    form = (canonical(verdict.rule) or "").replace("\n", "\n          ")
    return f"  ours:   {form or 'accepted'}" + (f"  (needs {', '.join(verdict.needs)})" if verdict.needs else "")


def _theirs(answer: Answer, variant: Variant) -> str:
    shown = _plain(answer.words) if not answer.is_accepted else "\n          ".join(answer.rules) or "accepted"
    return f"  {variant + ':':7} {shown}"
