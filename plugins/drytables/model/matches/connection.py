"""Matches that ask connection tracking, and those that look at marks."""

from __future__ import annotations

from typing import Any

from ...grammar.rule import Setting, Use
from ...meaning.conditions import typed
from ..condition import AnyOf, Look, Single
from ..packet import STATES
from ..values import Values, Words, exactly, ranges
from .reader import Reader, look, look_at_network, masked

_TRANSLATIONS = frozenset({"SNAT", "DNAT"})
_MARKS = 0xFFFF_FFFF


def _states(use: Use, setting: Setting) -> Single:
    """States, among which SNAT and DNAT say something else, and may be there beside a state."""
    words, text = setting.known, typed(setting)
    states, translations = words - _TRANSLATIONS, words & _TRANSLATIONS
    if not translations:
        known = frozenset(STATES)
        # Every packet has one of the states, so that those that it may not be in leave those that it may.
        return Look("state", Words(known - states if setting.negated else states), text=text)
    looks = (Look("state", Words(states), text=text), Look("translated", Words(translations), text=text))
    return AnyOf(looks if states else looks[1:], setting.negated, text)


def _mark(value: Any) -> Values:
    return masked(value, _MARKS)


def _direction(value: str) -> Values:
    return exactly(int(value == "REPLY"))


def _ports(value: Any) -> Values:
    return ranges(value)


READERS: dict[str, dict[str, Reader]] = {
    "state": {"state": _states},
    "conntrack": {
        "ctstate": _states,
        "ctproto": look("protocol", exactly),
        "ctorigsrc": look_at_network("original_source"),
        "ctorigdst": look_at_network("original_destination"),
        "ctorigsrcport": look("original_source_port", _ports),
        "ctorigdstport": look("original_destination_port", _ports),
        "ctdir": look("is_reply", _direction),
    },
    "mark": {"mark": look("mark", _mark)},
    "connmark": {"mark": look("connection_mark", _mark)},
}
