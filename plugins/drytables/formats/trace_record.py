"""A packet's way through some rules, as a record for programs."""

from __future__ import annotations

from typing import Any

from ..diagnostics.source import Source, Span
from ..model.condition import Question
from ..model.packet import STATES, Packet, written
from ..model.path import Ending, Meeting, Path
from ..model.ruleset import PlacedRule, Ruleset
from .packets import changes_of
from .trace import rule_text

_PLAIN = (
    "family", "way", "in_interface", "out_interface", "protocol", "source_port", "destination_port", "tcp_flags",
    "icmp_type", "icmp_code", "length", "ttl", "tos", "mark", "connection_mark",
)  # fmt: skip


def trace_record(path: Path, ruleset: Ruleset, source: Source) -> dict[str, Any]:
    """The packet, all rules that it meets in order, and every way in which it may end. What is not known is null."""
    verdicts = {ending.verdict for ending in path.endings}
    return {
        "path": source.path,
        "packet": packet_record(path.packet),
        "verdict": verdicts.pop() if len(verdicts) == 1 else None,
        "meetings": [_meeting(meeting, source) for meeting in path.meetings],
        "endings": [_ending(ending, path.packet, source) for ending in path.endings],
        "doubts": [{**_place(span, source), "text": why} for span, why in ruleset.doubts],
    }


def packet_record(packet: Packet) -> dict[str, Any]:
    """A packet, its addresses as text."""
    addresses = {
        name: None if getattr(packet, name) is None else written(getattr(packet, name), packet.family)
        for name in ("source", "destination")
    }
    states = [state for state in STATES if state in packet.states]
    return {**{name: getattr(packet, name) for name in _PLAIN}, **addresses, "states": states}


def _place(span: Span, source: Source) -> dict[str, Any]:
    line, column = source.position(span.start)
    return {"line": line, "column": column}


def _rule(placed: PlacedRule | None, source: Source) -> dict[str, Any] | None:
    return None if placed is None else {**_place(placed.span, source), "text": rule_text(placed)}


def _meeting(meeting: Meeting, source: Source) -> dict[str, Any]:
    return {
        "hook": meeting.at.hook,
        "table": meeting.at.table,
        "chain": meeting.chain,
        "depth": meeting.depth,
        "rule": _rule(meeting.placed, source),
        "meets": meeting.meets,
        "share": None if meeting.share is None else float(meeting.share),
        "asked": [_question(question) for question in meeting.asked],
        "jumps": meeting.jumps,
        "effects": [
            {
                "verdict": turn.effect.verdict,
                "changes": changes_of(turn.before, turn.effect.packet),
                "log": None if turn.effect.log is None else turn.effect.log.prefix,
                "answer": turn.effect.answer,
                "says": turn.effect.says,
                "unknown": turn.effect.unknown,
            }
            for turn in meeting.turns
        ],
    }


def _question(question: Question) -> dict[str, str]:
    return {"condition": question.condition, "lacks": question.lacks}


def _ending(ending: Ending, packet: Packet, source: Source) -> dict[str, Any]:
    branch = ending.branch
    return {
        "verdict": ending.verdict,
        "hook": ending.at.hook if ending.at is not None else None,
        "table": ending.at.table if ending.at is not None else None,
        "chain": ending.chain or None,
        "rule": _rule(ending.placed, source),
        "answer": ending.answer,
        "share": float(branch.chance),
        "unknown": [*branch.unknown],
        "logs": [line._asdict() for line in branch.logs],
        "changes": changes_of(packet, branch.packet),
        "packet": packet_record(branch.packet),
    }
