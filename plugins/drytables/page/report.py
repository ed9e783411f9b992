"""What is known of a page once it was checked: a Report of Snippets of Checked commands. Data, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ..diagnostics.diagnostic import Diagnostic, first_error
from ..diagnostics.source import Source
from ..grammar.history.releases import Release
from ..judging.verdict import Outcome, Verdict
from ..reading.fence import Fence
from ..reading.need import Need
from ..reading.word import Command

#: What became of a command: `open` when something in it is not known, `unchecked` when the author says why it is not
#: judged.
Status = Literal["accepted", "refused", "open", "unchecked"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One command of a text and what is known of it.

    `verdict` is that of the release its fence is marked with, or of the newest, on the command by itself; `today` that
    of the newest when it is another one. `status` and `findings` also take in what the page around it makes of it. A
    finding with the code `expected`, which the fence's mark names, is no fault. `refused_since` is the first release
    after the marked one that refuses the command. `needs` is what must be there for it, without what the post makes
    before.
    """

    command: Command
    status: Status
    verdict: Verdict
    findings: tuple[Diagnostic, ...] = ()
    expected: str | None = None
    needs: tuple[Need, ...] = ()
    today: Verdict | None = None
    refused_since: Release | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, but for what the fence's mark says is meant."""
        return tuple(each for each in self.findings if each.code != self.expected)

    @property
    def refusal(self) -> Diagnostic | None:
        """The first reason why the command is refused, if it is."""
        return first_error(self.findings) or (self.verdict.refusal if self.status == "refused" else None)

    @property
    def outcome(self) -> Outcome:
        """What became of the command, also where its author does not want it judged."""
        return self.verdict.status if self.status == "unchecked" else self.status

    def with_findings(self, findings: Iterable[Diagnostic]) -> Checked:
        """The command with more found out about it: one error is enough to refuse it."""
        found = tuple(findings)
        status = "refused" if first_error(found) else self.status
        return replace(self, findings=(*self.findings, *found), status=status)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fence with its commands, and what its marks say: the `release` it was written for, why it is `unchecked`,
    with which code it is meant to be `refused`.

    `correction` is the same fence with the certain cures made, where the newest release then accepts all of it.
    """

    fence: Fence
    commands: tuple[Checked, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    release: Release | None = None
    unchecked: str | None = None
    refused: str | None = None
    correction: Snippet | None = field(default=None, repr=False)

    @property
    def repaired(self) -> str | None:
        """The text of the correction, if there is one."""
        return self.correction.fence.code.text if self.correction is not None else None


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a source: its snippets, and the diagnostics that belong to no snippet."""

    source: Source
    snippets: tuple[Snippet, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def commands(self) -> Iterator[Checked]:
        """Every command, in order."""
        for snippet in self.snippets:
            yield from snippet.commands

    def with_diagnostic(self, diagnostic: Diagnostic) -> Report:
        """The report with one more thing that is wrong with the source."""
        return replace(self, diagnostics=(*self.diagnostics, diagnostic))

    def all_diagnostics(self) -> list[Diagnostic]:
        """Everything found, in the order of the text."""
        found = list(self.diagnostics)
        for snippet in self.snippets:
            found += snippet.diagnostics
            for checked in snippet.commands:
                found += checked.diagnostics
        return sorted(found, key=lambda each: (each.span.start, each.severity != "error"))

    @property
    def is_refused(self) -> bool:
        """Whether the build must fail for it."""
        return any(each.severity == "error" for each in self.all_diagnostics())
