"""What a command does, in words: to a chain, or where a rule sends its packets."""

from __future__ import annotations

from ..grammar.rule import Hole, Rule
from ..grammar.values.base import number as read_number

_CHAINS = {
    "PREROUTING": "packets that have just come in, before it is known where they go",
    "INPUT": "packets for this machine itself",
    "FORWARD": "packets that pass through this machine",
    "OUTPUT": "packets that this machine sends",
    "POSTROUTING": "packets that are about to go out",
}

_COMMANDS = {
    "append": "add a rule at the end of the {chain} chain",
    "check": "check whether the {chain} chain has this rule",
    "delete": "delete a rule from the {chain} chain",
    "insert": "insert a rule at the top of the {chain} chain",
    "list": "list the rules{of_chain}",
    "list-rules": "print the rules{of_chain} as commands",
    "flush": "delete all rules{of_chain}",
    "zero": "set the counters{of_chain} to zero",
    "new-chain": "create the chain {chain}",
    "delete-chain": "delete {the_chain}",
    "policy": "give packets that reach the end of the {chain} chain the verdict {argument}",
    "rename-chain": "rename the {chain} chain to {argument}",
}

#: The same with a rule's number.
_NUMBERED = {
    "delete": "delete rule {number} of the {chain} chain",
    "insert": "insert a rule as number {number} into the {chain} chain",
    "list": "list rule {number} of the {chain} chain",
    "list-rules": "print rule {number} of the {chain} chain as a command",
    "replace": "replace rule {number} of the {chain} chain",
    "zero": "set the counters of rule {number} of the {chain} chain to zero",
}

#: The sentence for a command that ends before what must follow its chain.
_UNFINISHED = {
    "replace": "replace a rule of the {chain} chain",
    "policy": "set what happens to packets that reach the end of the {chain} chain",
    "rename-chain": "rename the {chain} chain",
}

_POLICIES = {
    "ACCEPT": "let packets through that reach the end of the {chain} chain",
    "DROP": "drop packets that reach the end of the {chain} chain",
}

_VERDICTS = {
    "ACCEPT": "let the packet through",
    "DROP": "drop the packet silently",
    "RETURN": "return to the chain that this one was called from",
    "QUEUE": "hand the packet to a program",
}


def command_in_words(rule: Rule) -> str:
    """What the command does to the chain that it names."""
    chain = (rule.chain.text or '""') if rule.chain is not None else ""
    argument = (rule.argument.text or '""') if rule.argument is not None else ""
    number = _number(rule)
    if number:
        sentence = _NUMBERED[rule.command]
    elif not argument and rule.command in _UNFINISHED:
        sentence = _UNFINISHED[rule.command]
    else:
        sentence = _COMMANDS[rule.command]
        if rule.command == "policy":
            sentence = _POLICIES.get(argument, sentence)
    given = {
        "chain": chain,
        "of_chain": f" of the {chain} chain" if chain else " of all chains",
        "the_chain": f"the chain {chain}" if chain else "all chains that are not built in",
        "number": number,
        "argument": argument,
    }
    sentence = sentence.format_map(given)
    if chain in _CHAINS and rule.command in ("append", "insert"):
        sentence += f", which is for {_CHAINS[chain]}"
    return sentence


def _number(rule: Rule) -> str:
    """The number of a rule, and of what it is left if it was cut to 32 bits; empty if none was typed."""
    if rule.number is None or rule.number_word is None:
        return ""
    if isinstance(rule.number, Hole):
        return rule.number.text
    typed = rule.number_word.text.strip()
    return str(rule.number) if read_number(typed) == rule.number else f"{rule.number} (what 32 bits leave of {typed})"


def jump_in_words(rule: Rule) -> str:
    """What `-j` or `-g` does with a packet, where that needs no target extension."""
    assert rule.jump is not None
    name = rule.jump.text
    if rule.goto:
        return f"continue in the chain {name}, and do not return"
    return _VERDICTS.get(name, f"go through the chain {name}, and return at its end")
