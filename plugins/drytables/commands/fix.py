"""`drytables fix`: makes the repairs that are certain, and no others."""

from __future__ import annotations

import difflib
import sys
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import accumulate

from ..configuration.judged import judged
from ..configuration.settings import Settings
from ..diagnostics.codes.page import UNSEEN_FENCE
from ..diagnostics.diagnostic import Diagnostic, Edit, apply
from ..diagnostics.source import Source
from ..page.report import Report
from ..reading.pattern import pattern
from .dialects import dialect_by_settings, markup_of
from .files import (
    STDIN,
    Content,
    Unreadable,
    may_concern_us,
    read,
    shown,
    write,
)
from .jobs import Job, Wanted, jobs_of
from .progress import Progress
from .workers import on_all_processors

#: A repair may reveal the next fault; this is how many times repairs are looked for.
_ROUNDS = 50
#: A line with its end; only a line feed is one.
_LINE = pattern(r"[^\n]*\n|[^\n]+")
#: The line of a diff that says which lines follow.
_HUNK = pattern(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@\n")


@dataclass(slots=True)
class Repair:
    """One repair that was made: the code of its fault, why it was made, and where: a line and column of the text as it
    was at that time, and an offset in the text as it is now.
    """

    code: str
    reason: str
    position: tuple[int, int]
    at: int


@dataclass(slots=True)
class Repaired:
    """A file before and after its repair: the repairs in the order in which they were made, and how many errors are
    left.
    """

    name: str
    before: Content = field(default_factory=lambda: Content(""))
    after: str = ""
    mended: list[Repair] = field(default_factory=list)
    left: int = 0
    trouble: str = ""


def fix_files(wanted: Wanted, *, is_only_shown: bool) -> tuple[bool, bool]:
    """Repair files, or print how they would be repaired; returns whether anything is still wrong, and whether all files
    could be read and written. Raises Unusable for a configuration with faults, and then nothing is repaired.
    """
    plan = jobs_of(wanted)
    troubles = [*plan.troubles]
    mended = left = 0
    with Progress(len(plan.jobs), "repairing") as progress:
        for repaired in on_all_processors(_repair_file, plan.jobs, _dismissed):
            progress.step()
            if repaired.trouble:
                troubles.append(repaired.trouble)
                continue
            try:
                if repaired.after != repaired.before.text or repaired.name == STDIN:
                    progress.wipe()
                    _put(repaired, is_only_shown)
            except Unreadable as error:
                troubles.append(str(error))
                continue
            mended += len(repaired.mended)
            left += repaired.left
    for trouble in troubles:
        print(f"drytables: {trouble}", file=sys.stderr)
    done = "to repair" if is_only_shown else "repaired"
    print(f"{_findings(mended)} {done}, {left} left" + (" (see `drytables check`)" if left else ""), file=sys.stderr)
    return bool(left or (is_only_shown and mended)), not troubles


def _put(repaired: Repaired, is_only_shown: bool) -> None:
    """Print or write one file."""
    if is_only_shown:
        print(_diff(repaired), end="")
        return
    if repaired.name == STDIN:
        sys.stdout.buffer.write(Content(repaired.after, repaired.before.has_mark).data)
    else:
        write(repaired.name, Content(repaired.after, repaired.before.has_mark))
    name = "<stdin>" if repaired.name == STDIN else repaired.name
    for each in repaired.mended:
        line, column = each.position
        told = f"{name}:{line}:{column}: repaired[{each.code}]: {each.reason}"
        print(told, file=sys.stderr if repaired.name == STDIN else sys.stdout)


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def _dismissed(job: Job) -> Repaired | None:
    """What becomes of a file with nothing to judge; None for one that has to be checked."""
    return None if may_concern_us(job.name) else Repaired(job.name)


def _repair_file(job: Job) -> Repaired:
    """Repair one file, in whatever process."""
    name, settings = job.name, job.settings
    try:
        content = read(name)
        source = Source("<stdin>" if name == STDIN else name, content.text)
        settings = replace(settings, markdown=markup_of(name, content.text, settings.markdown))
        after, mended, left = repair(source, settings, spared(name, job.settings))
        return Repaired(name, content, after, mended, left)
    except Unreadable as trouble:
        return Repaired(name, trouble=str(trouble))
    except Exception as error:  # a bug of ours in one file must not keep the others from being repaired
        return Repaired(
            name, trouble=f"{shown(name)}: repairing failed because of a bug: {type(error).__name__}: {error}"
        )


def spared(name: str, settings: Settings) -> frozenset[str]:
    """The codes that are not repaired in a file: what is wrong with a fence depends on which Markdown reads it, so the
    dialect must have been named.
    """
    return frozenset() if settings.markdown or dialect_by_settings(name) else frozenset({UNSEEN_FENCE})


def repair(source: Source, settings: Settings, spared: frozenset[str] = frozenset()) -> tuple[str, list[Repair], int]:
    """The text with the certain repairs made, the repairs, and how many errors are left.

    `settings` say what a fault is; `spared` are the codes of what is one and is not to be repaired.

    A repair is kept only if its fault is gone, and no new one appears elsewhere. New ones may appear in its own
    command, since iptables stops reading at some faults.
    """
    work = _Repairs(judged(source, settings), settings)
    for _ in range(_ROUNDS):
        before = len(work.mended)
        work.make(repairable(work.report, spared))
        if len(work.mended) == before:
            break
    return work.report.source.text, work.mended, sum(each.severity == "error" for each in _faults(work.report))


def repairable(report: Report, spared: frozenset[str]) -> list[Diagnostic]:
    """The faults of a report that `repair` tries to fix, in the order of the text."""
    return [fault for fault in _faults(report) if fault.edits and fault.code not in spared]


def is_repaired_by_its_edits(fault: Diagnostic, report: Report, settings: Settings) -> bool:
    """Whether the edits of one fault of a report remove it and do no harm, so that `repair` would keep them."""
    return _Repairs(report, settings).is_kept([fault])


@dataclass(slots=True)
class _Repairs:
    """A text while it is repaired: the report on it as it is now, and the repairs that were kept."""

    report: Report
    settings: Settings
    mended: list[Repair] = field(default_factory=list)

    def make(self, faults: list[Diagnostic]) -> None:
        """Make the repairs of some faults, which are in the order of the text.

        All are tried at once, and kept if that leaves nothing to ask about; if not, each half is tried by itself.
        """
        if not faults or self.is_kept(faults):
            return
        if len(faults) > 1:
            half = len(faults) // 2
            # From the end of the text backwards, so that the places of earlier faults stay valid.
            self.make(faults[half:])
            left = set(_faults(self.report))
            self.make([fault for fault in faults[:half] if fault in left])

    def is_kept(self, faults: list[Diagnostic]) -> bool:
        """Whether some repairs did what they are for and no harm, so that they are kept."""
        source = self.report.source
        edits = tuple(dict.fromkeys(edit for fault in faults for edit in fault.edits))
        tried = judged(Source(source.path, apply(edits, source.text)), self.settings)
        if len(faults) == 1:
            is_kept = _is_better(self.report, tried, faults[0])
        else:
            is_kept = _are_gone(self.report, tried, faults, edits)
        if not is_kept:
            return False
        made = [
            Repair(
                fault.code, fault.help or fault.message, source.position(fault.span.start), fault.edits[0].span.start
            )
            for fault in reversed(faults)
        ]
        self.mended += made
        for each in self.mended:
            each.at += sum(_growth(edit) for edit in edits if edit.span.end <= each.at and edit.span.start < each.at)
        self.report = tried
        return True


def _are_gone(before: Report, after: Report, faults: list[Diagnostic], edits: tuple[Edit, ...]) -> bool:
    """Whether several repairs removed their faults, and no others came.

    There is no telling which repair caused a new fault, so none is allowed, not even in their own commands.
    """
    growth = sorted((edit.span.end, _growth(edit)) for edit in edits)
    grown, at, places = 0, 0, {(each.code, each.span.start) for each in _faults(after)}
    for fault in faults:
        while at < len(growth) and growth[at][0] <= fault.span.start:
            grown, at = grown + growth[at][1], at + 1
        if (fault.code, fault.span.start + grown) in places:
            return False
    expected = Counter(each.code for each in _faults(before)) - Counter(fault.code for fault in faults)
    return Counter(each.code for each in _faults(after)) <= expected


def _growth(edit: Edit) -> int:
    """How many characters longer an edit makes a text."""
    return len(edit.replacement) - (edit.span.end - edit.span.start)


def _is_better(before: Report, after: Report, fault: Diagnostic) -> bool:
    """Whether a repair removed its fault and did no harm."""
    places = {(each.code, each.span.start) for each in _faults(after)}
    commands = (checked.command.span for checked in before.commands())
    own = next((span for span in commands if span.start <= fault.span.start <= span.end), fault.span)
    grown = len(after.source.text) - len(before.source.text)
    elsewhere = [
        sum(each.severity == "error" and not own.start <= each.span.start <= own.end + more for each in _faults(report))
        for report, more in ((before, 0), (after, grown))
    ]
    return (fault.code, fault.span.start) not in places and elsewhere[1] <= elsewhere[0]


def _faults(report: Report) -> list[Diagnostic]:
    return [each for each in report.all_diagnostics() if each.severity != "note"]


def _diff(repaired: Repaired) -> str:
    """A unified diff, as `patch` reads it, with the reasons for each hunk after its line numbers."""
    before, after = _LINE.findall(repaired.before.text), _LINE.findall(repaired.after)
    name = repaired.name if repaired.name != STDIN else "stdin"
    rows = difflib.unified_diff(before, after, f"a/{name.lstrip('/')}", f"b/{name.lstrip('/')}")
    starts = [0, *accumulate(map(len, after))]
    mended = sorted(repaired.mended, key=lambda each: each.at)
    reasons = [(bisect_right(starts, each.at), f"{each.code}: {each.reason}") for each in mended]
    return "".join(_row(row, reasons) for row in rows)


def _row(row: str, reasons: list[tuple[int, str]]) -> str:
    """A row of a diff; `reasons` are those for the repairs, with the number of the line that each is in."""
    hunk = _HUNK.fullmatch(row)
    if hunk is not None:
        first, count = int(hunk["first"]), int(hunk["count"] or 1)
        told = dict.fromkeys(reason for line, reason in reasons if first <= line <= first + max(count - 1, 0))
        return " ".join([row.rstrip(), *"; ".join(told).split()]) + "\n"
    return row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n"
