"""Reads matches, targets and their options. What an option of a match or target may be is in its declaration."""

from __future__ import annotations

from ...diagnostics.codes.command import BAD_CHAIN_NAME, EMPTY_RANGE, EXCLUDES, NOT_IN_RELEASE, ONLY_ONCE
from ...diagnostics.diagnostic import Diagnostic, Label
from ...diagnostics.source import Span
from ...grammar.builtin import LONGEST_NAME, STANDARD_TARGETS
from ...grammar.catalogue import find_match, find_target
from ...grammar.extension import Extension, Option
from ...grammar.history.older_values import is_misread_by, read, value_in
from ...grammar.history.releases import Release, extension_spans
from ...grammar.rule import Hole, Setting, Unknown, Use
from ...grammar.values.base import InvalidValue
from ...reading.word import Word
from .. import release_bugs
from ..limits import MOST_MATCHES, too_many_matches
from ..messages import from_check_failure, is_found_by, unreadable_value
from . import not_recognised
from .cursor import Cursor, Stop

#: The first release in which a match may be used twice in a rule.
_TWICE_SINCE = Release("1.3.6")
#: Before this release, the name of a target could be one byte longer.
_SHORTER_SINCE = Release("1.4.9")
#: The first release in which two matches of a rule may share an option; before it, the option was the first match's.
_SHARED_SINCE = Release("1.4.11")


def read_match(cursor: Cursor, value: Word, option: Word) -> None:
    """Load the match that -m names."""
    if cursor.negation:
        cursor.negated_wrongly(
            "a match as a whole cannot be negated",
            option,
            "unexpected ! flag before --match",
            "put the `!` before the option of the match to negate",
        )
    name = value.text
    if value.holes:
        cursor.reading.open_extensions.append(("match", value))
        return
    match = find_match(name, cursor.family)
    if match is not None and _is_there(match, cursor):
        _refuse_a_second_one(cursor, match, value)
        use(cursor, match, value, option.span.to(value.span))
    elif match is None and cursor.release.is_in(extension_spans("match", name, cursor.family)):
        cursor.reading.open_extensions.append(("match", value))
    else:
        raise cursor.stop(not_recognised.unknown_match(value, cursor.family, cursor.release))


def _refuse_a_second_one(cursor: Cursor, match: Extension, word: Word) -> None:
    first = cursor.latest.get(match)
    if first is not None and cursor.release < _TWICE_SINCE:
        cursor.refuse(
            NOT_IN_RELEASE,
            f"iptables {cursor.release} accepts a match only once in a rule",
            word.span,
            f"accepted twice since {_TWICE_SINCE}",
            causes=(Label(first.word.span, "first used here"),),
        )


def read_jump(cursor: Cursor, value: Word, is_goto: bool) -> None:
    """Record where -j or -g go, and load the target if it is one."""
    rule = cursor.rule
    rule.jump, rule.goto = value, is_goto
    name = value.text
    if value.holes:
        cursor.reading.open_extensions.append(("target", value))
        return
    size = len(name.encode(errors="surrogateescape"))
    longest = LONGEST_NAME
    if size > longest and cursor.release < _SHORTER_SINCE:
        longest += 1
    if not name or size > longest or any(letter in " \t\n\v\f\r" for letter in name):
        says = f"Invalid target name `{name}'" + (f" ({longest} chars max)" if size > longest else "")
        cursor.refuse(
            BAD_CHAIN_NAME,
            f"`{name}` is not a valid name for a target or chain" if name else "the target name is empty",
            value.span,
            f"names have 1 to {longest} bytes and no spaces",
            says=says if name else "Invalid target name (too short)",
        )
        return
    if name in STANDARD_TARGETS or is_goto:
        return
    target = find_target(name, cursor.family)
    if target is not None and _is_there(target, cursor):
        use(cursor, target, value, rule.given["j"].span)
    elif target is None and cursor.release.is_in(extension_spans("target", name, cursor.family)):
        cursor.reading.open_extensions.append(("target", value))


def _is_there(extension: Extension, cursor: Cursor) -> bool:
    """Whether the release has the extension."""
    spans = extension_spans(extension.kind, extension.name, cursor.family)
    return not spans or cursor.release.is_in(spans)


def use(cursor: Cursor, extension: Extension, word: Word, named: Span, implicit: bool = False) -> None:
    """Add a match or target to the rule, and its options to the vocabulary."""
    added = Use(extension, word, named, cursor.rule, implicit)
    if extension.kind == "target":
        cursor.rule.target = added
    elif len(cursor.rule.matches) < MOST_MATCHES:
        cursor.rule.matches.append(added)
    else:
        raise cursor.stop(too_many_matches(word))
    if extension not in cursor.latest:
        cursor.vocabulary.load(extension)
    cursor.latest[extension] = added


def read_option(cursor: Cursor, extension: Extension, option: Option, word: Word, glued: Word | None) -> None:
    """Read an option of a match or target, with its value."""
    owner = cursor.latest[extension]
    spelled = word.text.partition("=")[0]
    takes_a_word = option.value is not None and not option.optional
    value = cursor.required(spelled, word, glued, option) if takes_a_word else None
    _refuse_after_the_last(cursor, extension, word, spelled)
    _refuse_a_second_option(cursor, owner, option, word)
    before_the_bang = len(cursor.reading.diagnostics)
    _refuse_a_negation(cursor, extension, option, word, spelled)
    after_the_bang = len(cursor.reading.diagnostics)
    try:
        words = _words(cursor, extension, option, word, value, spelled)
    except Stop:
        # A missing second word is reported after the check.
        incomplete = Setting(option, Hole(""), cursor.negation is not None, (word,))
        owner.settings.setdefault(option.name, []).append(incomplete)
        cursor.reading.diagnostics[after_the_bang:after_the_bang] = _checked(owner, option, incomplete, cursor)
        raise
    is_misplaced = len(cursor.reading.diagnostics) > after_the_bang
    _refuse_a_negation(cursor, extension, option, word, spelled)
    setting = Setting(option, _value(cursor, extension, option, spelled, words), cursor.negation is not None, words)
    owner.settings.setdefault(option.name, []).append(setting)
    _forget(cursor, owner, option)
    # iptables takes a misplaced `!` alone for the value.
    looked_at = setting._replace(value=Hole("!")) if is_misplaced else setting
    diagnostics = _checked(owner, option, looked_at, cursor)
    # A check that does not need the value runs before the value is read. An extension with its own message for a `!`
    # reads it after the check; the others read it before, but after checking how often the option is given.
    is_first = bool(option.negated_says) or any(each.code == ONLY_ONCE for each in diagnostics)
    at = before_the_bang if is_first else after_the_bang
    cursor.reading.diagnostics[at:at] = diagnostics


def _forget(cursor: Cursor, owner: Use, option: Option) -> None:
    """Drop the options that the release forgets when it reads this one."""
    for name in option.forgets:
        if name in owner.settings and cursor.release.is_in(option.forgets_in):
            cursor.read_differently(
                f"`--{name}` before `--{option.name}` is ignored", owner.span(name), "put it at the end"
            )
            del owner.settings[name]


def _checked(owner: Use, option: Option, setting: Setting, cursor: Cursor) -> list[Diagnostic]:
    """The fault that the option's check reports, if it has a check."""
    try:
        fault = option.check(owner, setting) if option.check else None
    except Unknown:
        return []
    return [from_check_failure(fault, owner, cursor.rule)] if fault and is_found_by(cursor.release, fault) else []


def _refuse_a_negation(cursor: Cursor, extension: Extension, option: Option, word: Word, spelled: str) -> None:
    """Refuse a `!` if the option does not accept one: the `!` before the option or, called again, before its value."""
    if cursor.negation is None:
        return
    if not option.negatable and cursor.release.is_in(option.negation_ignored_in):
        cursor.negation_ignored(spelled)
    elif not option.negatable or (option.not_negatable_in and cursor.release.is_in(option.not_negatable_in)):
        says = option.negated_says or f'{extension.name}: option "--{option.said_as}" cannot be inverted.'
        ignored = option.negation_ignored_in[-1][1] if option.negation_ignored_in else None
        help = f"iptables {ignored} and older ignore it" if ignored and cursor.release > Release(ignored) else ""
        cursor.negated_wrongly(f"`{spelled}` cannot be negated", word, says, help)


def _words(
    cursor: Cursor, extension: Extension, option: Option, word: Word, value: Word | None, spelled: str
) -> tuple[Word, ...]:
    """The option's word and those of its values; the first value is already read if the option requires one."""
    if option.value is None:
        return (word,)
    if value is None:
        given = cursor.optional_value()
        return (word,) if given is None else (word, given)
    if value.text == "!":
        value = cursor.inner_negation(spelled, word, value, _says_to_a_bang(cursor, extension, option), option)
    if option.value.words < 2:
        return word, value
    second = cursor.next_value()
    if second is None and value.arity != "one":
        return word, value
    if second is None:
        help = f"write two values: `--{option.name} {option.value.synopsis}`"
        raise cursor.stop(not_recognised.missing_value(word, word.text, option.value.missing, help))
    return word, value, second


def _says_to_a_bang(cursor: Cursor, extension: Extension, option: Option) -> str:
    """What iptables answers to a `!` in place of a value."""
    assert option.value is not None
    texts = ["!"] * option.value.words
    try:
        read(value_in(extension, option, cursor.family, cursor.release), texts, cursor.family)
    except InvalidValue as bad:
        return bad.says.replace("{extension}", extension.name).replace("{option}", option.said_as)
    return ""


def _refuse_a_second_option(cursor: Cursor, owner: Use, option: Option, word: Word) -> None:
    extension = owner.extension
    if option.name not in owner.settings or option.repeatable:
        return
    is_strict = not cursor.release.is_in(option.twice_in)
    is_shared = cursor.release < _SHARED_SINCE and cursor.vocabulary.is_shared(option)
    if is_strict or is_shared:
        cursor.refuse(
            ONLY_ONCE,
            f"`--{option.name}` can only be used once per `{extension.name}` {extension.kind}",
            word.span,
            "used again here",
            causes=(Label(owner.span(option.name), "first used here"),),
            says=option.repeated_says or f'{extension.name}: option "--{option.said_as}" can only be used once.',
        )


def _refuse_after_the_last(cursor: Cursor, extension: Extension, word: Word, spelled: str) -> None:
    """Refuse an option if another extension, which is offered it first, accepts none after its own: a target is offered
    the options of all matches, a match those of the ones loaded after it.
    """
    if extension.kind == "target":
        return
    target = [cursor.rule.target] if cursor.rule.target else []
    for use in (*target, *cursor.rule.matches):
        if use.extension is extension:
            return
        if use.extension.last_in and use.settings and cursor.release.is_in(use.extension.last_in):
            first = next(iter(use.settings.values()))[0]
            cursor.refuse(
                EXCLUDES,
                f"iptables {cursor.release} accepts no option of another match after those of `{use.extension.name}`",
                word.span,
                f"put `{spelled}` before it",
                causes=(Label(first.words[0].span),),
                says=use.extension.last_says,
            )
            return


def _value(cursor: Cursor, extension: Extension, option: Option, spelled: str, words: tuple[Word, ...]) -> object:
    if option.value is None or (len(words) == 1 and option.optional):
        return None
    texts = [word.text for word in words[1:]]
    if any(word.holes for word in words[1:]):
        return Hole(" ".join(texts))
    kind = value_in(extension, option, cursor.family, cursor.release)
    try:
        value = read(kind, texts, cursor.family)
    except InvalidValue as bad:
        if bad.code != EMPTY_RANGE or not release_bugs.let_ranges_be_reversed(extension, cursor.release):
            diagnostic = unreadable_value(bad, spelled, words, extension, option, cursor.family, cursor.release)
            cursor.reading.diagnostics.append(diagnostic)
        return Hole(" ".join(texts))
    if kind is not option.value and is_misread_by(kind, option.value, texts, cursor.family):
        cursor.read_as(option.value.write(value, cursor.family), words)
    return value
