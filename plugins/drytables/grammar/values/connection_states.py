"""What connection tracking knows of a packet's connection: its states and its status, as what the packet does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .base import Family, OneOf
from .word_lists import WordList
from .wording import Context, in_a_row, quoted


class Predicate(NamedTuple):
    """What is said of a subject, and what is said if it is not so; `{one}` is a connection."""

    plain: str
    negated: str


#: In the order in which they are listed.
_STATES = {
    "NEW": Predicate("begins {one}", "does not begin {one}"),
    "ESTABLISHED": Predicate("belongs to {one}", "does not belong to {one}"),
    "RELATED": Predicate("is related to {one}", "is not related to {one}"),
    "UNTRACKED": Predicate("is not tracked", "is tracked"),
    "SNAT": Predicate("is of {one} whose source is rewritten", "is not of {one} whose source is rewritten"),
    "DNAT": Predicate("is of {one} whose destination is rewritten", "is not of {one} whose destination is rewritten"),
    "INVALID": Predicate("is invalid: it fits no connection", "is not invalid"),
}

_STATUSES = {
    "EXPECTED": Predicate("was expected by a helper", "was not expected by a helper"),
    "SEEN_REPLY": Predicate("has been replied to", "has not been replied to"),
    "ASSURED": Predicate(
        "is assured: it is kept when the table is full",
        "is not assured: it may be forgotten when the table is full",
    ),
    "CONFIRMED": Predicate("is confirmed: its first packet got through", "is not confirmed yet"),
    "NONE": Predicate("has no status", "has some status"),
}


def _predicated(words: frozenset[str], predicates: Mapping[str, Predicate], negated: bool) -> str:
    """What holds of the subject if one of the words does, or none: `begins a connection or belongs to one`."""
    given = [predicate for word, predicate in predicates.items() if word in words]
    if len(given) == 1:
        return (given[0].negated if negated else given[0].plain).replace("{one}", "a connection")
    said, named = [], False
    for predicate in given:
        said.append(predicate.plain.partition(":")[0].replace("{one}", "one" if named else "a connection"))
        named = named or "{one}" in predicate.plain
    return "neither " + " nor ".join(said) if negated else in_a_row(said, "or")


class Direction(OneOf):
    """Which way a packet goes in its connection, in words as what it does."""

    def __init__(self, says: str) -> None:
        said = {"ORIGINAL": "goes the way that the connection was opened", "REPLY": "goes the other way, in reply"}
        super().__init__("ORIGINAL", "REPLY", says=says, any_case=True, said=said)

    def nft(self, value: str, family: Family) -> str:
        return value.lower()

    def say_unknown(self, text: str, context: Context) -> str:
        return f"goes in the direction {text or quoted(text)}"


class ConnectionStates(WordList):
    """States of a connection, in words as what a packet of it does: `begins a connection`."""

    def say(self, value: frozenset[str], context: Context) -> str:
        return _predicated(value, _STATES, context.negated)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"is {'not ' if context.negated else ''}in the state {text or quoted(text)}"


class ConnectionStatuses(WordList):
    """Marks that tracking keeps of a connection, in words as what holds of it."""

    def say(self, value: frozenset[str], context: Context) -> str:
        return _predicated(value or frozenset({self.none}), _STATUSES, context.negated)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"{'does not have' if context.negated else 'has'} the status {text or quoted(text)}"
