"""The addresses of -s and -d, read into the rule after all its words, since an option may be repeated.

iptables reads them at the very end; what is wrong with one is kept, and `iptables` reports it in its turn.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ...diagnostics.source import Span
from ...grammar.history.releases import Release, spans
from ...grammar.rule import Hole, Rule, Setting
from ...grammar.values.addresses import Network, read_network
from ...grammar.values.base import InvalidValue
from ...reading.word import Word

#: The releases that read an empty text, or an empty part of a list, as any address at all.
_EMPTY = spans("1.4.5..1.4.11.1")
_LISTS_SINCE = Release("1.4.5")
_LONGEST = 255


class InvalidNetwork(NamedTuple):
    """An address that cannot be read: the setting it belongs to, its part of the value, and what is wrong with it."""

    setting: Setting
    word: Word
    bad: InvalidValue


class Networks(NamedTuple):
    """What was found on reading the addresses of a rule: those that cannot be read, and the places of empty ones that
    the release takes for any address.
    """

    invalid: list[InvalidNetwork]
    empty: list[Span]


def read_networks(rule: Rule, release: Release) -> Networks:
    """Read the addresses of a rule into it, with a hole for each that cannot be read."""
    found = Networks([], [])
    if "s" in rule.given:
        rule.sources = _read(rule.given["s"], rule.family, release, found)
    if "d" in rule.given:
        rule.destinations = _read(rule.given["d"], rule.family, release, found)
    return found


def _read(setting: Setting, family: str, release: Release, found: Networks) -> tuple[Any, ...]:
    """The addresses of one option; leading whitespace is skipped."""
    word, text = setting.words[-1], str(setting.value)
    if word.holes:
        return (Hole(text),)
    if not text and release.is_in(_EMPTY):
        return ()
    networks: list[Any] = []
    at = len(word.text) - len(text)
    for piece in text.split(",") if "," in text and release >= _LISTS_SINCE else [text]:
        address = piece.lstrip(" \t")
        start = at + len(piece) - len(address)
        try:
            if len(address.encode(errors="surrogateescape")) > _LONGEST:
                raise InvalidValue(f"longer than {_LONGEST} bytes", says="Hostname too long")
            if not piece and release.is_in(_EMPTY):
                found.empty.append(word.span)
                networks.append(Network(0, 0))
            else:
                networks.append(read_network(address, family))
        except InvalidValue as bad:
            part = Word(address, word.part(start, start + len(address)) if address else word.span)
            found.invalid.append(InvalidNetwork(setting, part, bad))
            networks.append(Hole(piece))
        at += len(piece) + 1
    return tuple(networks)
