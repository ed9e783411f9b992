"""Explains a command: each option with a sentence that says what it does, with its own value filled in."""

from __future__ import annotations

from typing import NamedTuple

from ..diagnostics.source import Span
from ..grammar.registries import PROTOCOL_NAMES
from ..grammar.rule import Hole, Rule, Setting, Use
from ..grammar.values.wording import Context
from .commands_in_words import command_in_words, jump_in_words
from .options_in_words import option_in_words
from .sentences import filled

_TABLES = {
    "filter": "the filter table, where packets are let through or not",
    "nat": "the nat table, where the first packet of a connection has its addresses changed",
    "mangle": "the mangle table, where packets are changed and marked",
    "raw": "the raw table, which comes first, before connections are tracked",
    "security": "the security table, for security marks such as SELinux's",
}


class Part(NamedTuple):
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
                parts.append(Part(setting.span, _spelled(setting), jump_in_words(rule)))
        else:
            parts.append(Part(setting.span, _spelled(setting), option_in_words(rule, letter, setting)))
    return parts


def _command(rule: Rule) -> Part:
    assert rule.command_word is not None
    words = [rule.command_word, *(word for word in (rule.chain, rule.number_word, rule.argument) if word is not None)]
    span = words[0].span.to(words[-1].span)
    return Part(span, _words(rule, span), command_in_words(rule))


def _is_read(setting: Setting) -> bool:
    """Whether an option has all its words, and a value that can be stated."""
    kind = setting.option.value
    if kind is None or setting.option.optional:
        return True
    return setting.value is not None and (len(setting.words) > kind.words or setting.is_glued)


def _setting(use: Use, setting: Setting) -> Part:
    option = setting.option
    sentence = option.sentence if isinstance(option.sentence, str) else option.sentence(use, setting)
    value = ""
    if option.value is not None and setting.value is not None:
        context = _context(use.rule, setting)
        if isinstance(setting.value, Hole):
            value = option.value.say_unknown(setting.value.text, context)
        else:
            value = option.value.say(setting.value, context)
    return Part(setting.span, _spelled(setting), filled(sentence, setting.negated, value), is_detail=True)


def _context(rule: Rule, setting: Setting) -> Context:
    protocol = ""
    if isinstance(rule.protocol, int) and rule.protocol and not rule.negated("p"):
        protocol = PROTOCOL_NAMES.get(rule.protocol, "")
    typed = " ".join(word.text for word in setting.words[1:])
    return Context(rule.family, protocol, typed, setting.negated)


def _spelled(setting: Setting) -> str:
    """The words of a setting as typed, with the `!` before them."""
    words = setting.words[:1] if setting.is_glued else setting.words
    return " ".join([*(["!"] if setting.negated else []), *(word.text for word in words)])


def _words(rule: Rule, span: Span) -> str:
    return " ".join(word.text for word in rule.words if span.start <= word.span.start and word.span.end <= span.end)
