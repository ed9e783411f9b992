"""What a rule asks of a packet, as text: two rules with the same text ask the same."""

from __future__ import annotations

from dataclasses import replace

from ..grammar.rule import Rule
from .canonical import canonical


def plain_condition(rule: Rule) -> str:
    """What a rule asks of a packet, as `iptables -S` prints it; its own words behind a "?" where that is not known.

    Empty for a rule that takes every packet. Comments ask nothing.
    """
    kept = [use for use in rule.matches if use.extension.name != "comment"]
    text = canonical(replace(rule, matches=kept, target=None, jump=None, goto=False))
    if text is None or "\n" in text or rule.chain is None:
        return f"? {' '.join(word.text for word in rule.words)}"
    return text.removeprefix(f"-A {rule.chain.text}").strip()
