"""Reads the options of iptables itself: its commands, and the parameters that select packets without a match.

From iptables(8), and from iptables-legacy 1.8.11 as observed: what it checks as it reads, it checks in this order.
"""

from __future__ import annotations

import re

from ...diagnostics.codes.command import (
    BAD_VALUE,
    NEVER_MATCHES,
    ONLY_ONCE,
    OPTION_NOT_FOR_COMMAND,
    TWO_COMMANDS,
    WRONG_FAMILY,
)
from ...diagnostics.diagnostic import Diagnostic, Label
from ...grammar.builtin import BY_LETTER, LONGEST_INTERFACE, BuiltIn
from ...grammar.extension import Option
from ...grammar.history.releases import Release
from ...grammar.registries import PROTOCOLS
from ...grammar.rule import Hole, Setting
from ...grammar.values.base import IPV4, number
from ...reading.pattern import pattern
from ...reading.word import Word
from ..chain_names import bad_new_name
from ..messages import iptables_says
from . import not_recognised
from .cursor import Cursor, Stop
from .extension_options import read_jump, read_match

#: If two commands cannot be used together, iptables names the one that comes last here.
_RANKS = (
    *("insert", "delete", "replace", "append", "list", "flush", "zero", "new-chain", "delete-chain", "policy"),
    *("rename-chain", "list-rules", "check"),
)

#: The last release that accepted an interface without a name.
_EMPTY_INTERFACE_LAST = Release("1.4.10")

#: The releases that refused the `!` of -f, by mistake.
_FRAGMENTS_NOT_NEGATABLE = Release("1.4.11"), Release("1.4.11.1")

#: Since when -L and -Z accept a rule number, -c accepts `1,2`, and -w accepts seconds.
_NUMBER_SINCE = {"L": Release("1.4.1"), "Z": Release("1.4.6")}
_JOINED_COUNTERS_SINCE = Release("1.4.1")
#: Before this release, a leading comma did not separate counters (observed with 1.8.9 and 1.8.11).
_NO_PACKETS_SINCE = Release("1.8.11")
#: The first release of `iptables` that knows `icmpv6` by this name; `ip6tables` always has.
_ICMPV6_SINCE = Release("1.4.3")
#: Since when -E checks the new name as -N does.
_RENAMING_CHECKED_SINCE = Release("1.8.10")
#: The first release in which -D reads a number differently from all other commands (observed with 1.8.9 and 1.8.11).
_DECIMAL_TO_DELETE_SINCE = Release("1.8.11")
_MOST_DIGITS = 21
LAST_RULE, _LOW_BITS = 0x7FFF_FFFF, 0xFFFF_FFFF
_WAITING_TIME_SINCE = Release("1.6.0")

#: The release in which options must go with both -L and -Z where these are used together (observed).
_OPTIONS_OF_BOTH = Release("1.8.11")

_BEGINS_WITH_A_NUMBER = pattern(r"[ \t\n\v\f\r]*([+-]?)(?:0(?=[0-9]))*+([0-9]+)", re.ASCII)
_LONGEST_WAIT_INTERVAL = 999_999

_ANY = Option("built-in")


def read_builtin(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word, glued: Word | None) -> None:
    """Read an option of iptables itself, spelled `-A` or `--append`, with its values."""
    if entry.is_command:
        _command(cursor, entry, spelled, word, glued)
    elif entry.letter == "m":
        read_match(cursor, cursor.required(spelled, word, glued), word)
    elif entry.letter == "t":
        _table(cursor, cursor.required(spelled, word, glued))
    elif entry.letter in "46":
        _family(cursor, entry, word)
    elif entry.letter in "hV":
        # It is answered at once: nothing else is done, and what follows is ignored.
        cursor.reading.is_inquiry = True
        cursor.rule.command, cursor.rule.command_word = "", None
        raise Stop
    else:
        _parameter(cursor, entry, spelled, word, glued)


# Commands


def _command(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word, glued: Word | None) -> None:
    rule = cursor.rule
    chain = cursor.required(spelled, word, glued) if entry.argument == "required" else glued
    if entry.letter == "N" and chain is not None:
        _refuse_new_name(cursor, chain)
    _refuse_second_command(cursor, entry, spelled, word)
    rule.chain = chain or cursor.optional_chain() or rule.chain
    if not rule.command or rule.command == "zero":
        rule.command, rule.command_word = entry.names[0], word
    _what_follows_the_chain(cursor, entry, spelled, word)


def _refuse_second_command(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word) -> None:
    if cursor.negation:
        cursor.negated_wrongly(f"`{spelled}` cannot be negated", word, "unexpected '!' flag")
    companions = {"L": "Z", "S": "Z", "Z": "LS"}.get(entry.letter, "")
    others = [letter for letter in cursor.commands if letter not in companions]
    if others:
        named = max(others, key=lambda letter: _RANKS.index(BY_LETTER[letter].names[0]))
        causes = (Label(cursor.rule.command_word.span, "first command"),) if cursor.rule.command_word else ()
        cursor.refuse(
            TWO_COMMANDS,
            "only one command can be used at a time",
            word.span,
            "second command",
            says=f"Cannot use -{entry.letter} with -{named}",
            causes=causes,
            help="split this into two commands, or remove one",
        )
        raise Stop
    cursor.commands += entry.letter


def listing_and_zeroing(cursor: Cursor) -> None:
    """Warn about options that go with -L, but not with the -Z beside it: in 1.8.11 an option must go with both.

    They are not refused: every earlier release accepted them, so existing commands still work where those are
    installed.
    """
    if {*cursor.commands} != {"L", "Z"} or cursor.release != _OPTIONS_OF_BOTH:
        return
    for letter in "nx0":
        if letter in cursor.rule.given:
            word = cursor.rule.given[letter].words[0]
            says = f"Illegal option `--{BY_LETTER[letter].names[0]}' with this command"
            cursor.reading.diagnostics.append(
                Diagnostic(
                    OPTION_NOT_FOR_COMMAND,
                    f"iptables {_OPTIONS_OF_BOTH} refuses `{word.text}` when `-L` and `-Z` are used together",
                    Label(word.span),
                    quote=iptables_says(says),
                    help="list the rules first, and zero the counters in a second command",
                    severity="warning",
                )
            )


#: What must follow a chain: iptables' words if it is missing, and what to write.
_WANTED = {
    "number": ("a rule number", "write the rule number after the chain, counting from 1"),
    "name": ("old-chain-name and new-chain-name", "write the old name, then the new one"),
    "policy": ("a chain and a policy", "write the policy after the chain: `ACCEPT` or `DROP`"),
}


def _what_follows_the_chain(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word) -> None:
    rule = cursor.rule
    if not entry.then or (entry.argument == "optional" and rule.chain is None):
        return
    if entry.letter in _NUMBER_SINCE and cursor.release < _NUMBER_SINCE[entry.letter]:
        return
    value = cursor.optional_value() if entry.then == "number?" else cursor.next_value()
    if value is None:
        if entry.then in _WANTED and (rule.chain is None or rule.chain.arity == "one"):
            wanted, help = _WANTED[entry.then]
            raise cursor.stop(not_recognised.missing_value(word, spelled, f"-{entry.letter} requires {wanted}", help))
        return
    if entry.then in ("number", "number?"):
        rule.number_word, rule.number = rule.number_word or value, _rule_number(cursor, entry, value)
        if entry.letter == "Z":
            # Zeroing one rule replaces a listing that was requested before.
            rule.command, rule.command_word, cursor.commands = "zero", word, "Z"
    else:
        rule.argument = value
        if entry.then == "name" and cursor.release >= _RENAMING_CHECKED_SINCE:
            _refuse_new_name(cursor, value)


def _rule_number(cursor: Cursor, entry: BuiltIn, word: Word) -> int | Hole:
    if word.holes:
        return Hole(word.text)
    is_decimal = entry.letter == "D" and cursor.release >= _DECIMAL_TO_DELETE_SINCE
    value = _decimal(word.text) if is_decimal else number(word.text)
    if value is None or not 1 <= value <= (_LOW_BITS if is_decimal else LAST_RULE):
        is_range = is_decimal and ":" in word.text
        cursor.refuse(
            BAD_VALUE,
            f"`{word.text}` is not a valid rule number",
            word.span,
            "ranges are not supported" if is_range else "rules are counted from 1",
            says="Rule ranges are not supported" if is_range else f"Invalid rule number `{word.text}'",
        )
        return Hole(word.text)
    return value


def _decimal(text: str) -> int | None:
    match = _BEGINS_WITH_A_NUMBER.fullmatch(text)
    return _low_bits(match) if match else None


def _low_bits(match: re.Match[str]) -> int:
    """The lowest 32 bits of a decimal number of 64 bits; a larger one becomes all ones."""
    value = min(int(match[2][:_MOST_DIGITS]), (1 << 64) - 1)
    return (-value if match[1] == "-" else value) & _LOW_BITS


# Parameters


def _table(cursor: Cursor, value: Word) -> None:
    if cursor.negation:
        cursor.negated_wrongly("a table cannot be negated", value, "unexpected ! flag before --table")
    cursor.rule.table, cursor.rule.table_word = value.text, value


def _family(cursor: Cursor, entry: BuiltIn, word: Word) -> None:
    """Read -4 or -6: the one for the other program makes iptables stop reading, without saying why."""
    if entry.letter == ("4" if cursor.family == "ipv4" else "6"):
        cursor.rule.given[entry.letter] = Setting(_ANY, None, cursor.negation is not None, (word,))
        return
    program = "iptables" if entry.letter == "4" else "ip6tables"
    cursor.refuse(
        WRONG_FAMILY, f"`-{entry.letter}` is only for `{program}`", word.span, help=f"use `{program}` instead"
    )
    raise Stop


def _parameter(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word, glued: Word | None) -> None:
    letter = "j" if entry.letter == "g" else entry.letter
    value = cursor.required(spelled, word, glued) if entry.argument == "required" else glued
    if letter in "io" and value is not None:
        _empty_interface(cursor, letter, value)
    if letter == "f" and cursor.family == "ipv6":
        cursor.refuse(
            OPTION_NOT_FOR_COMMAND,
            "`-f` is only for `iptables`",
            word.span,
            help="use `-m frag`",
            says="`-f' is not supported in IPv6, use -m frag instead",
        )
    is_counted = BY_LETTER[letter].counted
    if is_counted or (letter == "v" and letter not in cursor.rule.given):
        _only_once(cursor, letter, spelled, word)
        _negatable(cursor, entry, letter, spelled, word)
    words = _words(cursor, entry, spelled, word, value)
    if is_counted:
        _negatable(cursor, entry, letter, spelled, word)
    setting = Setting(_ANY, words[1].text if len(words) > 1 else None, cursor.negation is not None, words)
    cursor.rule.given[letter] = setting
    if letter == "p":
        _protocol(cursor, words[-1])
    elif letter == "j":
        read_jump(cursor, words[-1], is_goto=entry.letter == "g")
    elif letter in "io":
        _long_interface(cursor, words[-1])
    elif letter == "c":
        _counters_are_numbers(cursor, words)
    elif letter in "wW":
        _wait(cursor, letter, words)


def _words(cursor: Cursor, entry: BuiltIn, spelled: str, word: Word, value: Word | None) -> tuple[Word, ...]:
    """The option's word and those of its values; `value` is the first, already read if the option requires one."""
    if entry.argument == "required":
        assert value is not None
        if entry.letter == "c":
            return _counters(cursor, spelled, word, value)
        says = 'unknown protocol "!" specified' if entry.letter == "p" else ""
        return word, cursor.inner_negation(spelled, word, value, says)
    if entry.argument == "optional":
        takes_seconds = entry.letter != "w" or cursor.release >= _WAITING_TIME_SINCE
        optional = value or (cursor.optional_value() if takes_seconds else None)
        return (word, optional) if optional else (word,)
    return (word,)


def _only_once(cursor: Cursor, letter: str, spelled: str, word: Word) -> None:
    name = BY_LETTER[letter].names[0]
    if letter in cursor.rule.given:
        first = cursor.rule.given[letter].words[0]
        cursor.refuse(
            ONLY_ONCE,
            f"`{spelled}` can only be used once",
            word.span,
            "used again here",
            says=f"multiple --{name} options not allowed",
            causes=(Label(first.span, "first used here"),),
        )


def _negatable(cursor: Cursor, entry: BuiltIn, letter: str, spelled: str, word: Word) -> None:
    """Refuse a `!` if the option does not accept one: the `!` before the option or, called again, before its value."""
    first_release, last_release = _FRAGMENTS_NOT_NEGATABLE
    by_slip = letter == "f" and first_release <= cursor.release <= last_release
    if cursor.negation and (not entry.negatable or by_slip):
        says = f"cannot have ! before --{BY_LETTER[letter].names[0]}"
        cursor.negated_wrongly(f"`{spelled}` cannot be negated", word, says)


def _counters(cursor: Cursor, spelled: str, word: Word, packets: Word) -> tuple[Word, ...]:
    first = 0 if cursor.release >= _NO_PACKETS_SINCE else 1
    if "," in packets.text[first:] and cursor.release >= _JOINED_COUNTERS_SINCE:
        return word, packets
    octets = cursor.next_value()
    if octets is None and packets.arity != "one":
        if cursor.at == len(cursor.words) and packets.arity == "split":
            cursor.expands(packets)
        return word, packets
    if octets is None:
        raise cursor.stop(
            not_recognised.missing_value(
                word,
                spelled,
                "--set-counters requires packet and byte counter",
                "write the number of packets, then the number of bytes: `-c 0 0`",
            )
        )
    return word, packets, octets


def _counters_are_numbers(cursor: Cursor, words: tuple[Word, ...]) -> None:
    packets = words[1]
    comma = packets.text.find(",")
    octets = words[2].text if len(words) > 2 else packets.text[comma + 1 :]
    for what, text, word in (("packet", packets.text, packets), ("byte", octets, words[-1])):
        if not word.holes and not _BEGINS_WITH_A_NUMBER.match(text):
            cursor.refuse(
                BAD_VALUE,
                f"`{text}` is not a valid number of {what}s",
                word.span,
                says=f"--set-counters {what} counter not numeric",
            )


def _wait(cursor: Cursor, letter: str, words: tuple[Word, ...]) -> None:
    """Read how long to wait for the lock: -w SECONDS, and -W MICROSECONDS, which no longer does anything."""
    value = words[-1] if len(words) > 1 else None
    if value is None:
        # Words that the shell makes of `"$@"` may begin with it.
        if letter == "W" and not cursor.is_before_hole():
            raise cursor.stop(not_recognised.missing_value(words[0], "-W", "wait interval value required"))
        return
    match = _BEGINS_WITH_A_NUMBER.match(value.text)
    if value.holes:
        return
    if not match:
        what = "wait seconds" if letter == "w" else "wait interval"
        cursor.refuse(
            BAD_VALUE,
            f"`{value.text}` is not a number",
            value.span,
            says=f"{what} not numeric",
            help="" if letter == "W" else "put `-w` last, or write the seconds after it",
        )
    elif letter == "W" and (amount := _low_bits(match)) > _LONGEST_WAIT_INTERVAL:
        cursor.refuse(
            BAD_VALUE,
            f"the wait interval `{value.text}` is out of range",
            value.span,
            "at most 999999 microseconds",
            says=f"too long usec wait {amount} > {_LONGEST_WAIT_INTERVAL} usec",
        )


def _empty_interface(cursor: Cursor, letter: str, word: Word) -> None:
    if not word.text and not word.holes and cursor.release > _EMPTY_INTERFACE_LAST:
        cursor.refuse(
            BAD_VALUE,
            "empty interface name",
            word.span,
            help=f"remove `-{letter}` to match any interface",
            says="Empty interface is likely to be undesired",
        )


def _long_interface(cursor: Cursor, word: Word) -> None:
    name = word.text
    if not word.holes and len(name.encode(errors="surrogateescape")) > LONGEST_INTERFACE:
        cursor.refuse(
            BAD_VALUE,
            f"interface name `{name}` is too long",
            word.span,
            f"at most {LONGEST_INTERFACE} bytes",
            says=f"interface name `{name}' must be shorter than {LONGEST_INTERFACE + 1} characters",
        )


def _protocol(cursor: Cursor, word: Word) -> None:
    rule = cursor.rule
    rule.protocol_word = word
    if word.holes:
        rule.protocol = Hole(word.text)
        return
    name = word.text.lower()
    value = PROTOCOLS.get(name)
    if name == "icmpv6" and cursor.family == IPV4 and cursor.release < _ICMPV6_SINCE:
        value = None
    if value is None:
        value = number(name)
    if value is None or value > 255:
        cursor.refuse(**not_recognised.protocol(word))
        rule.protocol = Hole(word.text)
        return
    if value == 0 and cursor.negation:
        cursor.refuse(
            NEVER_MATCHES,
            f"`! -p {word.text}` matches no packet",
            cursor.negation.span.to(word.span),
            says="rule would never match protocol",
            help="remove it: a rule without `-p` matches all protocols",
        )
    rule.protocol = value


def _refuse_new_name(cursor: Cursor, word: Word) -> None:
    """Report a name that no new chain can have: iptables checks it as it reads."""
    diagnostic = bad_new_name(word, cursor.family, cursor.release)
    if diagnostic:
        cursor.reading.diagnostics.append(diagnostic)
