"""Whether the evidence beside a page still applies to the page as it is now: what may be shown, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drytables.commands.dialects import markup_of
from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Label, Severity
from drytables.diagnostics.source import Source, Span
from drytables.grammar.history.releases import Release
from drytables.pelican_plugin.further_checks import Found

from .backends import FEWER_RULES, NFTABLES, NoTranslation
from .beside import Beside, evidence_file, experiments_file, text_in
from .codes import BAD_EVIDENCE, FALSE_CLAIM, OLD_EVIDENCE, STALE_EVIDENCE, UNTRIED_EXPERIMENT
from .evidence import Evidence, Unreadable, digest_of, read_evidence
from .experiment import Experiment
from .planning import Unplannable, plan_of
from .reading import read_experiments
from .snippets import NoSuchSnippet, PageSnippet, page_snippets, used_snippets

_TRY = "run `make prove`, and commit what it writes"


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence that speaks of a page as it is, and the indices in the page's report of the snippets that were tried."""

    evidence: Evidence
    snippets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """When an experiment was tried, and where it is: to tell when that is long ago."""

    tried: date
    title: str
    path: str
    text: str
    span: Span

    def found_old(self, today: date, most_days: int) -> Found | None:
        """What is to be said if it was tried more than so many days ago."""
        age = (today - self.tried).days
        if age <= most_days:
            return None
        message = f"`{self.title}` was tried {age:,} days ago, and PROOF_BEST_BEFORE is {most_days:,}"
        return _found(Path(self.path), self.text, OLD_EVIDENCE, message, self.span, is_warning=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether evidence applies to its page: what may be shown, what is wrong, and how old it is."""

    shown: tuple[Shown, ...] = ()
    faults: tuple[Found, ...] = ()
    dated: tuple[Dated, ...] = ()


def standing_of(page: Path, beside: Beside, newest: Release, *, is_draft: bool = False) -> Standing:
    """How what is beside a page stands to it, of which there is something.

    `newest` is the release that its commands are judged as. What a draft still lacks is a warning.
    """
    experiments, evidence = beside
    if experiments is None:
        return Standing(faults=(_without_experiments(page, evidence or ""),))
    source = Source(str(experiments_file(page)), experiments)
    read = read_experiments(source)
    faults = [Found(source.path, experiments, each) for each in read if isinstance(each, Diagnostic)]
    if faults:
        return Standing(faults=tuple(faults))
    try:
        known = {each.title: each for each in read_evidence(evidence or "")} if evidence is not None else {}
    except Unreadable as error:
        fault = _found(evidence_file(page), evidence or "", BAD_EVIDENCE, f"this {error}", Span(0, 0))
        return Standing(faults=(fault,))
    text = text_in(page) or ""
    snippets = page_snippets(Source(str(page), text), newest, markup_of(str(page), text, None))
    right = [each for each in read if isinstance(each, Experiment)]
    return _held([_Held(each, known.get(each.title), snippets, source, is_draft) for each in right])


def _held(all_held: Sequence[_Held]) -> Standing:
    faults = [fault for held in all_held for fault in held.faults()]
    shown = [each for held in all_held for each in held.shown()]
    return Standing(tuple(shown), tuple(faults), tuple(each for held in all_held for each in held.dated()))


@dataclass(frozen=True, slots=True)
class _Held:
    """One experiment held against its evidence."""

    experiment: Experiment
    evidence: Evidence | None
    snippets: Sequence[PageSnippet]
    source: Source
    is_draft: bool

    def faults(self) -> Iterator[Found]:
        """What is wrong."""
        title = self.experiment.title
        try:
            digest = digest_of(self.experiment, self.snippets)
        except NoSuchSnippet as error:
            yield Found(self.source.path, self.source.text, error.diagnostic)
            return
        if self.evidence is None:
            yield self._fault(UNTRIED_EXPERIMENT, f"`{title}` has not been tried", self.is_draft)
        elif self.evidence.digest != digest:
            what = f"`{title}`, or a command that it tries, has changed since it was tried on {self.evidence.date}"
            yield self._fault(STALE_EVIDENCE, what, self.is_draft)
        elif not self._was_tried_as_shown():
            what = f"the page shows other commands of nftables than `{title}` was tried with on {self.evidence.date}"
            yield self._fault(STALE_EVIDENCE, what, self.is_draft)
        elif not all(run.holds for run in self.evidence.runs):
            yield self._fault(FALSE_CLAIM, f"`{title}` did not do what is expected: {self._seen()}")

    def _was_tried_as_shown(self) -> bool:
        """Whether what was run in nftables is what the page says that the commands are there."""
        assert self.evidence is not None
        backends = {backend.name: backend for backend in (NFTABLES, FEWER_RULES)}
        for run in self.evidence.runs:
            if run.is_of_iptables:
                continue
            try:
                planned = plan_of(self.experiment, self.snippets, backends[run.backend])["commands"]
            except (NoTranslation, Unplannable):
                return False
            if [each.command for each in run.commands] != [each["shown"] for each in planned]:
                return False
        return True

    def shown(self) -> Iterator[Shown]:
        """What may be shown."""
        if self.evidence is not None and not [*self.faults()]:
            used = used_snippets(self.experiment, self.snippets)
            yield Shown(self.evidence, tuple(sorted({snippet.index for _, snippet in used})))

    def dated(self) -> Iterator[Dated]:
        """When it was tried, if that can be shown."""
        for each in self.shown():
            place = (self.source.path, self.source.text, self.experiment.span)
            yield Dated(each.evidence.date, each.evidence.title, *place)

    def _seen(self) -> str:
        """What was seen in the place of what was expected."""
        assert self.evidence is not None
        every = [judgement for run in self.evidence.runs for traffic in run.traffic for judgement in traffic.judgements]
        every += [run.refusal for run in self.evidence.runs if run.refusal is not None]
        false = next(each for each in every if not each.holds)
        return f"expected was {false.expected}, and seen {false.seen}"

    def _fault(self, code: Code, message: str, is_warning: bool = False) -> Found:
        path = Path(self.source.path)
        return _found(path, self.source.text, code, message, self.experiment.span, is_warning=is_warning)


def _without_experiments(page: Path, evidence: str) -> Found:
    name = experiments_file(page).name
    message = f"there is no {name} that this could be the evidence of"
    help = f"remove it, or bring {name} back"
    return _found(evidence_file(page), evidence, STALE_EVIDENCE, message, Span(0, 0), help)


def _found(
    path: Path, text: str, code: Code, message: str, span: Span, help: str = _TRY, *, is_warning: bool = False
) -> Found:
    severity: Severity = "warning" if is_warning else "error"
    return Found(str(path), text, Diagnostic(code, message, Label(span), help=help, severity=severity))
