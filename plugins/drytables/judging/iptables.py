"""Checks a Rule that was read to its end, in iptables' order: the first diagnostic is the one that iptables prints.

First the extensions' own checks and tables, then what a command may contain, then addresses, then chains; `kernel`
reports what only the kernel refuses. The order was observed with iptables-legacy 1.8.11. Nothing here changes the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..diagnostics.codes.command import (
    ALSO_REQUIRES,
    DANGLING_NEGATION,
    DROP_IN_NAT,
    EXCLUDES,
    NEGATED_LIST,
    NO_COMMAND,
    OPTION_NOT_FOR_COMMAND,
    REQUIRED,
    SEVERAL_RULES,
    STRAY_WORD,
    WRONG_INTERFACE,
)
from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Span
from ..grammar.builtin import BY_LETTER, BY_NAME, RULE_COMMANDS
from ..grammar.demands import Unmet, faults, unmet_demands
from ..grammar.extension import Extension, Option
from ..grammar.history.releases import Release, Spans
from ..grammar.rule import Rule, Use
from ..reading.word import Word
from .chain_names import too_long
from .messages import from_check_failure, invalid_value, iptables_says, is_found_by, naming
from .parsing.cursor import ParsedCommand


def refusals(reading: ParsedCommand, release: Release) -> Iterator[Diagnostic]:
    """Every fault that iptables itself finds in a rule that was read to its end; the kernel's come from `kernel`."""
    rule = reading.rule
    yield from _wait_interval(rule)
    yield from _nat_is_not_for_filtering(rule, release)
    for use in rule.uses():
        yield from _extension(use, rule, release)
    yield from _command_line(reading)
    if rule.command:
        yield from _addresses(reading, release)
        yield from _options_go_with_the_command(rule, release)
        yield from _chain_name(rule, release)
        if BY_NAME[rule.command].letter in RULE_COMMANDS and rule.chain is not None:
            yield from _interface_of_the_chain(rule, rule.chain)


#: What some releases accepted, and others refused.
_POLICY_COUNTERS: Spans = [["1.4.1", "1.4.5"], ["1.4.21", None]]
_SEVERAL_ADDRESSES_REPLACE_SINCE = Release("1.8.11")
_NO_DROP_IN_NAT_SINCE = {"ipv4": Release("1.4.3"), "ipv6": Release("1.6.1")}


def _wait_interval(rule: Rule) -> Iterator[Diagnostic]:
    if "W" in rule.given and "w" not in rule.given:
        yield Diagnostic(
            ALSO_REQUIRES,
            "`-W` also requires `-w`",
            Label(rule.given["W"].span),
            quote=iptables_says("--wait-interval only makes sense with --wait"),
        )


def _nat_is_not_for_filtering(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    verdict = rule.argument if rule.command == "policy" else rule.jump
    is_filtering = rule.table == "nat" and verdict is not None and verdict.text == "DROP"
    if is_filtering and verdict is not None and release >= _NO_DROP_IN_NAT_SINCE[rule.family]:
        yield Diagnostic(
            DROP_IN_NAT,
            "`DROP` cannot be used in the `nat` table",
            Label(verdict.span),
            causes=(Label(rule.table_word.span),) if rule.table_word else (),
            quote=iptables_says(
                'The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.'
            ),
            help="drop packets in the `filter` table, or early in `raw`: only the first packet of a connection"
            " passes through `nat`",
        )


def _extension(use: Use, rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """An extension's own checks, then what its option table demands; releases from before these came skip them."""
    extension = use.extension
    fault = next((each for each in faults(use) if is_found_by(release, each)), None)
    if fault:
        yield from_check_failure(fault, use, rule, extension.table_since)
        return
    for unmet in unmet_demands(use):
        if not unmet.since or release >= Release(unmet.since):
            yield _unmet(unmet, use, extension)


def _unmet(unmet: Unmet, use: Use, extension: Extension) -> Diagnostic:
    option, since = unmet.option, extension.table_since
    if unmet.kind == "also":
        return _also_requires(use, option.name, unmet.other, since)
    if unmet.kind == "excludes":
        return _excludes(use, option, extension.by_name[unmet.other], since)
    shown = f"--{option.name}" + (f" {option.value.synopsis}" if option.value else "")
    return Diagnostic(
        REQUIRED,
        f"the `{extension.name}` {extension.kind} requires `--{option.name}`",
        Label(use.named, f"`{shown}` is missing"),
        quote=iptables_says(f'{extension.name}: option "--{option.said_as}" must be specified', since),
    )


def _excludes(use: Use, option: Option, other: Option, since: str) -> Diagnostic:
    first, second = sorted((option.name, other.name), key=use.span)
    return Diagnostic(
        EXCLUDES,
        f"`--{option.name}` and `--{other.name}` cannot be used together",
        Label(use.span(second), f"conflicts with `--{first}`"),
        causes=(Label(use.span(first)),),
        quote=iptables_says(
            f'{use.extension.name}: option "--{option.said_as}" cannot be used together with "--{other.said_as}".',
            since,
        ),
    )


def _also_requires(use: Use, name: str, other: str, since: str) -> Diagnostic:
    extension, span = use.extension, use.span(name)
    missing = extension.by_name[other]
    names = extension.by_name[name].said_as, missing.said_as
    insert = f"--{other} {missing.assumed}" if missing.assumed else ""
    help = f"add `--{other}`"
    if insert:
        typed = " ".join(word.text for word in use.settings[name][-1].words)
        help = f"{_cure(use, missing)}, write `{typed} {insert}`"
    return Diagnostic(
        ALSO_REQUIRES,
        f"`--{name}` also requires `--{other}`",
        Label(span, f"`--{other}` is missing"),
        causes=(Label(use.named, naming(use)),),
        quote=iptables_says(f'{extension.name}: option "--{names[0]}" also requires "--{names[1]}".', since),
        help=help,
        edits=(Edit(Span(span.end, span.end), f" {insert}"),) if insert else (),
    )


_IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _cure(use: Use, missing: Option) -> str:
    """Why to write out what older releases assumed, with the rule's own values filled in."""
    values = {name: str(settings[-1].value) for name, settings in use.settings.items() if settings[-1].option.value}
    words = {
        name: _IN_WORDS[int(text)] if text.isdecimal() and int(text) <= 10 else text for name, text in values.items()
    }
    return missing.cure.format_map(words) if missing.cure else "to keep the behaviour of older releases"


def _command_line(reading: ParsedCommand) -> Iterator[Diagnostic]:
    rule = reading.rule
    if reading.left_over:
        words = reading.left_over
        yield Diagnostic(
            STRAY_WORD,
            "nothing can follow a lone `--`",
            Label(words[0].span.to(words[-1].span)),
            quote=iptables_says("unknown arguments found on commandline"),
        )
    if not rule.command and not reading.is_inquiry and not reading.open and not any(map(_describes, rule.words)):
        last = rule.words[-1].span
        yield Diagnostic(
            NO_COMMAND,
            "no command such as `-A` or `-L`",
            Label(rule.words[0].span.to(last)),
            quote=iptables_says("no command specified"),
            help="append a rule with `-A CHAIN`, insert one with `-I CHAIN`, or delete one with `-D CHAIN`",
        )
    if reading.dangling:
        yield Diagnostic(
            DANGLING_NEGATION,
            "nothing follows the `!`",
            Label(reading.dangling.span),
            quote=iptables_says("nothing appropriate following !"),
        )


def _describes(word: Word) -> bool:
    """Whether a word is a description that may stand for more than one argument, as in a synopsis."""
    return word.arity != "one" and word.begins_unknown and " " in word.text


def _addresses(reading: ParsedCommand, release: Release) -> Iterator[Diagnostic]:
    """What is wrong with the addresses of -s and -d, which iptables reads only at this point."""
    rule = reading.rule
    for setting, part, bad in reading.invalid_networks:
        yield invalid_value(bad, setting.words[0].text, (setting.words[0], part), "", "")
    yield from _negated_lists(rule)
    several = _several(rule)
    if rule.command == "replace" and several:
        setting = rule.given[several]
        is_taken = release >= _SEVERAL_ADDRESSES_REPLACE_SINCE
        yield Diagnostic(
            SEVERAL_RULES,
            "`-R` replaces one rule with one rule",
            Label(setting.value_span, "only the first of these is used" if is_taken else "this would create several"),
            quote=None if is_taken else iptables_says("Replacement rule does not specify a unique address"),
            severity="warning" if is_taken else "error",
        )


def _several(rule: Rule) -> str:
    """The letter of the first option that has several addresses; empty if neither has."""
    return next((letter for letter, each in (("s", rule.sources), ("d", rule.destinations)) if len(each or ()) > 1), "")


def _negated_lists(rule: Rule) -> Iterator[Diagnostic]:
    """A `!` before -s or -d while either has several addresses: the two need not be the same, as in iptables."""
    several = _several(rule)
    negated = next((rule.given[letter] for letter in "sd" if rule.negated(letter)), None) if several else None
    if negated is None:
        return
    listed = rule.given[several]
    itself = listed.negated
    yield Diagnostic(
        NEGATED_LIST,
        f"`! -{several}` accepts only one address" if itself else "`!` cannot be used with a list of addresses",
        Label(listed.value_span, "" if itself else "this is a list"),
        causes=() if itself else (Label(negated.span, "this is negated"),),
        quote=iptables_says("! not allowed with multiple source or destination IP addresses"),
        help="use an ipset or a chain: one negated rule for each address would match every packet"
        if itself
        else "write one rule for each address",
    )


#: The order in which iptables checks for options that do not go with the command.
_OPTION_ORDER = (
    *("numeric", "source", "destination", "protocol", "jump", "verbose", "exact", "in-interface", "out-interface"),
    *("line-numbers", "set-counters", "fragments"),
)


@cache
def _options_that_go_with(command: str) -> frozenset[str]:
    """The letters of the options that go with a command in every release."""
    return frozenset(
        letter for letter, entry in BY_LETTER.items() if letter != "c" and command in (entry.commands or command)
    )


def _options_go_with_the_command(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    command = BY_NAME[rule.command].letter
    by_number = rule.command == "delete" and rule.number is not None
    if not by_number and rule.given.keys() <= _options_that_go_with(command):
        return
    what = f"`-{command}` and a rule number" if by_number else f"`-{command}`"
    for letter, allowed in ((BY_NAME[name].letter, BY_NAME[name].commands) for name in _OPTION_ORDER):
        setting = rule.given.get(letter)
        if letter == "c" and not release.is_in(_POLICY_COUNTERS):
            allowed = allowed.replace("P", "")
        if setting is not None and allowed and (command not in allowed or by_number):
            yield Diagnostic(
                OPTION_NOT_FOR_COMMAND,
                f"`{setting.words[0].text}` cannot be used with {what}",
                Label(setting.words[0].span),
                causes=(Label(rule.command_word.span),) if rule.command_word else (),
                quote=iptables_says(f"Illegal option `--{BY_LETTER[letter].names[0]}' with this command"),
            )


def _interface_of_the_chain(rule: Rule, chain: Word) -> Iterator[Diagnostic]:
    for letter, chains in (("o", ("PREROUTING", "INPUT")), ("i", ("POSTROUTING", "OUTPUT"))):
        setting = rule.given.get(letter)
        if setting is not None and chain.text in chains:
            way = "going out" if letter == "o" else "coming in"
            yield Diagnostic(
                WRONG_INTERFACE,
                f"`-{letter}` cannot be used in `{chain.text}`",
                Label(setting.span),
                causes=(Label(chain.span, f"packets are not {way} here"),),
                quote=iptables_says(f"Can't use --{BY_LETTER[letter].names[0]} with {chain.text}"),
            )


def _chain_name(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    diagnostic = too_long(rule.chain, release) if rule.chain is not None and rule.command != "new-chain" else None
    if diagnostic:
        yield diagnostic
