"""What must exist on the reader's machine for a command to succeed: a chain, a rule, an ipset, a host …"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..grammar.builtin import STANDARD_TARGETS, TABLES
from ..grammar.extension import Extension
from ..grammar.rule import Hole, Rule
from ..grammar.values.base import Value
from ..reading.need import Need
from .parsing.cursor import ParsedCommand


def needs(reading: ParsedCommand) -> list[Need]:
    """What must exist on the reader's machine: `chain NAME`, `rule 3 in INPUT`, `ipset NAME` …, each once, in order."""
    rule = reading.rule
    needed: dict[Need, None] = {}
    chain = rule.chain
    is_named = chain is not None and not chain.holes and rule.command != "new-chain"
    if chain is not None and is_named and chain.text not in TABLES.get(rule.table, ()):
        needed[Need("chain", chain.text)] = None
    jump = rule.jump
    is_open = any(word is jump for _, word in reading.open_extensions)
    if jump is not None and not is_open and rule.target is None and (jump.text not in STANDARD_TARGETS or rule.goto):
        needed[Need("chain", jump.text)] = None
    needed.update(dict.fromkeys(_rule_needs(rule)))
    for network in (*(rule.sources or ()), *(rule.destinations or ())):
        if not isinstance(network, Hole) and isinstance(network.address, str):
            needed[Need("host", str(network.address))] = None
    needed.update(dict.fromkeys(named_in_values(rule)))
    return list(needed)


def named_in_values(rule: Rule) -> Iterator[Need]:
    """What the values of matches and targets name: `ipset NAME`, `user NAME` …"""
    for use in rule.uses():
        for name in _naming_options(use.extension):
            for setting in use.settings.get(name, ()):
                value = setting.option.value
                if value is not None and setting.value is not None and not isinstance(setting.value, Hole):
                    yield from value.needs(setting.value)


@cache
def _naming_options(extension: Extension) -> tuple[str, ...]:
    """The options whose values name something on the reader's machine."""
    valued = ((option.name, option.value) for option in extension.options if option.value is not None)
    return tuple(name for name, value in valued if type(value).needs is not Value.needs)


def _rule_needs(rule: Rule) -> Iterator[Need]:
    chain = rule.chain.text if rule.chain is not None else ""
    if isinstance(rule.number, int):
        number = rule.number - 1 if rule.command == "insert" else rule.number
        if number and (rule.command in ("insert", "delete", "replace", "zero") or zeroes_too(rule)):
            yield Need("rule", chain, number)
    elif rule.command in ("delete", "check"):
        yield Need("this rule", chain)


def zeroes_too(rule: Rule) -> bool:
    """Whether a listing follows a -Z of one rule: the rule is then zeroed after all is listed."""
    if rule.command not in ("list", "list-rules") or rule.number_word is None or rule.command_word is None:
        return False
    return rule.number_word.span < rule.command_word.span
