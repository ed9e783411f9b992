"""A Rule read to its end, checked in the order of iptables: the first diagnostic is the one that iptables prints.

First the extensions' own checks and tables, then what a command may hold, then the addresses, then chains; last,
what only the kernel refuses. The order was observed with iptables-legacy 1.8.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Span
from ..grammar.addresses import read_network
from ..grammar.builtin import BY_LETTER, LONGEST_INTERFACE, LONGEST_NAME, RULE_COMMANDS
from ..grammar.extension import Extension, Option
from ..grammar.releases import Release, builtin_spans
from ..grammar.rule import Hole, Rule, Setting, Unknown, Use
from ..grammar.values import Bad
from ..reading.word import Word
from .faults import bad_value, from_fault, iptables_says, naming
from .parse import Reading


def verify(reading: Reading, release: Release) -> Iterator[Diagnostic]:
    """Every fault of a rule that was read to its end, as iptables itself finds them; the kernel's come from
    `kernel`.
    """
    rule = reading.rule
    yield from _nat_is_not_for_filtering(rule)
    for use in rule.uses():
        yield from _extension(use, rule, release)
    yield from _command_line(reading)
    yield from _interfaces(rule, release)
    if rule.command:
        yield from _addresses(rule, release)
        yield from _options_go_with_the_command(rule, release)
        yield from _chain_name(rule)


def letter_of(rule: Rule) -> str:
    """The letter of what the command does."""
    return next((entry.letter for entry in BY_LETTER.values() if rule.command in entry.names), "")


def _nat_is_not_for_filtering(rule: Rule) -> Iterator[Diagnostic]:
    verdict = rule.argument if rule.command == "policy" else rule.jump
    if rule.table == "nat" and verdict is not None and verdict.text == "DROP":
        yield Diagnostic(
            "drop-in-nat",
            "the `nat` table is not for filtering: it cannot `DROP`",
            Label(verdict.span),
            causes=(Label(rule.table_word.span),) if rule.table_word else (),
            notes=iptables_says(
                'The "nat" table is not intended for filtering, the use of DROP is therefore inhibited.'
            ),
            help="only the first packet of a connection comes through `nat`; drop in the `filter` table, or in `raw`"
            " if it must be early",
        )


def _extension(use: Use, rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """An extension's own checks, then what its table demands."""
    extension = use.extension
    since = extension.strict_since
    if since and release < Release(since):
        return
    for check in extension.checks:
        try:
            fault = check(use)
        except Unknown:
            continue
        if fault:
            yield from_fault(fault, use, rule, since)
            return
    yield from _table_demands(use, extension, since)


def _table_demands(use: Use, extension: Extension, since: str) -> Iterator[Diagnostic]:
    for option in extension.options:
        if option.required and not use.has(option.name):
            shown = f"--{option.name}" + (f" {option.value.synopsis}" if option.value else "")
            yield Diagnostic(
                "required",
                f"the `{extension.name}` {extension.kind} requires `--{option.name}`",
                Label(use.named, f"`{shown}` is missing"),
                notes=iptables_says(f'{extension.name}: option "--{option.said_as}" must be specified', since),
            )
        if not use.has(option.name):
            continue
        span = use.span(option.name)
        for other in option.also.split():
            if not use.has(other):
                yield _also_requires(use, option.name, other, since)
        for other in option.excludes.split():
            if use.has(other):
                yield Diagnostic(
                    "excludes",
                    f"`--{option.name}` and `--{other}` exclude each other",
                    Label(max(span, use.span(other)), "not together with"),
                    causes=(Label(min(span, use.span(other)), "this"),),
                    notes=iptables_says(
                        f'{extension.name}: option "--{option.said_as}" cannot be used together with'
                        f' "--{extension.by_name[other].said_as}".',
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
        "also-requires",
        f"`--{name}` also requires `--{other}`",
        Label(span, f"`--{other}` is missing"),
        causes=(Label(use.named, naming(use)),),
        notes=iptables_says(f'{extension.name}: option "--{names[0]}" also requires "--{names[1]}".', since),
        help=help,
        edits=(Edit(Span(span.end, span.end), f" {insert}"),) if insert else (),
    )


_IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _cure(use: Use, missing: Option) -> str:
    """Why one would write what older releases took for granted, with the rule's own values in it."""
    values = {name: str(settings[-1].value) for name, settings in use.settings.items() if settings[-1].option.value}
    words = {
        name: _IN_WORDS[int(text)] if text.isdecimal() and int(text) <= 10 else text for name, text in values.items()
    }
    return missing.cure.format_map(words) if missing.cure else "to have it as older releases did"


def _command_line(reading: Reading) -> Iterator[Diagnostic]:
    rule = reading.rule
    if reading.left_over:
        words = reading.left_over
        yield Diagnostic(
            "stray-word",
            "nothing may follow a lone `--`",
            Label(words[0].span.to(words[-1].span)),
            notes=iptables_says("unknown arguments found on commandline"),
        )
    if not rule.command and not reading.is_inquiry and not reading.open:
        last = rule.words[-1].span
        yield Diagnostic(
            "no-command",
            "nothing says what to do",
            Label(rule.words[0].span.to(last)),
            notes=iptables_says("no command specified"),
            help="a rule is added with `-A CHAIN`, inserted with `-I CHAIN`, deleted with `-D CHAIN`",
        )
    if reading.dangling:
        yield Diagnostic(
            "dangling-negation",
            "nothing follows the `!`",
            Label(reading.dangling.span),
            notes=iptables_says("nothing appropriate following !"),
        )


def _interfaces(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    for letter in "io":
        setting = rule.given.get(letter)
        if setting is None or setting.words[-1].holes:
            continue
        word = setting.words[-1]
        name = str(setting.value)
        if len(name.encode()) > LONGEST_INTERFACE:
            yield Diagnostic(
                "bad-value",
                f"`{name}` is too long for an interface's name",
                Label(word.span, f"{LONGEST_INTERFACE} bytes at most"),
                notes=iptables_says(f"interface name `{name}' must be shorter than IFNAMSIZ (15)"),
            )
        elif not name and release >= Release("1.4.11"):
            yield Diagnostic(
                "bad-value",
                "an empty interface name",
                Label(word.span),
                notes=iptables_says("Empty interface is likely to be undesired"),
                help=f"for any interface, leave `-{letter}` out",
            )


def _addresses(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """Reads the addresses of -s and -d into the rule: iptables does so only now."""
    for letter, networks in (("s", rule.sources), ("d", rule.destinations)):
        setting = rule.given.get(letter)
        if setting is None:
            continue
        if setting.words[-1].holes:
            networks.append(Hole(str(setting.value)))
            continue
        yield from _networks(setting, rule.family, networks, release)
        if len(networks) > 1 and setting.negated:
            yield Diagnostic(
                "negated-list",
                f"`! -{letter}` takes one address only",
                Label(setting.value_span),
                notes=iptables_says("! not allowed with multiple source or destination IP addresses"),
                help="it would make one rule each, and every packet is none of them; use an ipset, or a chain",
            )
    if rule.command == "replace" and max(len(rule.sources), len(rule.destinations)) > 1:
        setting = rule.given["s" if len(rule.sources) > 1 else "d"]
        yield Diagnostic(
            "several-rules",
            "`-R` replaces one rule by one",
            Label(setting.value_span, "this makes several"),
            notes=iptables_says("Replacement rule does not specify a unique address"),
        )


def _networks(setting: Setting, family: str, networks: list[Any], release: Release) -> Iterator[Diagnostic]:
    """Each address of a list; blanks before one are skipped."""
    word, text = setting.words[-1], str(setting.value)
    at = len(word.text) - len(text)
    for piece in text.split(",") if release >= Release("1.4.5") else [text]:
        address = piece.lstrip(" \t")
        start = at + len(piece) - len(address)
        try:
            networks.append(read_network(address, family))
        except Bad as bad:
            part = Word(address, word.part(start, start + len(address)) if address else word.span)
            yield bad_value(bad, setting.words[0].text, (setting.words[0], part), "", "")
            networks.append(Hole(piece))
        at += len(piece) + 1


def _options_go_with_the_command(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    command = letter_of(rule)
    for letter, setting in rule.given.items():
        entry = BY_LETTER[letter]
        by_number = rule.command == "delete" and rule.number is not None and letter in "psdjiof"
        if (entry.commands and command not in entry.commands) or by_number:
            what = f"`-{command}` with a rule's number" if by_number else f"`-{command}`"
            yield Diagnostic(
                "option-not-for-command",
                f"`-{letter}` does not go with {what}",
                Label(setting.words[0].span),
                causes=(Label(rule.command_word.span),) if rule.command_word else (),
                notes=iptables_says(f"Illegal option `{_spelled(letter)}' with this command"),
            )
        elif letter == "f" and rule.family == "ipv6":
            yield Diagnostic(
                "option-not-for-command",
                "`-f` is for iptables only",
                Label(setting.words[0].span),
                notes=iptables_says("`-f' is not supported in IPv6, use -m frag instead"),
                help="use `-m frag`",
            )
        elif (letter == "6" and rule.family == "ipv4") or (letter == "4" and rule.family == "ipv6"):
            yield Diagnostic(
                "wrong-family",
                f"`-{letter}` is for the other program",
                Label(setting.words[0].span),
                help=f"write `{'ip6tables' if letter == '6' else 'iptables'}` instead",
            )
    if rule.given.get("W") and not rule.given.get("w"):
        yield Diagnostic(
            "also-requires",
            "`-W` also requires `-w`",
            Label(rule.given["W"].span),
            notes=iptables_says("--wait-interval only makes sense with --wait"),
        )
    if command in RULE_COMMANDS and rule.chain is not None:
        yield from _interface_of_the_chain(rule, rule.chain)
    entry = BY_LETTER[command]
    if not release.is_in(builtin_spans((f"--{entry.names[0]}", f"-{command}"), rule.family)):
        assert rule.command_word is not None
        yield Diagnostic("not-in-release", f"iptables {release} has no `-{command}`", Label(rule.command_word.span))


def _spelled(letter: str) -> str:
    return "--line-numbers" if letter == "0" else f"-{letter}"


def _interface_of_the_chain(rule: Rule, chain: Word) -> Iterator[Diagnostic]:
    for letter, chains in (("o", ("PREROUTING", "INPUT")), ("i", ("POSTROUTING", "OUTPUT"))):
        setting = rule.given.get(letter)
        if setting is not None and chain.text in chains:
            way = "going out" if letter == "o" else "coming in"
            yield Diagnostic(
                "wrong-interface",
                f"`-{letter}` cannot be used in `{chain.text}`",
                Label(setting.span),
                causes=(Label(chain.span, f"no packet is {way} here"),),
                notes=iptables_says(f"Can't use -{letter} with {chain.text}"),
            )


def _chain_name(rule: Rule) -> Iterator[Diagnostic]:
    chain = rule.chain
    if chain is not None and not chain.holes and len(chain.text.encode()) > LONGEST_NAME:
        yield Diagnostic(
            "bad-chain-name",
            f"the chain's name is too long: {len(chain.text.encode())} bytes",
            Label(chain.span, f"{LONGEST_NAME} bytes at most"),
            notes=iptables_says(f"chain name `{chain.text}' too long (must be under {LONGEST_NAME + 1} chars)"),
        )
