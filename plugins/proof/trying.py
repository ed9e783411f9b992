"""Tries an experiment with each backend, and returns the evidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .backends import FEWER_RULES, Backend, NoTranslation
from .evidence import NOT_TRIED, Evidence, Ran, Run, Watched, digest_of
from .expectations import Judgement, judged
from .experiment import Experiment
from .forecast import Forecast, forecasts
from .lab.plan import Plan, Result, SeenTraffic
from .laboratory import Laboratory
from .planning import plan_as_written, plan_of
from .seen import Connection, Seen
from .snippets import PageSnippet, used_snippets

#: How often an experiment is tried on a machine that is too busy for what is seen to mean anything.
_ATTEMPTS = 3


class CannotTry(Exception):
    """An experiment that could not be tried; the message says why."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an experiment, and how far the model had predicted it: for each run, a forecast for each traffic."""

    evidence: Evidence
    forecasts: tuple[tuple[Forecast, ...], ...]


def try_experiment(
    experiment: Experiment,
    snippets: Sequence[PageSnippet],
    backends: Sequence[tuple[Backend, str]],
    laboratory: Laboratory,
    tell: Callable[[str], None],
) -> Tried:
    """Try an experiment with some backends, each with its version. `tell` is called with what is being done.

    Raises CannotTry, Unplannable, NoSuchSnippet and LabEnded.
    """
    runs, predicted, shown = [], [], list[list[str]]()
    others = [other for _, snippet in used_snippets(experiment, snippets) for other in snippet.others]
    usual = plan_of(experiment, snippets, backends[0][0])
    for backend, version in backends:
        tell(f"{experiment.title} ({backend.name})")
        try:
            plan = plan_of(experiment, snippets, backend)
        except NoTranslation as error:
            others += [] if f"{NOT_TRIED}{error}" in others else [f"{NOT_TRIED}{error}"]
            continue
        commands = [each["shown"] for each in plan["commands"]]
        if backend is FEWER_RULES and commands in shown:
            continue  # there are none
        shown.append(commands)
        written = plan_as_written(experiment, snippets, backend) if backend.programs else None
        result = _tried(plan, laboratory)
        as_written = [*_ran(written, _tried(written, laboratory))][len(experiment.before) :] if written else []
        traffic = tuple(_watched(experiment, result))
        refusal = _refusal(experiment, snippets, as_written) if as_written else None
        predicted.append(tuple(forecasts(experiment, usual, result["traffic"])))
        runs.append(Run(backend.name, version, (*_ran(plan, result),), (*as_written,), traffic, refusal))
    digest = digest_of(experiment, snippets)
    evidence = Evidence(experiment.title, digest, date.today(), os.uname().release, tuple(runs), tuple(others))
    return Tried(evidence, tuple(predicted))


def _tried(plan: Plan, laboratory: Laboratory) -> Result:
    for _ in range(_ATTEMPTS):
        result = laboratory.try_out(plan)
        if result["trouble"]:
            raise CannotTry(result["trouble"])
        for command, ran in zip(plan["commands"], result["commands"], strict=False):
            if ran["status"] and not command["may_fail"]:
                raise CannotTry(f"{command['program']} refused `{command['shown']}` on {command['on']}: {ran['said']}")
        if not result["disturbed"]:
            return result
    raise CannotTry("this machine is too busy: connections took so long that their first packets were sent again")


def _ran(plan: Plan, result: Result) -> Iterator[Ran]:
    for command, ran in zip(plan["commands"], result["commands"], strict=True):
        yield Ran(command["on"], command["shown"], ran["status"], ran["said"])


def _refusal(experiment: Experiment, snippets: Sequence[PageSnippet], as_written: Sequence[Ran]) -> Judgement:
    """Hold what the page says of its author's commands against what iptables said to them."""
    steps = [
        step
        for use, snippet in used_snippets(experiment, snippets)
        if use.form == "corrected" and snippet.is_corrected
        for step in snippet.steps["written"]
    ]
    right = [bool(ran.status) >= step.is_refused for step, ran in zip(steps, as_written, strict=True)]
    return Judgement(
        f"{sum(step.is_refused for step in steps)} of {len(steps)} commands refused as written",
        f"{sum(ran.status != 0 for ran in as_written)} of {len(steps)} commands refused as written",
        all(right),
    )


def _watched(experiment: Experiment, result: Result) -> Iterator[Watched]:
    for traffic, found in zip(experiment.traffic, result["traffic"], strict=True):
        seen = _seen(found)
        judgements: tuple[Judgement, ...] = tuple(judged(each, seen) for each in traffic.expectations)
        yield Watched(traffic.words, seen, judgements)


def _seen(found: SeenTraffic) -> Seen:
    fields = [
        {name: value for name, value in each.items() if name not in ("began", "sent_from")}
        for each in found["connections"]
    ]
    return Seen(tuple(Connection(**each) for each in fields), found["logged"])  # type: ignore[arg-type]
