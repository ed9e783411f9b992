"""The oldest release that accepts a command: from what the command uses, and from what could not be written before.

An older release refuses what the newest accepts only if something did not exist yet, or was read differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..grammar.builtin import BY_NAME
from ..grammar.extension import CheckFailure, Extension
from ..grammar.history.older_values import reading_spans
from ..grammar.history.releases import Release, Spans, builtin_spans, extension_spans, option_spans, releases
from ..grammar.rule import Hole, Rule, Setting, Unknown, Use
from ..grammar.values.base import Family, number
from . import release_bugs
from .needs import zeroes_too
from .parsing.builtin_options import LAST_RULE

#: A match or target, by its kind and name, and which of its options are used.
Used = tuple[str, str, tuple[str, ...]]

#: The releases that added something other than an option.
_SEVERAL_ADDRESSES = "1.4.5"
_SEVERAL_ADDRESSES_REPLACE = "1.8.11"
_A_MATCH_TWICE = "1.3.6"
_AN_OPTION_OF_TWO = "1.4.11"
_SECONDS_TO_WAIT = "1.6.0"
_MORE_COUNTERS = "1.4.1"
_NO_ADDRESS = "1.4.5"
_THE_LOW_BITS = "1.8.11"
_NUMBER_AFTER = {"list": "1.4.1", "zero": "1.4.6"}

#: Up to 1.2.6a, -C did something else: it sent an invented packet through a chain.
_CHECK = "1.4.11"


def since(rule: Rule) -> str | None:
    """The oldest release that accepts a rule that the newest does not refuse; None if part of the rule is not known."""
    if rule.unread:
        return None
    used = tuple((use.extension.kind, use.extension.name, tuple(_names(use))) for use in rule.uses())
    # `-h`, which every release has, gives the first release for the family.
    letters = "h" + "".join({*rule.given} - {"0", "f"}) + ("g" if rule.goto else "")
    if rule.command:
        letters += BY_NAME[rule.command].letter
    firsts = max(_firsts(rule), key=_order, default="")
    limits = tuple(tuple((str(first), last) for first, last in spans) for spans in _limits(rule) if spans)
    return _oldest(rule.family, letters, used, firsts, limits)


def _names(use: Use) -> Iterator[str]:
    """The options of a use, by their names as typed; an abbreviated one by its first name."""
    for name, (setting, *_) in use.settings.items():
        typed = setting.words[0].text.partition("=")[0].removeprefix("--")
        yield typed if typed in setting.option.names else name


def _limits(rule: Rule) -> Iterator[Spans]:
    """The releases that can read each value whose syntax has changed, and each option as it is written."""
    for letter, setting in rule.given.items():
        spelled = "-g" if rule.goto and letter == "j" else f"-{letter}"
        yield from _glued(
            setting, setting.words[0].text if setting.words[0].text[:2] == "--" else spelled, is_builtin=True
        )
    for use in rule.uses():
        for settings in use.settings.values():
            for setting in settings:
                yield from _glued(setting, "", is_builtin=False)
                if setting.negated:
                    yield release_bugs.negation_spans(setting.option)
                texts = tuple(word.text for word in setting.words[1:])
                if texts and not isinstance(setting.value, Hole):
                    yield reading_spans(use.extension, setting.option, texts, rule.family)


def _glued(setting: Setting, spelled: str, *, is_builtin: bool) -> Iterator[Spans]:
    if setting.is_glued:
        yield release_bugs.glue_spans(spelled, is_builtin=is_builtin)


def _first_without_fault(use: Use) -> Iterator[str]:
    """For each fault of a use that only older releases report, the first release that no longer does."""
    for settings in use.settings.values():
        for setting in settings:
            if isinstance(setting.value, Hole) and not any(word.holes for word in setting.words):
                yield release_bugs.RANGES_REVERSED[0]
            fault = _fault(use, setting)
            if fault is not None and fault.until:
                yield releases()[Release(fault.until).index + 1].version


def _fault(use: Use, setting: Setting) -> CheckFailure | None:
    try:
        return setting.option.check(use, setting) if setting.option.check else None
    except Unknown:
        return None


def _firsts(rule: Rule) -> Iterator[str]:
    """The releases that added what is written here, apart from the options themselves."""
    for use in rule.uses():
        yield from _first_without_fault(use)
    if max(len(rule.sources or ()), len(rule.destinations or ())) > 1:
        yield _SEVERAL_ADDRESSES_REPLACE if rule.command == "replace" else _SEVERAL_ADDRESSES
    if any(letter in rule.given and rule.given[letter].value == "" for letter in "sd"):
        yield _NO_ADDRESS
    if rule.command == "check":
        yield _CHECK
    elif rule.command == "delete" and rule.number_word is not None and isinstance(rule.number, int):
        # Before it, a number that was negative or had more than 31 bits was not valid.
        if not 1 <= (number(rule.number_word.text) or 0) <= LAST_RULE:
            yield _THE_LOW_BITS
    elif rule.command in _NUMBER_AFTER and rule.number is not None:
        yield _NUMBER_AFTER["zero" if zeroes_too(rule) else rule.command]
    if "w" in rule.given and len(rule.given["w"].words) > 1:
        yield _SECONDS_TO_WAIT
    if "c" in rule.given and (len(rule.given["c"].words) == 2 or rule.command == "policy"):
        yield _MORE_COUNTERS
    if rule.matches:
        yield from _of_several_uses(rule)


def _of_several_uses(rule: Rule) -> Iterator[str]:
    names = [use.extension.name for use in rule.matches]
    if len(names) > len({*names}):
        yield _A_MATCH_TWICE
    owners: dict[str, Extension] = {}
    for use in rule.uses():
        if any(owners.setdefault(option, use.extension) is not use.extension for option in use.settings):
            yield _AN_OPTION_OF_TWO


def _order(version: str) -> int:
    return Release(version).index


@lru_cache(maxsize=4096)
def _oldest(
    family: Family,
    letters: str,
    used: tuple[Used, ...],
    not_before: str,
    limits: tuple[tuple[tuple[str, str | None], ...], ...],
) -> str | None:
    """The oldest release that has all of this and is within all `limits`; if `not_before` is given, none before it."""
    spans: list[Spans] = [[[not_before, None]]] if not_before else []
    spans += [builtin_spans((f"-{letter}",), family) for letter in letters]
    for kind, name, options in used:
        spans.append(extension_spans(kind, name, family))
        spans += [option_spans(name, option, family) for option in options]
    spans += [[list(span) for span in each] for each in limits]
    known = [each for each in spans if each]
    return next((release.version for release in releases() if all(release.is_in(each) for each in known)), None)
