"""The canonical form: exactly the line that `iptables -S` prints for a rule.

Order, defaults and rounding were observed with iptables-legacy 1.8.9 and 1.8.11; where these differ, the form is that
of the newest, whichever release a rule is judged as.
"""

from __future__ import annotations

from ..grammar.registries import SAVED_PROTOCOLS
from ..grammar.rule import Hole, Rule
from ..grammar.saving import all_words
from ..grammar.values.addresses import Network, write_network

_ADDING = ("append", "insert", "replace")

#: Two lists of addresses create a rule for each pair. No more rules than this are listed.
_MOST_RULES = 10_000


def canonical(rule: Rule) -> str | None:
    """The rule as `iptables -S CHAIN` prints it, with a line for each of several addresses.

    None for a command that adds no rule, for a rule with words that are not known, and for more rules than anybody
    reads.
    """
    if rule.written:
        return rule.written
    if rule.command not in _ADDING or rule.chain is None or rule.unread:
        return None
    # A rule is replaced by a single one, for the first of several addresses.
    most = 1 if rule.command == "replace" else None
    sources, destinations = (rule.sources or (None,))[:most], (rule.destinations or (None,))[:most]
    if len(sources) * len(destinations) > _MOST_RULES:
        return None
    head, tail = f"-A {rule.chain.text}", _behind_the_addresses(rule)
    lines = []
    for source in sources:
        for destination in destinations:
            words = [head, *_address("s", source, rule), *_address("d", destination, rule), *tail]
            lines.append(" ".join(words))
    return "\n".join(lines)


def _address(letter: str, network: Network | Hole | None, rule: Rule) -> list[str]:
    negated = rule.negated(letter)
    if network is None or (not isinstance(network, Hole) and not network.mask and not negated):
        return []
    text = network.text if isinstance(network, Hole) else write_network(network, rule.family)
    return [*_bang(negated), f"-{letter}", text]


def _behind_the_addresses(rule: Rule) -> list[str]:
    words: list[str] = []
    for letter in "io":
        setting = rule.given.get(letter)
        if setting is not None and (setting.value != "+" or setting.negated):
            words += [*_bang(setting.negated), f"-{letter}", str(setting.value)]
    if rule.protocol:
        name = (
            rule.protocol.text
            if isinstance(rule.protocol, Hole)
            else SAVED_PROTOCOLS.get(rule.protocol, str(rule.protocol))
        )
        words += [*_bang(rule.negated("p")), "-p", name]
    if "f" in rule.given:
        words += [*_bang(rule.negated("f")), "-f"]
    for use in rule.matches:
        words += ["-m", use.extension.saved_as, *all_words(use)]
    if rule.target is not None:
        words += ["-j", rule.target.extension.saved_as, *all_words(rule.target)]
    elif rule.jump is not None:
        words += ["-g" if rule.goto else "-j", rule.jump.text]
    return words


def _bang(negated: bool) -> list[str]:
    return ["!"] if negated else []
