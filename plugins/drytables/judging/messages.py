"""Turns an invalid value or a failed check into a diagnostic at its place."""

from __future__ import annotations

from ..diagnostics.codes.command import NOT_IN_RELEASE
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ..diagnostics.source import Span
from ..grammar.extension import CheckFailure, Extension, Option
from ..grammar.history.older_values import readings
from ..grammar.history.releases import NEWEST, Release
from ..grammar.rule import Rule, Setting, Use
from ..grammar.values.base import Family, InvalidValue
from ..reading.word import Word
from .suggestions import nearest

#: What iptables prints when the kernel refuses a rule with no more than EINVAL (observed with 1.8.9).
INVALID_ARGUMENT = "Invalid argument. Run `dmesg' for more information."


def iptables_says(words: str, since: str = "") -> Quote | None:
    """What iptables says, if anything; `since` is the first release that says so, if not all do."""
    return Quote(words, since=since) if words else None


def kernel_says(words: str = INVALID_ARGUMENT) -> Quote:
    """What iptables says when it accepts a command and the kernel refuses it."""
    return Quote(words, "kernel")


def invalid_value(
    bad: InvalidValue, spelled: str, setting_words: tuple[Word, ...], extension: str, option: str
) -> Diagnostic:
    """The diagnostic for a bad value of an option; `spelled` is how it was typed, as in `--to`.

    Of `setting_words`, those after the first are the value; a single one is the value itself.
    """
    values = setting_words[1:] or setting_words
    word, span = values[0], values[0].span.to(values[-1].span)
    typed = " ".join(value.text for value in values)
    if bad.at is not None and len(values) == 1:
        start, end = bad.at
        shift = len(word.text) - len(typed)
        span, typed = word.part(start + shift, end + shift), typed[start:end]
    meant = nearest(typed, bad.choices) if bad.choices else None
    help = f"did you mean `{meant}`?" if meant else bad.help
    shown = f"`{typed}`" if typed else "an empty string"
    return Diagnostic(
        bad.code,
        f"{shown} is not a valid value for `{spelled}`",
        Label(span, bad.reason),
        causes=(Label(setting_words[0].span),) if len(setting_words) > 1 else (),
        quote=iptables_says(bad.says.replace("{extension}", extension).replace("{option}", option).strip()),
        help=help,
        edits=(Edit(span, meant),) if meant else (),
    )


def unreadable_value(
    bad: InvalidValue,
    spelled: str,
    setting_words: tuple[Word, ...],
    extension: Extension,
    option: Option,
    family: Family,
    release: Release,
) -> Diagnostic:
    """The diagnostic for a value that a release cannot read, with what other releases make of it."""
    texts = tuple(word.text for word in setting_words[1:])
    found = readings(extension, option, texts, family)
    if found and found[-1].last.version == NEWEST and found[-1].first > release:
        since = found[-1].first
        newer = InvalidValue(f"accepted since iptables {since}", says=bad.says, code=NOT_IN_RELEASE)
        return invalid_value(newer, spelled, setting_words, extension.name, option.said_as)
    if found and found[-1].last < release and not bad.help and not bad.choices:
        bad.help = f"iptables {found[-1].last} and older accept it"
        if found[-1].is_misread and option.value is not None:
            read_as = option.value.write(found[-1].value, family)
            bad.help = f"iptables {found[-1].last} and older read it as `{read_as}`"
    return invalid_value(bad, spelled, setting_words, extension.name, option.said_as)


def is_found_by(release: Release, fault: CheckFailure) -> bool:
    """Whether a release reports a fault."""
    if fault.since and release < Release(fault.since):
        return False
    return not fault.until or release <= Release(fault.until)


def from_check_failure(fault: CheckFailure, use: Use, rule: Rule, since: str = "") -> Diagnostic:
    """The diagnostic for a failed check."""
    setting: Setting | None = None
    if fault.letter:
        setting = rule.given.get(fault.letter)
    elif fault.option in use.settings:
        setting = use.settings[fault.option][-1]
    span = setting.span if setting else use.named
    edits: tuple[Edit, ...] = ()
    if fault.insert:
        edits = (Edit(Span(span.end, span.end), f" {fault.insert}"),)
    elif fault.replace and setting:
        edits = (Edit(setting.value_span, fault.replace),)
    cause = use.span(fault.cause)
    return Diagnostic(
        fault.code,
        fault.message,
        Label(span, fault.label),
        causes=(Label(cause, "" if fault.cause else naming(use)),) if cause != span else (),
        quote=kernel_says(fault.says or INVALID_ARGUMENT) if fault.by_kernel else iptables_says(fault.says, since),
        help=fault.help,
        edits=edits,
    )


def naming(use: Use) -> str:
    """The label of an extension's name."""
    return f"this `{use.extension.name}` {use.extension.kind}"
