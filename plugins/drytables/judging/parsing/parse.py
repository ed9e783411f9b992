"""Words to a Rule, left to right, as getopt_long finds options and iptables reads them: from iptables(8), and from
iptables-legacy 1.8.11 as observed.
"""

from __future__ import annotations

from ...grammar.builtin import BuiltIn
from ...grammar.catalogue import find_protocol_match
from ...grammar.history.releases import Release, extension_spans
from ...grammar.registries import PROTOCOL_NAMES
from ...grammar.rule import Hole
from ...reading.word import Command, Word
from ..limits import too_long
from . import not_recognised
from .builtin_options import listing_and_zeroing, read_builtin
from .cursor import Cursor, ParsedCommand, Stop
from .extension_options import read_option, use
from .networks import read_networks
from .vocabulary import Ambiguous, Owned

#: After this many faults a command is read no further: nobody would read more diagnostics.
MOST_DIAGNOSTICS = 100

#: The release that loses the `!` before an option if it loads the protocol's match for it (observed).
_FORGETS_NEGATION = Release("1.4.11")

#: Before this release, iptables named a word instead of the unknown letter (observed with 1.8.9 and 1.8.11).
_LETTER_NAMED_SINCE = Release("1.8.11")


def parse(command: Command, release: Release) -> ParsedCommand:
    """Read a command as a release of iptables does; its rule is complete as far as it could be read."""
    cursor = Cursor(command, release)
    reading = cursor.reading
    try:
        oversize = too_long(command)
        if oversize is not None:
            raise cursor.stop(oversize)
        while (word := cursor.next()) is not None:
            if len(reading.diagnostics) >= MOST_DIAGNOSTICS:
                raise Stop
            if word.text == "--":
                reading.left_over, cursor.at = cursor.words[cursor.at :], len(cursor.words)
            else:
                _word(cursor, word)
        listing_and_zeroing(cursor)
    except Stop:
        reading.is_whole = False
    reading.dangling = cursor.negation if reading.is_whole else None
    networks = read_networks(cursor.rule, release)
    reading.invalid_networks = tuple(networks.invalid)
    for span in networks.empty:
        cursor.read_differently("an empty address in a list is read as any address", span)
    cursor.rule.unread = _unread(cursor)
    return reading


def _unread(cursor: Cursor) -> tuple[Word, ...]:
    """The words for which it is not known what they require of a packet."""
    reading = cursor.reading
    matches = (word for kind, word in reading.open_extensions if kind == "match")
    # iptables ignores what follows an inquiry, too.
    rest = () if reading.is_whole or reading.is_inquiry else cursor.words[max(cursor.at - 1, 1) :]
    return (*reading.open, *matches, *rest)


def _word(cursor: Cursor, word: Word) -> None:
    text = word.text
    if text == "!":
        cursor.negate(word)
        return
    if word.holes and _may_be_any_option(word):
        cursor.expands(word)
    elif text.startswith("--"):
        _long(cursor, word)
    elif text.startswith("-") and len(text) > 1:
        _short(cursor, word)
    elif cursor.reading.open or cursor.reading.open_extensions:
        cursor.reading.open.append(word)
    else:
        raise cursor.stop(not_recognised.unexpected_argument(word, cursor.words, cursor.at - 1))
    cursor.negation = None


def _may_be_any_option(word: Word) -> bool:
    """Whether the name of the option is not known, or whether it is one: `$OPTS`, `--$WAY-interface`, `-$LETTER`."""
    known = word.text[: word.holes[0][0]]
    return not known.strip("-") or (known.startswith("--") and "=" not in known)


def _long(cursor: Cursor, word: Word) -> None:
    name, equals, _ = word.text[2:].partition("=")
    glued = _glued(word, len(name) + 3) if equals else None
    entry = cursor.vocabulary.find(name)
    if not isinstance(entry, BuiltIn | Owned) and _load_protocol_match(cursor):
        entry = cursor.vocabulary.find(name)
        if cursor.negation and cursor.release == _FORGETS_NEGATION:
            cursor.negation_ignored(word.text.partition("=")[0])
    if isinstance(entry, BuiltIn):
        if glued and entry.argument == "none":
            raise cursor.stop(not_recognised.unknown_option(word, cursor.rule, cursor.vocabulary))
        read_builtin(cursor, entry, word.text.partition("=")[0], word, glued)
    elif isinstance(entry, Owned):
        extension, option = entry
        if glued and (option.value is None or option.optional):
            raise cursor.stop(not_recognised.unknown_option(word, cursor.rule, cursor.vocabulary))
        read_option(cursor, extension, option, word, glued)
    elif isinstance(entry, Ambiguous) and name:
        raise cursor.stop(not_recognised.ambiguous_option(word, entry.names))
    elif cursor.reading.open_extensions or (cursor.reading.open and not not_recognised.is_misspelt(name)):
        _skip_values(cursor, word)
    else:
        raise cursor.stop(not_recognised.unknown_option(word, cursor.rule, cursor.vocabulary))


def _short(cursor: Cursor, word: Word) -> None:
    """Letters after one dash: flags may be joined; the rest of the word is the value of the first that has one."""
    text, here, negation = word.text, 1, cursor.negation
    while here < len(text):
        letter = text[here]
        here += 1
        entry = cursor.vocabulary.find_letter(letter)
        if entry is None and _load_protocol_match(cursor):
            # iptables goes back to read the word again: at once if this was the last letter, else after the remaining
            # letters; as it has not finished the word by then, it goes back too far.
            if here == len(text):
                here = 1
            else:
                cursor.at -= 1
            continue
        if entry is None:
            named = f"-{letter}"
            if cursor.release < _LETTER_NAMED_SINCE:
                named = _named(cursor.words[cursor.at - (1 if here == len(text) else 2)], negation, cursor)
            raise cursor.stop(not_recognised.unknown_short_option(word, letter, cursor.vocabulary, named))
        glued = _glued(word, here) if entry.argument != "none" and here < len(text) else None
        read_builtin(cursor, entry, f"-{letter}", word, glued)
        if entry.argument != "none":
            return
        cursor.negation = None if here < len(text) else cursor.negation


def _named(word: Word, negation: Word | None, cursor: Cursor) -> str:
    """The last word that an older iptables has processed, as its message for an unknown letter names it: it has emptied
    a `!`, and put protocols in lower case.
    """
    if word is negation:
        return ""
    return word.text.lower() if word is cursor.rule.protocol_word else word.text


def _glued(word: Word, start: int) -> Word:
    """The part of a word from `start` on, as a value of its own."""
    holes = tuple((max(a, start) - start, b - start) for a, b in word.holes if b > start)
    return Word(word.text[start:], word.part(start, len(word.text)), holes)


def _skip_values(cursor: Cursor, word: Word) -> None:
    """Skip an option of an extension that no file declares, and what may be its values."""
    cursor.reading.open.append(word)
    while (value := cursor.next_value()) is not None:
        cursor.reading.open.append(value)


def _load_protocol_match(cursor: Cursor) -> bool:
    """Load the match that belongs to the protocol, as iptables does once when it meets an unknown option."""
    rule = cursor.rule
    if cursor.protocol_was_used or rule.protocol_word is None:
        return False
    if isinstance(rule.protocol, Hole):
        # The match of some protocol may have the option.
        cursor.protocol_was_used = True
        cursor.reading.open_extensions.append(("match", rule.protocol_word))
    if not isinstance(rule.protocol, int):
        return False
    match = find_protocol_match(rule.protocol_word.text, cursor.family)
    if match is not None:
        cursor.protocol_was_used = True
        use(cursor, match, rule.protocol_word, rule.given["p"].span, implicit=True)
        return True
    name = PROTOCOL_NAMES.get(rule.protocol, "")
    if cursor.release.is_in(extension_spans("match", name, cursor.family)):
        # The protocol has a match that no file declares, so its options are not known.
        cursor.protocol_was_used = True
        cursor.reading.open_extensions.append(("match", rule.protocol_word))
    return False
