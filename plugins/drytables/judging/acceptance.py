"""Which releases accept a command, and which of those read something else than is written.

Nothing is deduced from when an option came: every release judges the command, or one of each stretch of releases that
cannot differ (`WatchedRelease`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ..grammar.history.ranges import Range, joined
from ..grammar.history.releases import releases
from ..grammar.history.watched_release import WatchedRelease
from .verdict import Verdict, judge

#: Under which name it is shared with rules that differ in values that do not matter.
_NAME = "acceptance"


class Acceptance(NamedTuple):
    """The releases that accept a command and mean by it what is written (`accepted`), and those that accept it but read
    something else, with what that is (`misread`). Of both, the oldest releases come first.
    """

    accepted: tuple[Range, ...]
    misread: tuple[tuple[Range, str], ...]


def acceptance(verdict: Verdict) -> Acceptance:
    """The releases that accept a command, up to that of its verdict; none, if that refuses it."""
    shared = verdict.rule.shared
    if shared is None:
        return _acceptance(verdict)
    if _NAME not in shared:
        shared[_NAME] = _acceptance(verdict)
    known: Acceptance = shared[_NAME]
    return known


def _acceptance(verdict: Verdict) -> Acceptance:
    answers = [] if verdict.status == "refused" else [*_answers(verdict)]
    accepted = joined(stretch for stretch, status, says in answers if status != "refused" and not says)
    misread = [(stretch, says) for stretch, status, says in answers if status != "refused" and says]
    return Acceptance(
        accepted,
        tuple(
            (range_, says)
            for says, group in groupby(misread, lambda each: each[1])
            for range_ in joined(stretch for stretch, _ in group)
        ),
    )


def _answers(verdict: Verdict) -> Iterator[tuple[Range, str, str]]:
    """For each stretch of releases that cannot differ, the oldest first, whether they accept the command, and what they
    read in place of what is written.
    """
    every, newest, index = releases(), verdict.release.index, 0
    names = _names_of_chains(verdict)
    while index <= newest:
        watched = WatchedRelease(every[index].version)
        answer = judge(verdict.command, watched, names)
        last = min(watched.newest, newest)
        yield Range(every[index], every[last]), answer.status, answer.misreading
        index = last + 1


def _names_of_chains(verdict: Verdict) -> set[str]:
    """The user-defined chains of an accepted command: none of them is a typo, or it would have been refused."""
    rule = verdict.rule
    words = (rule.chain, None if rule.target else rule.jump)
    return {word.text for word in words if word is not None}
