"""The rules and policies that decide what becomes of a packet, out of all that it meets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .condition import Question
from .fate import Verdict
from .path import Meeting, Path


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule or policy that decides, and what it depends on, if it does: questions, also on the way to its chain.

    `is_certain`: the packet is sure to come there, and to meet it. `is_last`: if nothing before it decides, it does.
    """

    meeting: Meeting
    verdict: Verdict
    asked: tuple[Question, ...]
    is_certain: bool
    is_last: bool


def decisions(path: Path) -> Iterator[Decision]:
    """The decisions on a path in their order, up to the first that is certain to end it; each comes after those before
    it have not been made. Of those that accept, only what the filter table says is one: the others just go on.
    """
    entered: list[tuple[int, bool, tuple[Question, ...]]] = []
    is_open = False
    for meeting in path.meetings:
        while entered and entered[-1][0] >= meeting.depth:
            entered.pop()
        if meeting.meets == "no":
            continue
        is_sure = meeting.meets == "yes" and meeting.share is None
        if meeting.jumps:
            entered.append((meeting.depth, is_sure, meeting.asked))
            continue
        for verdict in dict.fromkeys(turn.effect.verdict for turn in meeting.turns):
            if verdict is None or (verdict == "accepted" and meeting.at.table != "filter"):
                continue
            on_the_way = (question for _, _, questions in entered for question in questions)
            asked = tuple(dict.fromkeys((*meeting.given, *on_the_way, *meeting.asked)))
            is_last = is_sure and not meeting.given and all(sure for _, sure, _ in entered)
            yield Decision(meeting, verdict, asked, is_last and not is_open, is_last)
            is_open |= not (is_last and not is_open)
