"""What is written as it was long ago, or shorter than it is spelled: at most one note of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.code import Code
from ..diagnostics.codes.advice import BARE_NUMBER, OLDER_MATCH, SHORTENED_OPTION
from ..diagnostics.diagnostic import Diagnostic, Label
from ..grammar.builtin import BY_LETTER
from ..grammar.registries import SAVED_PROTOCOLS
from ..grammar.rule import Rule, Setting
from ..grammar.values.icmp_types import IcmpTypeValue
from ..ruleset.state import Step


def about_older_forms(steps: Sequence[Step]) -> Iterator[Diagnostic]:
    """What could be written more plainly, at the first command that has it. Saved rules are as iptables writes them."""
    for look in (_older, _protocol, _icmp_type, _shortened):
        seen: set[str] = set()
        for step in steps:
            if step.rule is None or step.command.is_saved:
                continue
            for found in look(step.rule):
                if found.message not in seen and (not seen or look is _shortened):
                    yield found
                seen.add(found.message)


def _older(rule: Rule) -> Iterator[Diagnostic]:
    for use in rule.matches:
        for settings in use.settings.values():
            for setting in settings if settings[0].option.today else ():
                bang = "! " if setting.negated else ""
                today = setting.option.today.replace("{! }", bang).replace("{value}", setting.words[-1].text)
                name = use.extension.name
                yield _note(
                    OLDER_MATCH,
                    f"`{name}` is an older match, for which there is a newer one",
                    Label(use.named.to(setting.span)),
                    f"write `{today}`: it means the same",
                    f"iptables-extensions(8) calls `{name}` a subset of the newer match, which can ask for more",
                )


def _protocol(rule: Rule) -> Iterator[Diagnostic]:
    """Only those whose names iptables knows itself: others need an /etc/protocols."""
    setting = rule.given.get("p")
    number = setting.words[-1].text if setting is not None else ""
    if setting is not None and number.isdigit() and int(number[:4]) in SAVED_PROTOCOLS and number != "0":
        name = SAVED_PROTOCOLS[int(number[:4])]
        yield _note(
            BARE_NUMBER,
            f"protocol {number} has a name: `{name}`",
            Label(setting.value_span),
            f"write `-p {name}`",
        )


def _icmp_type(rule: Rule) -> Iterator[Diagnostic]:
    for setting in (each for use in rule.matches for given in use.settings.values() for each in given):
        kind, number = setting.option.value, setting.words[-1].text
        name = kind.name_of(setting.value) if isinstance(kind, IcmpTypeValue) and number[:1].isdigit() else ""
        if name:
            yield _note(
                BARE_NUMBER,
                f"ICMP type {number} has a name: `{name}`",
                Label(setting.value_span),
                f"write `{'! ' if setting.negated else ''}--{setting.option.name} {name}`",
            )


def _shortened(rule: Rule) -> Iterator[Diagnostic]:
    for setting, names in _settings(rule):
        word = setting.words[0]
        typed = word.text.partition("=")[0]
        if typed.startswith("--") and len(typed) > 3 and typed[2:] not in names:
            (name, *_) = (each for each in names if each.startswith(typed[2:]))
            yield _note(
                SHORTENED_OPTION,
                f"`{typed}` is short for `--{name}`",
                Label(word.span.within(0, len(typed))),
                f"write `--{name}`",
                "iptables takes the beginning of an option only as long as no other begins the same",
            )


def _settings(rule: Rule) -> Iterator[tuple[Setting, tuple[str, ...]]]:
    """Each option as it was given, with the long names that it has."""
    for letter, setting in rule.given.items():
        yield setting, BY_LETTER[letter].names
    for use in rule.uses():
        for settings in use.settings.values():
            for setting in settings:
                yield setting, setting.option.names


def _note(code: Code, message: str, label: Label, help: str, why: str = "") -> Diagnostic:
    return Diagnostic(code, message, label, notes=(why,) if why else (), help=help, severity="note")
