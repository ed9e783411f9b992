"""How nft prints the values of a rule, for what judges many rules of one shape once (meaning/slots.py)."""

from __future__ import annotations

from typing import Any

from ..grammar.extension import Option
from ..grammar.nft import Unsayable
from ..grammar.nft_words import has_place, value_text
from ..grammar.rule import Rule
from ..grammar.values.addresses import Network, nft_network
from ..grammar.values.base import Family
from ..meaning.slots import Writing
from .builtin_options import interface_text
from .commands import translate


def as_text(rule: Rule) -> str | None:
    """The lines of a command in nft, none of which can contain the end of one; None if nft cannot say it."""
    lines = translate(rule).lines
    return None if lines is None else "\n".join(lines)


def _value(option: Option, value: Any, family: Family, negated: bool) -> str | None:
    if not has_place(option):
        return ""
    try:
        return value_text(option, value, family, negated) or None
    except Unsayable:
        return None


def _network(network: Network, family: Family, negated: bool) -> str | None:
    return nft_network(network, family, negated) or None


def _host(text: str, negated: bool) -> str:
    return f"!= {text}" if negated else text


def _interface(name: str, negated: bool) -> str | None:
    try:
        return interface_text(name, negated)
    except Unsayable:
        return None


NFT = Writing(as_text, _value, _network, _host, _interface)
