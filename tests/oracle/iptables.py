"""Asks the real iptables about one command, and says where its answer differs from ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.grammar.builtin import CHAINS, LONGEST_NAME, STANDARD_TARGETS, TABLES
from drytables.grammar.history.releases import NEWEST, Release
from drytables.grammar.rule import Rule
from drytables.grammar.values.base import Family
from drytables.grammar.values.ipset_directions import LONGEST_NAME as LONGEST_SET
from drytables.grammar.values.ipset_directions import SetAndDirections
from drytables.judging.chain_names import is_target
from drytables.judging.needs import named_in_values
from drytables.judging.verdict import Verdict, judge
from drytables.meaning.canonical import canonical
from drytables.reading.shell.line import read_line

from .difference import Answer, Difference, Variant, is_the_kernels, plain, quoted
from .instead import commands_instead, without_glued_values
from .known import is_known, printed_by

#: No more rules than these are made to stand before the one of a number.
_MOST_RULES = 50

#: What a rule that must be there beforehand looks like: no generated command has this address.
_STANDING = "-s 198.51.100.77/32"

#: A rule that makes a rate estimator, for the match that needs one of this name.
_MEASURING = "-j RATEEST --rateest-interval 250ms --rateest-ewmalog 500ms --rateest-name"
_MEASURED = "MEASURED"

#: So many things at once are explained in one command, and no more.
_MOST_EXPLANATIONS = 5


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


@cache
def machines_release() -> Release:
    """The release of this machine's iptables; the newest known where it is none that is known."""
    said = subprocess.run(["iptables-legacy", "-V"], capture_output=True, encoding="utf-8", check=True).stdout
    found = re.search(r"v(\d[\d.]*)", said)
    try:
        return Release(found[1] if found else NEWEST)
    except ValueError:
        return Release(NEWEST)


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

    def difference(self, line: str, variant: Variant) -> Difference | None:
        """Where iptables and drytables differ on one command line; None where they agree or it is explained."""
        return self._unexplained(line, variant, Release(NEWEST), _MOST_EXPLANATIONS)

    def _unexplained(self, line: str, variant: Variant, release: Release, patience: int) -> Difference | None:
        """A difference that neither this machine's release explains, nor what is known, nor a command like it.

        What differs between releases is only explained where we know it: judged as this machine's release, the
        command must come out as it does here. What differs for another reason must agree without that reason.
        """
        found = self.compared(line, variant, release)
        if found is None or is_known(found):
            return None
        if not patience:
            return found
        here = machines_release()
        # A glued value is lost here, whatever else a command holds: it is judged without one below.
        if release != here and not without_glued_values(found) and not self._unexplained(line, variant, here, patience):
            return None
        for other in commands_instead(found):
            if other != line and not self._unexplained(other, variant, release, patience - 1):
                return None
        return found

    def compared(self, line: str, variant: Variant, release: Release) -> Difference | None:
        """Where iptables and a command's verdict as of a release differ, explained or not."""
        command = read_line(Source("-", line))
        if isinstance(command, Diagnostic):
            return None
        verdict = judge(command, release)
        before = _beforehand(verdict)
        if verdict.status == "open" or before.cannot:
            return None
        answer = self.ask(variant, [word.text for word in command.words], verdict.rule.table, before)
        found = _compare(verdict, answer, variant)
        return Difference(line, variant, verdict, answer, found) if found else None


def _beforehand(verdict: Verdict) -> Beforehand:
    """What is put there before a command: what it needs, and for a refused one what would let it come that far."""
    if verdict.status == "refused":
        return _for_a_refusal(verdict)
    before = Beforehand(sets=[name for name in _sets(verdict.rule) if _fits_a_set(name)])
    for need in verdict.needs:
        if need.kind == "chain":
            before.chains.append(need.name)
        elif need.kind == "ipset":
            before.cannot = before.cannot or ("" if _fits_a_set(need.name) else str(need))
        elif need.kind == "rate estimator" and _is_plain(need.name):
            _measure(verdict, need.name, before)
        elif need.kind == "rule" and need.number <= _MOST_RULES:
            before.rules += [f"-A {need.name} {_standing(verdict)}"] * need.number
        elif need.kind == "this rule":
            before.first = _appending(verdict)
        else:
            before.cannot = str(need)
    return before


def _is_plain(name: str) -> bool:
    return bool(name) and name.isprintable() and not set(name) & set(" \"'\\")


def _measure(verdict: Verdict, name: str, before: Beforehand) -> None:
    """Make a rate estimator beforehand, in a chain of its own."""
    if _MEASURED not in before.chains:
        before.chains.append(_MEASURED)
    before.rules.append(f"-A {_MEASURED} {_standing(verdict)} {_MEASURING} {name}")


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
    before.sets += [name for name in _sets(rule) if _fits_a_set(name)]
    code = verdict.refusal.code
    if code in ("bad-chain-name", "unknown-table") or rule.table not in TABLES:
        return before
    if rule.chain is not None and rule.command != "new-chain" and code != "unknown-chain":
        before.chains.append(rule.chain.text)
        if isinstance(rule.number, int) and rule.number <= _MOST_RULES:
            before.rules += [f"-A {rule.chain.text} {_standing(verdict)}"] * rule.number
        elif rule.number is not None and is_the_kernels(verdict):
            before.cannot = "so many rules"
    is_chain = rule.jump is not None and rule.target is None and rule.jump.text not in STANDARD_TARGETS
    if is_chain and code not in ("unknown-target", "goto-no-chain"):
        assert rule.jump is not None
        before.chains.append(rule.jump.text)
    for need in named_in_values(rule):
        if need.kind == "rate estimator" and _is_plain(need.name):
            _measure(verdict, need.name, before)
    before.chains = list(dict.fromkeys(name for name in before.chains if _fits_a_chain(name, rule.family)))
    if rule.chain is not None and rule.chain.text not in (*before.chains, *TABLES[rule.table]):
        before.rules = []
    return before


def _sets(rule: Rule) -> Iterator[str]:
    """The sets that a rule names, also where what is to be looked up in them is bad."""
    for use in rule.uses():
        for settings in use.settings.values():
            for setting in settings:
                if isinstance(setting.option.value, SetAndDirections) and len(setting.words) > 1:
                    yield setting.words[1].text


def _fits_a_set(name: str) -> bool:
    """Whether ipset can make a set of this name."""
    return 0 < len(name) <= LONGEST_SET and name[0] not in "-!"


def _fits_a_chain(name: str, family: Family) -> bool:
    """Whether iptables-restore can make a chain of this name."""
    is_taken = name in CHAINS or is_target(name, family, machines_release())
    is_short = 0 < len(name.encode(errors="surrogateescape")) <= LONGEST_NAME
    return is_short and name[0] not in "-!" and not any(map(str.isspace, name)) and not is_taken


def _standing(verdict: Verdict) -> str:
    return _STANDING if verdict.rule.family == "ipv4" else "-s 2001:db8::77/128"


def _compare(verdict: Verdict, answer: Answer, variant: Variant) -> str | None:
    """The difference between a verdict and an answer, in a few words."""
    refused = verdict.status == "refused"
    if refused is answer.is_accepted:
        return "iptables accepts it" if refused else "iptables refuses it"
    if refused:
        said = quoted(verdict)
        if variant == "legacy" and said and plain(said) not in plain(answer.words):
            return "iptables says something else"
        return None
    ours = canonical(verdict.rule)
    if ours is None:
        return None
    theirs = sorted(rule for rule in answer.rules if _standing(verdict) not in rule)
    forms = (ours, printed_by(machines_release(), variant, ours))
    if all(sorted(form.split("\n")) != theirs for form in forms):
        return "iptables prints it in another form"
    return None
