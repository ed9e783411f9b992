"""The conditions of a rule, in the order in which Linux asks them: those of iptables itself, then match by match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..grammar.rule import Hole, Rule, Setting
from ..grammar.values.addresses import Name, Network, write_network
from ..meaning.conditions import typed
from .condition import Condition, Look, Single, Unknowable
from .matches.reader import network, plain_look
from .matches.table import conditions_of_use
from .ruleset import AddressSet, PlacedRule
from .values import Named, Values, exactly


def conditions_of(placed: PlacedRule, sets: Mapping[str, AddressSet] | None = None) -> tuple[Condition, ...]:
    """All conditions of a rule; a packet that meets them all meets the rule. `sets` are those that are known."""
    rule = placed.rule
    found: list[Condition] = [*_of_addresses(placed), *_of_interfaces(rule), *_of_protocol(rule)]
    if placed.doubt:
        found.append(Unknowable(placed.doubt, "the rule is there"))
    for use in rule.matches:
        found += conditions_of_use(use, sets or {})
    found += (Unknowable(f"what `{word.text}` stands for", word.text) for word in rule.unread)
    return tuple(found)


def _of_addresses(placed: PlacedRule) -> Iterator[Single]:
    rule = placed.rule
    for letter, field, address in (("s", "source", placed.source), ("d", "destination", placed.destination)):
        setting = rule.given.get(letter)
        if setting is None or address is None:
            continue
        text = _typed(setting, placed, letter)
        if isinstance(address, Hole) or isinstance(address.address, Name):
            yield Unknowable(f"which address `{_text(address)}` stands for", text)
        elif address.mask or setting.negated:
            yield plain_look(field, network(address, rule.family), setting.negated, text, rule.family)


def _typed(setting: Setting, placed: PlacedRule, letter: str) -> str:
    """The option as it was typed; of several addresses, with the one that this rule is for."""
    networks = placed.rule.sources if letter == "s" else placed.rule.destinations
    address = placed.source if letter == "s" else placed.destination
    if address is None or len(networks or ()) < 2:
        return typed(setting)
    shown = address.text if isinstance(address, Hole) else write_network(address, placed.rule.family)
    return f"{'! ' if setting.negated else ''}-{letter} {shown}"


def _text(address: Hole | Network) -> str:
    return address.text if isinstance(address, Hole) else str(address.address)


def _of_interfaces(rule: Rule) -> Iterator[Single]:
    for letter, field in (("i", "in_interface"), ("o", "out_interface")):
        setting = rule.given.get(letter)
        if setting is None:
            continue
        if isinstance(setting.value, Hole):
            yield Unknowable(f"which interface `{setting.value.text}` is", typed(setting))
        elif setting.value != "+" or setting.negated:
            yield Look(field, _interfaces(str(setting.value)), setting.negated, typed(setting))


def _interfaces(name: str) -> Values:
    return Named(name.removesuffix("+"), name.endswith("+"))


def _of_protocol(rule: Rule) -> Iterator[Single]:
    setting: Setting | None = rule.given.get("p")
    number = rule.protocol
    if setting is not None and isinstance(number, Hole):
        yield Unknowable(f"which protocol `{number.text}` is", typed(setting))
    elif setting is not None and not isinstance(number, Hole) and (number or setting.negated):
        yield plain_look("protocol", exactly(number or 0), setting.negated, typed(setting), rule.family)
    fragments = rule.given.get("f")
    if fragments is not None:
        yield plain_look("is_later_fragment", exactly(1), fragments.negated, typed(fragments), rule.family)
