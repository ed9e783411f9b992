"""`make prove`: tries the experiments of pages, tells what came of them, and writes the evidence beside the pages."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from drytables.commands.dialects import markup_of
from drytables.commands.files import PAGES, Unreadable, read
from drytables.commands.terminal import has_color
from drytables.diagnostics.diagnostic import Diagnostic, in_order
from drytables.diagnostics.source import Source
from drytables.formats.terminal import text
from drytables.grammar.history.releases import Release
from press import progress

from . import evidence
from .backends import BACKENDS, Backend
from .beside import ENDING, evidence_file
from .evidence import NOT_TRIED, Evidence, kept_or_new, read_evidence, remove_leftovers, write_evidence
from .experiment import Experiment
from .laboratory import LabEnded, Laboratory
from .planning import Unplannable
from .reading import read_experiments
from .snippets import NoSuchSnippet, PageSnippet, page_snippets
from .trying import CannotTry, Tried, try_experiment


class CannotProve(Exception):
    """Nothing could be tried; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with experiments: its file, theirs, and what is in both."""

    file: Path
    source: Source
    experiments: tuple[Experiment, ...]
    snippets: list[PageSnippet]


#: How many differences between the model and the kernel are shown of some traffic.
_SHOWN = 3


@dataclass(slots=True)
class Tally:
    """How many experiments were tried, and how many of them did not do what was expected, or could not be tried."""

    tried: int = 0
    false: int = 0
    untried: int = 0
    predicted: int = 0
    connections: int = 0
    differences: int = 0


def experiment_files(names: Iterable[str]) -> Iterator[Path]:
    """The files of experiments that are named, or that are in folders which are. Raises CannotProve."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(path.rglob(f"*{ENDING}"))
        elif path.is_file() and path.name.endswith(ENDING):
            yield path
        else:
            what = f"experiments are in files that end with {ENDING}" if path.is_file() else "there is no such file"
            raise CannotProve(f"{name}: {what}")


def prove(files: Sequence[Path], newest: Release | None = None, only: str = "") -> Tally:
    """Try the experiments in some files, or those of them whose file or title has `only` in it.

    `newest` is the release that the pages are judged as. Raises CannotProve, LabEnded and OSError.
    """
    tally, begun = Tally(), time.monotonic()
    backends = [(backend, backend.version()) for backend in BACKENDS]
    try:
        for file in files:
            _prove_file(file, newest, only, backends, tally)
    finally:
        progress.clear()
    if not tally.tried and not tally.untried:
        raise CannotProve(f"no experiment has `{only}` in its file’s name or its title" if only else _NOTHING)
    print(_summary(tally, time.monotonic() - begun))
    return tally


_NOTHING = f"there are no experiments: write one beside a page, in a file that ends with {ENDING} (PROVING.md)"


def _prove_file(
    file: Path, newest: Release | None, only: str, backends: Sequence[tuple[Backend, str]], tally: Tally
) -> None:
    """Try those experiments of a file that are asked for."""
    page = _page(file, newest)
    if page is None:
        tally.untried += 1
        return
    chosen = [each for each in page.experiments if only.lower() in f"{file.name}\n{each.title}".lower()]
    if chosen:
        # One laboratory a page: what could be wrong with one is over with it.
        with Laboratory() as laboratory:
            _prove_page(page, chosen, backends, laboratory, tally)


def _prove_page(
    page: Page,
    chosen: Sequence[Experiment],
    backends: Sequence[tuple[Backend, str]],
    laboratory: Laboratory,
    tally: Tally,
) -> None:
    """Try experiments of a page, and write the evidence if all of them do what is expected."""
    file = evidence_file(page.file)
    remove_leftovers(file)
    kept = {each.title: each for each in _kept(file)}
    is_good = True
    for experiment in chosen:
        found = _try(page, experiment, backends, laboratory, tally)
        if found is None or not all(run.holds for run in found.runs):
            is_good = False
            continue
        kept[experiment.title] = kept_or_new(kept.get(experiment.title), found)
    if is_good:
        whole = [kept[each.title] for each in page.experiments if each.title in kept]
        if write_evidence(file, whole):
            print(f"wrote {file}")


def _try(
    page: Page, experiment: Experiment, backends: Sequence[tuple[Backend, str]], laboratory: Laboratory, tally: Tally
) -> Evidence | None:
    """Try one experiment and tell what came of it; None if it could not be tried."""
    try:
        tried = try_experiment(experiment, page.snippets, backends, laboratory, progress.show)
    except (Unplannable, NoSuchSnippet) as error:
        _show(page.source, [error.diagnostic])
        tally.untried += 1
        return None
    except CannotTry as error:
        progress.clear()
        print(f"error: {_where(page, experiment)}: could not be tried: {error}\n", file=sys.stderr)
        tally.untried += 1
        return None
    progress.clear()
    found = tried.evidence
    tally.tried += 1
    tally.false += not all(run.holds for run in found.runs)
    for forecast in chain.from_iterable(tried.forecasts):
        tally.predicted += forecast.predicted
        tally.differences += len(forecast.differences)
    tally.connections += sum(len(each.seen.connections) for run in found.runs for each in run.traffic)
    for line in _lines(page, experiment, tried):
        print(line)
    sys.stdout.flush()
    return found


def _lines(page: Page, experiment: Experiment, tried: Tried) -> Iterator[str]:
    """What came of an experiment; of one that is as expected, a line for each traffic."""
    found = tried.evidence
    is_good = all(run.holds for run in found.runs)
    yield f"{'proved' if is_good else 'FALSE '}  {_where(page, experiment)}: {experiment.title}"
    for run, forecasts in zip(found.runs, tried.forecasts, strict=True):
        for traffic, forecast in zip(run.traffic, forecasts, strict=True):
            yield f"    {run.way}: {traffic.sent}"
            for judgement in traffic.judgements:
                if not judgement.holds:
                    yield f"        expected  {judgement.expected}"
                    yield f"        seen      {judgement.seen}"
            yield from (f"        model     {each}" for each in _first(forecast.differences))
            if forecast.untold:
                untold = len(traffic.seen.connections) - forecast.predicted
                yield f"        model     says nothing of {untold:,}: {forecast.untold}"
        if run.refusal is not None and not run.refusal.holds:
            yield f"    {run.way}: the commands as their author wrote them"
            yield f"        expected  {run.refusal.expected}"
            yield f"        seen      {run.refusal.seen}"
    for other in found.not_run:
        hint = "" if other.startswith(NOT_TRIED) else " (no command of iptables; if it matters, write it in `before`)"
        yield f"    not run: {other}{hint}"


def _first(differences: Sequence[str]) -> Iterator[str]:
    yield from differences[:_SHOWN]
    if len(differences) > _SHOWN:
        yield f"and {len(differences) - _SHOWN} more"


def _where(page: Page, experiment: Experiment) -> str:
    line, _ = page.source.position(experiment.span.start)
    return f"{page.source.path}:{line}"


def _page(file: Path, newest: Release | None) -> Page | None:
    """A page with its experiments; None, after a report, if there is something wrong with either."""
    try:
        source = Source(str(file), read(str(file)).text)
        experiments = read_experiments(source)
        stem = file.name.removesuffix(ENDING)
        page = next((found for ending in PAGES if (found := file.with_name(stem + ending)).is_file()), None)
        if page is None:
            raise Unreadable(f"{file}: there is no page {stem}.md beside it; name it after its page")
        content = read(str(page)).text
    except Unreadable as error:
        print(f"error: {error}\n", file=sys.stderr)
        return None
    faults = [each for each in experiments if isinstance(each, Diagnostic)]
    if faults:
        _show(source, faults)
        return None
    snippets = page_snippets(Source(str(page), content), newest, markup_of(str(page), content, None))
    right = tuple(each for each in experiments if isinstance(each, Experiment))
    return Page(page, source, right, snippets)


def _kept(file: Path) -> Sequence[Evidence]:
    """The evidence that there is; none, after a report, if it cannot be read."""
    if not file.is_file():
        return ()
    try:
        return read_evidence(read(str(file)).text)
    except evidence.Unreadable as error:
        print(f"warning: {file} {error}\n", file=sys.stderr)
    except Unreadable as error:
        print(f"warning: {error}\n", file=sys.stderr)
    return ()


def _show(source: Source, diagnostics: Iterable[Diagnostic]) -> None:
    progress.clear()
    for each in in_order(diagnostics):
        print(text(each, source, has_color(sys.stderr)) + "\n", file=sys.stderr)


def _summary(tally: Tally, seconds: float) -> str:
    noun = "experiment" if tally.tried == 1 else "experiments"
    outcome = "as expected" if not tally.false else f"{tally.false} not as expected"
    untried = f", {tally.untried} could not be tried" if tally.untried else ""
    differences = f", and was wrong {tally.differences} times" if tally.differences else ""
    model = f"the model predicted {tally.predicted:,} of {tally.connections:,} connections{differences}"
    return f"{tally.tried} {noun} in {seconds:.1f} s, {outcome}{untried}; {model}"


__all__ = ["CannotProve", "LabEnded", "experiment_files", "prove"]
