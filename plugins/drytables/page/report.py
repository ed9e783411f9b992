"""The result of checking a page: a Report of Snippets of Checked commands. Data, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ..diagnostics.diagnostic import Diagnostic, first_error, in_order
from ..diagnostics.source import Source
from ..grammar.history.releases import Release
from ..judging.verdict import Outcome, Verdict
from ..reading.fence import Fence
from ..reading.need import Need
from ..reading.word import Command

#: The result for a command: `open` when something in it is not known, `unchecked` when the author says why it is not
#: to be judged.
Status = Literal["accepted", "refused", "open", "unchecked"]

#: Why a finding is not reported: a comment on the page, a code that is off, or an entry in the baseline.
Why = Literal["ignored", "switched off", "known"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One command of a text, and the result of checking it.

    `verdict` is that of the release its fence is marked with, or else of the newest, on the command by itself; `today`
    is that of the newest when the two differ. `status` and `findings` also take the rest of the page into account. A
    finding with the code `expected`, which the fence's mark names, is not a fault. `refused_since` is the first release
    after the marked one that refuses the command. `needs` is what must exist for it, without what the post creates
    earlier.
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
        """The findings, without those that the fence's mark expects."""
        return tuple(each for each in self.findings if each.code != self.expected)

    @property
    def refusal(self) -> Diagnostic | None:
        """The first reason why the command is refused, if it is."""
        return first_error(self.findings) or (self.verdict.refusal if self.status == "refused" else None)

    @property
    def outcome(self) -> Outcome:
        """The result for the command, also where its author does not want it judged."""
        return self.verdict.status if self.status == "unchecked" else self.status

    def with_findings(self, findings: Iterable[Diagnostic]) -> Checked:
        """The command with more findings: one error is enough to refuse it."""
        added = tuple(findings)
        status = "refused" if first_error(added) else self.status
        return replace(self, findings=(*self.findings, *added), status=status)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fence with its commands, and what its marks say: the `release` it was written for, why it is `unchecked`,
    with which code it is to be `refused`.

    `correction` is the same fence with the certain fixes applied, if the newest release then accepts all of it.
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
    """The result of checking a source: its snippets, and the diagnostics that belong to no snippet.

    `inline` are the commands within sentences; what is wrong with them is among the diagnostics. `untold` are findings
    that are not to be reported, with the reason; they are nowhere else in here.
    """

    source: Source
    snippets: tuple[Snippet, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    untold: tuple[tuple[Why, Diagnostic], ...] = ()
    inline: tuple[Checked, ...] = ()

    def commands(self) -> Iterator[Checked]:
        """Every command, in order."""
        for snippet in self.snippets:
            yield from snippet.commands

    def with_diagnostic(self, diagnostic: Diagnostic) -> Report:
        """The report with one more diagnostic of the source."""
        return replace(self, diagnostics=(*self.diagnostics, diagnostic))

    def all_diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, in the order of the text."""
        diagnostics = list(self.diagnostics)
        for snippet in self.snippets:
            diagnostics += snippet.diagnostics
            for checked in snippet.commands:
                diagnostics += checked.diagnostics
        return [*in_order(diagnostics)]

    @property
    def is_refused(self) -> bool:
        """Whether the build must fail because of it."""
        return any(each.severity == "error" for each in self.all_diagnostics())
