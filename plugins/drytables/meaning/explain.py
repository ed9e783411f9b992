"""Explains a command: each option with a sentence that says what it does, with its own value filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diagnostics.source import Span
from ..grammar.builtin import BY_LETTER
from ..grammar.registries import PROTOCOL_NAMES
from ..grammar.rule import Hole, Rule, Setting, Use
from ..grammar.values.addresses import Network, write_network

_TABLES = {
    "filter": "the filter table, where packets are let through or not",
    "nat": "the nat table, where the first packet of a connection has its addresses changed",
    "mangle": "the mangle table, where packets are changed and marked",
    "raw": "the raw table, which comes first, before connections are tracked",
    "security": "the security table, for security marks such as SELinux's",
}

_CHAINS = {
    "PREROUTING": "packets that have just come in, before it is known where they go",
    "INPUT": "packets for this machine itself",
    "FORWARD": "packets that pass through this machine",
    "OUTPUT": "packets that this machine sends",
    "POSTROUTING": "packets that are about to go out",
}

#: The sentence for a command that ends before what must follow its chain.
_UNFINISHED = {
    "replace": "replace a rule of the {chain} chain",
    "policy": "set what happens to packets that reach the end of the {chain} chain",
    "rename-chain": "rename the {chain} chain",
}

#: What is shown for an empty value.
_EMPTY = '""'

#: The wording for what is not negated, and for what is.
_CHOICE = re.compile(r"\{([^{|}]*)\|([^{|}]*)\}")

_COMMANDS = {
    "append": "add a rule at the end of the {chain} chain",
    "check": "check whether the {chain} chain has this rule",
    "delete": "delete a rule from the {chain} chain",
    "insert": "insert a rule as number {number} into the {chain} chain",
    "replace": "replace rule {number} of the {chain} chain",
    "list": "list the rules{of_chain}",
    "list-rules": "print the rules{of_chain} as commands",
    "flush": "delete all rules{of_chain}",
    "zero": "set the counters{of_chain} to zero",
    "new-chain": "create the chain {chain}",
    "delete-chain": "delete {the_chain}",
    "policy": "set what happens to packets that reach the end of the {chain} chain: {argument}",
    "rename-chain": "rename the {chain} chain to {argument}",
}

_VERDICTS = {
    "ACCEPT": "let the packet through",
    "DROP": "drop the packet silently",
    "RETURN": "return to the chain that this one was called from",
    "QUEUE": "hand the packet to a program",
}

_OPTIONS = {
    "i": "packets {not }coming in through {value}",
    "o": "packets {not }going out through {value}",
    "s": "packets {not }coming from {value}",
    "d": "packets {not }going to {value}",
    "p": "packets {not }of the protocol {value}",
    "f": "{not }the second and later fragments of a packet",
    "c": "start with these counts of packets and bytes",
    "n": "show addresses and ports as numbers, without looking up names",
    "v": "show more details",
    "x": "show counters in full",
    "0": "number the rules",
    "w": "wait until no other iptables is running",
    "W": "check this often whether one still is",
    "M": "load kernel modules with this program",
    "4": "for IPv4",
    "6": "for IPv6",
    "h": "show the help",
    "V": "show the version",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a command: its place, its words, what it does, and whether it is a detail of the part above."""

    span: Span
    words: str
    sentence: str
    is_detail: bool = False


def explain(rule: Rule) -> list[Part]:
    """The parts of a command in the order of its words; what could not be read is left out."""
    parts = [*_builtin(rule)]
    for use in rule.uses():
        if not use.implicit:
            parts.append(Part(use.named, _words(rule, use.named), use.extension.sentence))
        for settings in use.settings.values():
            parts += (_setting(use, setting) for setting in settings if _is_read(setting))
    return sorted(parts, key=lambda part: part.span)


def _builtin(rule: Rule) -> list[Part]:
    parts = []
    if rule.table_word is not None:
        named = rule.table_word.span
        at = next(at for at, word in enumerate(rule.words) if word.span.start <= named.start < word.span.end)
        # It is a word of its own, after its option, unless it is attached to that (`-traw`).
        span = rule.words[at - 1 if rule.words[at].span.start == named.start else at].span.to(named)
        parts.append(Part(span, _words(rule, span), f"in {_TABLES.get(rule.table, f'the table {rule.table}')}"))
    if rule.command_word is not None:
        parts.append(_command(rule))
    for letter, setting in rule.given.items():
        if letter == "j":
            if rule.target is None and rule.jump is not None:
                parts.append(Part(setting.span, _spelled(setting), _jump(rule)))
        else:
            value = _builtin_value(rule, letter, setting)
            parts.append(Part(setting.span, _spelled(setting), _filled(_OPTIONS[letter], setting, value)))
    return parts


def _command(rule: Rule) -> Part:
    assert rule.command_word is not None
    chain = (rule.chain.text or _EMPTY) if rule.chain is not None else ""
    given = {
        "chain": chain,
        "of_chain": f" of the {chain} chain" if chain else " of all chains",
        "the_chain": f"the chain {chain}" if chain else "all chains that are not built in",
        "number": str(rule.number or 1) if not isinstance(rule.number, Hole) else rule.number.text,
        "argument": (rule.argument.text or _EMPTY) if rule.argument is not None else "",
    }
    is_unfinished = rule.argument is None and rule.number is None and rule.command in _UNFINISHED
    sentence = (_UNFINISHED if is_unfinished else _COMMANDS)[rule.command].format_map(given)
    if rule.command == "delete" and rule.number is not None:
        sentence = f"delete rule {given['number']} of the {chain} chain"
    if chain in _CHAINS and rule.command in ("append", "insert"):
        sentence += f", which is for {_CHAINS[chain]}"
    words = [rule.command_word, *(word for word in (rule.chain, rule.number_word, rule.argument) if word is not None)]
    span = words[0].span.to(words[-1].span)
    return Part(span, _words(rule, span), sentence)


def _jump(rule: Rule) -> str:
    assert rule.jump is not None
    name = rule.jump.text
    if rule.goto:
        return f"continue in the chain {name}, and do not return"
    return _VERDICTS.get(name, f"go through the chain {name}, and return at its end")


def _builtin_value(rule: Rule, letter: str, setting: Setting) -> str:
    if letter in "sd":
        networks = rule.sources if letter == "s" else rule.destinations
        return " or ".join(_network(each, rule.family) for each in networks or ()) or "any address"
    if letter == "p" and isinstance(rule.protocol, int):
        return PROTOCOL_NAMES.get(rule.protocol, str(rule.protocol))
    text = str(setting.value)
    if letter in "io" and text.endswith("+"):
        return f"an interface whose name begins with {text[:-1]}" if len(text) > 1 else "any interface"
    return text or _EMPTY


def _network(network: Network | Hole, family: str) -> str:
    if isinstance(network, Hole):
        return network.text or _EMPTY
    text = write_network(network, family)
    return text.removesuffix("/32" if family == "ipv4" else "/128")


def _is_read(setting: Setting) -> bool:
    """Whether an option has all its words, and a value that can be stated."""
    kind = setting.option.value
    if kind is None or setting.option.optional:
        return True
    return setting.value is not None and (len(setting.words) > kind.words or setting.is_glued)


def _setting(use: Use, setting: Setting) -> Part:
    option = setting.option
    value = ""
    if isinstance(setting.value, Hole):
        value = setting.value.text or _EMPTY
    elif option.value is not None and setting.value is not None:
        value = option.value.write(setting.value, use.rule.family) or _EMPTY
    sentence = option.sentence if value else option.sentence.removesuffix("{value}").rstrip(": ")
    return Part(setting.span, _spelled(setting), _filled(sentence, setting, value), is_detail=True)


def _filled(sentence: str, setting: Setting, value: str) -> str:
    """A sentence with its value filled in, worded for a negated or a plain setting."""
    sentence = _CHOICE.sub(r"\2" if setting.negated else r"\1", sentence.replace("{not }", "{|not }"))
    return sentence.replace("{value}", value)


def _spelled(setting: Setting) -> str:
    """The words of a setting as typed, with the `!` before them."""
    words = setting.words[:1] if setting.is_glued else setting.words
    return " ".join([*(["!"] if setting.negated else []), *(word.text for word in words)])


def _words(rule: Rule, span: Span) -> str:
    return " ".join(word.text for word in rule.words if span.start <= word.span.start and word.span.end <= span.end)


def unexplained() -> set[str]:
    """The letters of built-in options without a sentence; there must be none."""
    return {letter for letter, entry in BY_LETTER.items() if not entry.is_command} - {*_OPTIONS, "j", "g", "m", "t"}
