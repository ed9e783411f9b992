"""What a rule requires of a packet, as text: to compare it with another rule's, and to show it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.source import Span
from ..grammar.builtin import BY_LETTER
from ..grammar.rule import Rule, Setting, Use
from .canonical import canonical


def plain_condition(rule: Rule) -> str:
    """What a rule requires of a packet, as `iptables -S` prints it: rules with the same text require the same.

    Empty for a rule that matches every packet; the rule's own words after a "?" if it is not known. Comments require
    nothing.
    """
    kept = [use for use in rule.matches if use.extension.looks_at != "nothing"]
    text = canonical(rule.changed(matches=kept, target=None, jump=None, goto=False))
    if text is None or "\n" in text or rule.chain is None:
        return f"? {' '.join(word.text for word in rule.words)}"
    return text.removeprefix(f"-A {rule.chain.text}").strip()


def typed_condition(rule: Rule) -> tuple[str, ...]:
    """What a rule requires of a packet, as typed, option by option; empty for a rule that matches every packet."""
    return tuple(words for _, words in sorted(_pieces(rule))) if plain_condition(rule) else ()


def _pieces(rule: Rule) -> Iterator[tuple[Span, str]]:
    """The options and matches that select packets, with their places, and the words that may do so."""
    for letter, setting in rule.given.items():
        if BY_LETTER[letter].picks_packets:
            yield setting.span, typed(setting)
    for use in rule.matches:
        if use.extension.looks_at != "nothing":
            if not use.implicit:
                yield use.named, f"-m {use.word.text}"
            for settings in use.settings.values():
                yield from ((setting.span, typed(setting)) for setting in settings)
    yield from ((word.span, word.text) for word in rule.unread)


def typed(setting: Setting) -> str:
    """An option as it was typed, with its `!` and its values."""
    return " ".join([*(["!"] if setting.negated else []), *(word.text for word in setting.words)])


def typed_use(use: Use) -> str:
    """A match as it was typed, with all its options."""
    options = (typed(setting) for settings in use.settings.values() for setting in settings)
    return " ".join([*([] if use.implicit else [f"-m {use.word.text}"]), *options])
