"""The diagnostics of words that mean nothing where they are used, with a suggestion where there is one."""

from __future__ import annotations

from functools import cache
from typing import TypedDict

from ...diagnostics.code import Code
from ...diagnostics.codes.command import (
    AMBIGUOUS_OPTION,
    MISSING_VALUE,
    NOT_IN_RELEASE,
    SINGLE_DASH,
    STRAY_WORD,
    TYPOGRAPHIC_DASH,
    UNEXPECTED_VALUE,
    UNKNOWN_MATCH,
    UNKNOWN_OPTION,
    UNKNOWN_PROTOCOL,
    UNKNOWN_TARGET,
)
from ...diagnostics.diagnostic import Diagnostic, Edit, Label
from ...diagnostics.source import Span
from ...grammar.builtin import BY_LETTER, BY_NAME, LONGEST_NAME, BuiltIn
from ...grammar.catalogue import SYNONYMS, common_targets, find_match
from ...grammar.history.releases import (
    NEWEST,
    Release,
    Spans,
    builtin_spans,
    extension_spans,
    history,
    option_spans,
    outside_upstream,
    successor,
)
from ...grammar.registries import PROTOCOLS
from ...grammar.rule import Rule
from ...grammar.values.base import Family, listed
from ...reading.word import Word
from ..messages import iptables_says
from ..suggestions import edit_distance, has_sign_glued, nearest
from .vocabulary import Owned, Vocabulary

#: Characters that a word processor substitutes for a hyphen.
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"

#: In letters: a shorter name may be an option of an extension that is not known here.
_SHORTEST_MISSPELT = 4


class RefusalWords(TypedDict):
    """The arguments of a parser's `refuse`."""

    code: Code
    message: str
    span: Span
    label: str
    says: str
    help: str
    edits: tuple[Edit, ...]


def unexpected_argument(word: Word, words: tuple[Word, ...], at: int) -> Diagnostic:
    """A word that is neither an option nor the value of one."""
    says = iptables_says(f"Bad argument `{word.text}'")
    if word.text and word.text[0] in _DASHES:
        span, typed, name = word.span, word.text, word.text.lstrip(_DASHES + "-")
        after = words[at + 1 : at + 2]
        if not name and after and _is_long_name(after[0].text):
            name = after[0].text
            span, typed = span.to(after[0].span), f"{typed} {name}"
        if name:
            fixed = "-" * (1 if len(word.text) == 2 and len(name) == 1 else 2) + name
            return Diagnostic(
                TYPOGRAPHIC_DASH,
                f"`{typed}` starts with a dash instead of a hyphen",
                Label(span),
                quote=says,
                help=f"write `{fixed}`",
                edits=(Edit(span, fixed),),
            )
    before = words[at - 1]
    if len(before.text) > 2 and before.text[0] == "-" and before.text[1] != "-" and _is_long_name(before.text[1:]):
        return Diagnostic(
            SINGLE_DASH,
            f"`{before.text}` is read as `{before.text[:2]} {before.text[2:]}`",
            Label(before.span, "long options start with two dashes"),
            causes=(Label(word.span, "so this argument is unexpected"),),
            quote=says,
            help=f"write `-{before.text}`",
            edits=(Edit(Span(before.span.start, before.span.start), "-"),),
        )
    message = f"unexpected argument `{word.text}`" if word.text else "unexpected empty argument"
    return Diagnostic(STRAY_WORD, message, Label(word.span, "not the value of an option"), quote=says)


def unknown_option(word: Word, rule: Rule, vocabulary: Vocabulary) -> Diagnostic:
    """A long option that nothing on the line so far has."""
    typed = word.text.partition("=")[0]
    name = typed[2:]
    says = iptables_says(f'unknown option "{word.text}"')
    came = _came_later(name, vocabulary)
    if came:
        return Diagnostic(
            NOT_IN_RELEASE, f"iptables {vocabulary.release} has no `{typed}`", Label(word.span, came), quote=says
        )
    own = vocabulary.find(name)
    if isinstance(own, Owned) or (isinstance(own, BuiltIn) and "=" in word.text):
        return Diagnostic(
            UNEXPECTED_VALUE,
            f"`{typed}` takes no value",
            Label(word.span),
            help=f"write `{typed}`",
            edits=(Edit(word.span, typed),),
        )
    family, release = vocabulary.family, vocabulary.release
    missing = None if rule.jump is None or rule.target else _missing_target(rule.jump, family, release)
    if missing is not None:
        causes = (missing.label,)
        return Diagnostic(UNKNOWN_OPTION, missing.message, Label(word.span), causes, says, help=missing.help)
    owners = [] if "=" in word.text and not name else _owners(name, vocabulary.family)
    if owners:
        return Diagnostic(
            UNKNOWN_OPTION,
            f"no match or target on this line has `{typed}`",
            Label(word.span, "nothing before it provides this option"),
            quote=says,
            help=_how_to_load(typed, owners, vocabulary.family),
        )
    meant = nearest(name, vocabulary.names())
    if meant:
        start = word.part(2, 2 + len(name))
        return Diagnostic(
            UNKNOWN_OPTION,
            f"unknown option `{typed}`",
            Label(word.span),
            quote=says,
            help=f"did you mean `--{meant}`?",
            edits=(Edit(start, meant),),
        )
    return Diagnostic(UNKNOWN_OPTION, f"unknown option `{typed}`", Label(word.span), quote=says)


def ambiguous_option(word: Word, candidates: list[str]) -> Diagnostic:
    """An abbreviation that fits more than one option."""
    typed = word.text.partition("=")[0]
    return Diagnostic(
        AMBIGUOUS_OPTION,
        f"`{typed}` can mean {listed(tuple(f'--{name}' for name in candidates), 'or')}",
        Label(word.span, "too short"),
        quote=iptables_says(f'unknown option "{word.text}"'),
        help="write the option in full",
    )


def unknown_short_option(word: Word, wrong: str, vocabulary: Vocabulary, named: str) -> Diagnostic:
    """A letter after a single dash that is not an option; `named` is what iptables' message names."""
    says = iptables_says(f'unknown option "{named}"')
    if wrong in BY_LETTER and wrong != "0" and vocabulary.release.version != NEWEST:
        return Diagnostic(
            NOT_IN_RELEASE, f"iptables {vocabulary.release} has no `-{wrong}`", Label(word.span), quote=says
        )
    name = word.text[1:].partition("=")[0]
    if _is_long_name(name):
        return Diagnostic(
            SINGLE_DASH,
            f"`{word.text}` is read letter by letter",
            Label(word.span),
            quote=says,
            help=f"use two dashes for a long option: `-{word.text}`",
            edits=(Edit(Span(word.span.start, word.span.start), "-"),),
        )
    return Diagnostic(UNKNOWN_OPTION, f"unknown option `-{wrong}`", Label(word.span), quote=says)


def missing_value(word: Word, spelled: str, says: str = "", help: str = "") -> Diagnostic:
    """An option at the end of the line that requires a value."""
    return Diagnostic(
        MISSING_VALUE,
        f"missing value for `{spelled}`",
        Label(word.span),
        quote=iptables_says(says or f'option "{word.text}" requires an argument'),
        help=help,
    )


def protocol(word: Word) -> RefusalWords:
    """An unknown protocol."""
    meant = nearest(word.text, PROTOCOLS)
    return RefusalWords(
        code=UNKNOWN_PROTOCOL,
        message=f"unknown protocol `{word.text}`",
        span=word.span,
        label="",
        says=f'unknown protocol "{word.text.lower()}" specified',
        help=f"did you mean `{meant}`?" if meant else "",
        edits=(Edit(word.span, meant),) if meant else (),
    )


def unknown_match(word: Word, family: Family, release: Release) -> Diagnostic:
    """A match that this release does not have."""
    size = len(word.text.encode(errors="surrogateescape"))
    if size > LONGEST_NAME:
        says = f'Invalid match name "{word.text}" ({LONGEST_NAME} chars max)'
        return Diagnostic(UNKNOWN_MATCH, "the match name is too long", Label(word.span), quote=iptables_says(says))
    return _extension(word, "match", family, release)


def unknown_target(word: Word, family: Family, release: Release) -> Diagnostic | None:
    """A jump to a target that this release does not have; None if no known target has the name."""
    if not (
        extension_spans("target", word.text, family)
        or _in_other_family("target", word.text, family)
        or outside_upstream("target", word.text)
    ):
        return None
    return _extension(word, "target", family, release)


def _missing_target(word: Word, family: Family, release: Release) -> Diagnostic | None:
    """The same also for a known target with a sign glued to it."""
    missing = unknown_target(word, family, release)
    if missing is None and common_targets(family, lambda known: has_sign_glued(word.text, known)):
        return _extension(word, "target", family, release)
    return missing


def could_not_load(kind: str, name: str) -> str:
    """What iptables says about a match or target for which it has no file."""
    looked_for = SYNONYMS.get(name, name) if kind == "match" else name
    return f"Couldn't load {kind} `{looked_for}':No such file or directory"


_WHERE_INSTALLED = 'if you use it, mark the fence `unchecked="why"`'


def _extension(word: Word, kind: str, family: Family, release: Release) -> Diagnostic:
    name = word.text
    says = could_not_load(kind, name)
    code = UNKNOWN_MATCH if kind == "match" else UNKNOWN_TARGET
    spans = extension_spans(kind, name, family)
    if spans and str(spans[0][0]) and release < Release(str(spans[0][0])):
        message, help = f"iptables {release} has no {kind} `{name}`", f"added in iptables {spans[0][0]}"
    elif spans and spans[-1][1]:
        message, help = f"the {kind} `{name}` was removed from iptables", f"{spans[-1][1]} was the last release with it"
        if successor(name):
            help += f"; use {successor(name)}"
        elif outside_upstream(kind, name):
            help += f"; it now comes with {outside_upstream(kind, name)}; {_WHERE_INSTALLED}"
    elif outside_upstream(kind, name):
        message = f"the {kind} `{name}` is not part of iptables"
        help = f"it comes with {outside_upstream(kind, name)}; {_WHERE_INSTALLED}"
    elif _in_other_family(kind, name, family):
        program = "ip6tables" if family == "ipv4" else "iptables"
        message, help = f"the {kind} `{name}` is only for `{program}`", ""
    else:
        meant = nearest(name, _names(kind, family, release))
        other = "target" if kind == "match" else "match"
        message, help = f"unknown {kind} `{name}`", f"did you mean `{meant}`?" if meant else ""
        if not meant and name in _names(other, family, release):
            help = f"`{name}` is a {other}: use it with `{'-j' if other == 'target' else '-m'}`"
        if meant:
            return Diagnostic(
                code,
                message,
                Label(word.span),
                quote=iptables_says(says),
                help=help,
                edits=(Edit(word.span, meant),),
            )
    return Diagnostic(code, message, Label(word.span), quote=iptables_says(says), help=help)


def _names(kind: str, family: Family, release: Release) -> list[str]:
    """The matches or targets that a release has."""
    # Suggestions for a misspelt name do not change the verdict: a watched release need not record them.
    return _names_in(kind, family, release.version)


@cache
def _names_in(kind: str, family: Family, version: str) -> list[str]:
    release = Release(version)
    return [name for name in history()["extensions"] if release.is_in(extension_spans(kind, name, family))]


def _in_other_family(kind: str, name: str, family: Family) -> bool:
    other = "ipv6" if family == "ipv4" else "ipv4"
    return not extension_spans(kind, name, family) and bool(extension_spans(kind, name, other))


def _is_long_name(name: str) -> bool:
    name = name.partition("=")[0]
    return len(name) > 2 and (
        name in BY_NAME or any(name in entry["options"] for entry in history()["extensions"].values())
    )


@cache
def _every_option() -> frozenset[str]:
    """The long options of all matches and targets, in any release."""
    return frozenset(name for entry in history()["extensions"].values() for name in entry["options"])


@cache
def is_misspelt(name: str) -> bool:
    """Whether a long option exists nowhere, and is a single typo away from one that does."""
    every = _every_option()
    if len(name) < _SHORTEST_MISSPELT or any(option.startswith(name) for option in every):
        return False
    return any(edit_distance(name, option, 1) == 1 for option in every)


def _owners(name: str, family: Family) -> list[tuple[str, str]]:
    """The extensions of the newest release that have an option of this name, as (kind, name)."""
    newest = Release(NEWEST)
    return [
        (entry["kind"], extension)
        for extension, entry in history()["extensions"].items()
        if name in entry["options"]
        and newest.is_in(option_spans(extension, name, family))
        and newest.is_in(extension_spans(entry["kind"], extension, family))
    ]


def _how_to_load(typed: str, owners: list[tuple[str, str]], family: Family) -> str:
    protocols = _protocols_that_load(owners, family)
    if protocols:
        ways = tuple(f"-p {name}" for name in protocols[:4])
    else:
        ways = tuple(f"-{'m' if kind == 'match' else 'j'} {name}" for kind, name in owners[:3])
    return f"add {listed(ways, 'or')} before `{typed}`"


def _protocols_that_load(owners: list[tuple[str, str]], family: Family) -> list[str]:
    """The protocols that load one of the matches, that of the oldest match first."""
    matches = [known for kind, name in owners if kind == "match" and (known := find_match(name, family))]
    matches.sort(key=lambda match: Release(str(extension_spans("match", match.name, family)[0][0])))
    return [match.comes_with for match in matches if match.comes_with]


def _came_later(name: str, vocabulary: Vocabulary) -> str:
    """When a loaded extension, or iptables itself, gained an option that this release lacks."""
    newest = Release(NEWEST)
    if vocabulary.release == newest:
        return ""
    later = Vocabulary(vocabulary.family, newest)
    for extension, _ in reversed(vocabulary.loaded):
        later.load(extension)
    entry = later.find(name)
    first: Spans = []
    if isinstance(entry, Owned):
        first = option_spans(entry.extension.name, entry.option.name, vocabulary.family)
    elif isinstance(entry, BuiltIn):
        first = builtin_spans(tuple(f"--{each}" for each in entry.names), vocabulary.family)
    return f"added in iptables {first[-1][0]}" if first else ""
