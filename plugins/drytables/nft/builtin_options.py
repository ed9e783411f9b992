"""What iptables' own options are in nft: interfaces, addresses, the protocol, fragments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..grammar.nft import NEVER, interface, network_word
from ..grammar.registries import PROTOCOL_NAMES, PROTOCOLS
from ..grammar.rule import Hole, Rule, Use
from ..grammar.values.addresses import nft_network
from ..grammar.values.base import IPV4
from .translation import Clause

_IN_NFT = {"i": "iifname", "o": "oifname", "s": "saddr", "d": "daddr"}


def builtin_clauses(rule: Rule, source: Any, destination: Any) -> Iterator[Clause]:
    """The clauses of a rule's own options, for one of its sources and one of its destinations, in nft's usual order."""
    for letter in "io":
        if letter in rule.given:
            yield from _named(f"{_IN_NFT[letter]} ", interface_condition(rule, letter), letter)
    if "f" in rule.given:
        yield Clause(f"ip frag-off & 0x1fff {'' if rule.negated('f') else '!= '}0", "f")
    protocol = protocol_words(rule)
    if protocol and not any(_says_the_protocol(use, rule) for use in rule.matches):
        yield Clause(protocol, "p")
    for letter, network in (("s", source), ("d", destination)):
        condition = address_condition(rule, letter, network)
        yield from _named(f"{network_word(rule.family)} {_IN_NFT[letter]} ", condition, letter)


def _named(name: str, condition: str, letter: str) -> Iterator[Clause]:
    if condition:
        yield Clause(name + condition, letter)


def interface_condition(rule: Rule, letter: str) -> str:
    """What nft compares the name of an interface with; empty for any interface."""
    given = rule.given[letter]
    if given.words[-1].holes:
        return given.words[-1].text
    return interface_text(str(given.value), given.negated)


def interface_text(name: str, negated: bool) -> str:
    """The name of an interface, or of several, to compare with; empty for any interface."""
    if name == "+":
        return NEVER.partition(" ")[2] if negated else ""
    return f"!= {interface(name)}" if negated else interface(name)


def address_condition(rule: Rule, letter: str, network: Any) -> str:
    """What nft compares an address with; empty for any address."""
    if network is None:
        return ""
    return network.text if isinstance(network, Hole) else nft_network(network, rule.family, rule.negated(letter))


def protocol_words(rule: Rule) -> str:
    """The clause for a rule's protocol; empty if it has none."""
    if not rule.protocol or isinstance(rule.protocol, Hole):
        return ""
    name = PROTOCOL_NAMES.get(rule.protocol, str(rule.protocol))
    return f"{'ip protocol' if rule.family == IPV4 else 'meta l4proto'} {'!= ' if rule.negated('p') else ''}{name}"


def _says_the_protocol(use: Use, rule: Rule) -> bool:
    """Whether a match is the one of the rule's protocol: its words, or the header that they name, say it already."""
    names = (use.extension.name, getattr(use.extension, "comes_with", ""))
    return not rule.negated("p") and rule.protocol in {PROTOCOLS.get(name) for name in names if name}
