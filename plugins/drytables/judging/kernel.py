"""What iptables accepts and the kernel then refuses, and what depends on the reader's machine.

Which chains and targets exist, where a target may be used, what a match's checkentry requires. From
iptables-extensions(8) and from Linux 6.18 as observed with iptables-legacy 1.8.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.code import Code
from ..diagnostics.codes.command import (
    BAD_POLICY,
    BUILT_IN_CHAIN,
    CHAIN_EXISTS,
    GOTO_NO_CHAIN,
    JUMP_TO_BUILT_IN,
    NEEDS_PROTOCOL,
    UNKNOWN_CHAIN,
    UNKNOWN_TABLE,
    UNKNOWN_TARGET,
    WRONG_CHAIN,
    WRONG_TABLE,
)
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ..diagnostics.source import Span
from ..grammar.builtin import BY_NAME, CHAINS, POLICIES, RULE_COMMANDS, STANDARD_TARGETS, TABLES
from ..grammar.catalogue import common_targets, find_target
from ..grammar.extension import Extension
from ..grammar.history.releases import Release
from ..grammar.registries import PROTOCOLS
from ..grammar.rule import Rule, Unknown, Use
from ..grammar.values.base import listed
from ..reading.word import Word
from .chain_names import bad_new_name
from .messages import INVALID_ARGUMENT, from_check_failure, iptables_says, is_found_by, kernel_says, naming
from .parsing import not_recognised
from .parsing.cursor import ParsedCommand
from .suggestions import is_typo_of, nearest

#: The longest name of a table, in bytes (observed with iptables-legacy 1.8.9).
LONGEST_TABLE = 31

NO_CHAIN = "No chain/target/match by that name."


def refusals(reading: ParsedCommand, release: Release) -> Iterator[Diagnostic]:
    """Every reason why the command would fail even if what it needs exists: no such table or target, then what the
    kernel refuses.
    """
    rule = reading.rule
    if rule.table_word is not None and rule.table_word.holes:
        return
    if rule.table not in TABLES:
        yield _unknown_table(rule)
        return
    if all(word is not rule.jump for _, word in reading.open_extensions):
        yield from _jump(rule, release)
    for refusal in _by_the_kernel(rule, release):
        # Deleting or checking a rule only looks for it: the kernel never validates it.
        yield (refusal._replace(quote=None, notes=(_NEVER_THERE,)) if rule.command in ("delete", "check") else refusal)


_NEVER_THERE = "no such rule can exist: the kernel would not have accepted it"


def _by_the_kernel(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    if rule.command in ("new-chain", "rename-chain"):
        yield from _new_name(rule, release)
    yield from _chain(rule, release)
    if rule.command == "policy":
        yield from _policy(rule)
    if rule.jump is not None and rule.target is None and rule.jump.text in CHAINS:
        yield _jump_to_built_in(rule, rule.jump)
    for use in rule.uses() if _uses_the_rule(rule) else ():
        yield from _place(use, rule)
        for check in use.extension.kernel:
            try:
                fault = check(use)
            except Unknown:
                continue
            if fault and is_found_by(release, fault):
                yield from_check_failure(fault, use, rule)
                break


def _uses_the_rule(rule: Rule) -> bool:
    """Whether the command uses the rule itself: -L, -F and the like accept a match, and so does -D with a number, but
    they ignore it.
    """
    return BY_NAME[rule.command].letter in RULE_COMMANDS and not (rule.command == "delete" and rule.number is not None)


def _unknown_table(rule: Rule) -> Diagnostic:
    assert rule.table_word is not None
    meant = nearest(rule.table, TABLES)
    program = "iptables" if rule.family == "ipv4" else "ip6tables"
    why = "Table does not exist (do you need to insmod?)"
    if len(rule.table.encode(errors="surrogateescape")) > LONGEST_TABLE:
        why = "Module is wrong version"
    return Diagnostic(
        UNKNOWN_TABLE,
        f"unknown table `{rule.table}`",
        Label(rule.table_word.span, f"the tables are {listed(tuple(TABLES))}"),
        quote=iptables_says(f"can't initialize {program} table `{rule.table}': {why}"),
        help=f"did you mean `{meant}`?" if meant else "",
        edits=(Edit(rule.table_word.span, meant),) if meant else (),
    )


def _chain(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """The command's chain, where a built-in one is meant: it must belong to the table."""
    chain = rule.chain
    if chain is None or chain.holes or rule.command == "new-chain":
        return
    name, built_in = chain.text, TABLES[rule.table]
    if not name or any(letter.isspace() for letter in name):
        says = "Bad built-in chain name." if rule.command == "policy" else NO_CHAIN
        message = f"`{name}` is not a valid chain name" if name else "a chain must have a name"
        yield Diagnostic(UNKNOWN_CHAIN, message, Label(chain.span), quote=kernel_says(says))
    elif name in built_in:
        yield from _built_in(rule, chain)
    elif name in CHAINS:
        yield _chain_of_another_table(rule, chain)
    elif rule.command == "policy":
        yield Diagnostic(
            UNKNOWN_CHAIN,
            f"`{name}` is not a built-in chain, and only those have a policy",
            Label(chain.span),
            quote=kernel_says("Bad built-in chain name."),
            help=_did_you_mean(name, built_in),
        )
    elif bad_new_name(chain, rule.family, release):
        yield Diagnostic(
            UNKNOWN_CHAIN,
            f"chain `{name}` cannot exist: its name is not valid",
            Label(chain.span),
            quote=kernel_says(NO_CHAIN),
        )
    else:
        yield from _near_miss(UNKNOWN_CHAIN, chain, built_in, "chain", NO_CHAIN) or _near_miss_elsewhere(chain)


def _built_in(rule: Rule, chain: Word) -> Iterator[Diagnostic]:
    """A built-in chain cannot be deleted or renamed."""
    name = chain.text
    if rule.command == "delete-chain":
        yield Diagnostic(
            BUILT_IN_CHAIN,
            f"built-in chain `{name}` cannot be deleted",
            Label(chain.span),
            quote=kernel_says(),
            help=f"use `-F {name}` to delete its rules",
        )
    if rule.command == "rename-chain":
        yield Diagnostic(
            BUILT_IN_CHAIN,
            f"built-in chain `{name}` cannot be renamed",
            Label(chain.span),
            quote=kernel_says(NO_CHAIN),
        )


def _chain_of_another_table(rule: Rule, chain: Word) -> Diagnostic:
    """A built-in chain that this table does not have; if the target works in one table only, that was meant."""
    tables = _tables_with(chain.text)
    target = rule.target.extension if rule.target is not None else None
    meant = [table for table in tables if target is not None and table in target.tables]
    program = rule.words[0]
    help = ""
    edits: tuple[Edit, ...] = ()
    if target is not None and len(meant) == 1:
        help = f"use `-t {meant[0]}`: `{target.name}` works only there"
        where = rule.table_word.span if rule.table_word else Span(program.span.end, program.span.end)
        edits = (Edit(where, meant[0] if rule.table_word else f" -t {meant[0]}"),)
    elif not rule.table_word:
        help = f"specify the table with `-t`; the default is `{rule.table}`"
    return Diagnostic(
        WRONG_TABLE,
        f"the `{rule.table}` table has no `{chain.text}` chain",
        Label(chain.span, f"`{chain.text}` is in {listed(tables)}"),
        causes=(Label(rule.table_word.span, "this table"),) if rule.table_word else (),
        quote=kernel_says("Bad built-in chain name." if rule.command == "policy" else NO_CHAIN),
        help=help,
        edits=edits,
    )


def _near_miss(code: Code, word: Word, known: tuple[str, ...], what: str, says: str) -> tuple[Diagnostic, ...]:
    """A name so similar to a built-in one that it must be a typo; nothing if it is not."""
    meant = next((name for name in known if is_typo_of(word.text, name)), None)
    if meant is None:
        return ()
    found = Diagnostic(
        code,
        f"unknown {what} `{word.text}`",
        Label(word.span),
        quote=iptables_says(says),
        help=f"did you mean `{meant}`?",
        edits=(Edit(word.span, meant),),
    )
    return (found,)


def _near_miss_elsewhere(chain: Word) -> tuple[Diagnostic, ...]:
    """The same for the built-in chains that only other tables have: two words are wrong, and so the fix is a guess."""
    near = _near_miss(UNKNOWN_CHAIN, chain, CHAINS, "chain", NO_CHAIN)
    return tuple(
        each._replace(help=each.help + f" It is in {listed(_tables_with(meant))}", edits=())
        for each in near
        for meant in (each.edits[0].replacement,)
    )


def _tables_with(chain: str) -> tuple[str, ...]:
    return tuple(table for table, chains in TABLES.items() if chain in chains)


def _did_you_mean(name: str, choices: tuple[str, ...]) -> str:
    meant = nearest(name, choices)
    return f"did you mean `{meant}`?" if meant else f"the built-in chains are {listed(choices)}"


def _policy(rule: Rule) -> Iterator[Diagnostic]:
    policy = rule.argument
    if policy is not None and not policy.holes and policy.text not in POLICIES:
        yield Diagnostic(
            BAD_POLICY,
            f"`{policy.text}` is not a valid policy",
            Label(policy.span, "expected ACCEPT or DROP"),
            quote=kernel_says("Bad policy name. Run `dmesg' for more information."),
            help=f"did you mean `{nearest(policy.text, POLICIES)}`?"
            if nearest(policy.text, POLICIES)
            else f"keep the policy and add `-A … -j {policy.text}` at the end of the chain",
        )


def _new_name(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """The new name of a chain: no chain may have it already."""
    word = rule.chain if rule.command == "new-chain" else rule.argument
    if word is None or word.holes:
        return
    is_built_in = word.text in (*TABLES[rule.table], *(STANDARD_TARGETS if rule.command == "rename-chain" else ()))
    old = rule.chain if word is not rule.chain else None
    is_its_own = old is not None and word.text == old.text and not bad_new_name(old, rule.family, release)
    if is_built_in or is_its_own:
        yield Diagnostic(
            CHAIN_EXISTS,
            f"`{word.text}` already exists" + (": it is built in" if is_built_in else ""),
            Label(word.span),
            quote=kernel_says("Chain already exists." if rule.command == "new-chain" else "File exists."),
        )


def _jump(rule: Rule, release: Release) -> Iterator[Diagnostic]:
    """Where -j or -g go, if not to a loaded target."""
    jump = rule.jump
    if jump is None or jump.holes or not jump.text or rule.target is not None:
        return
    name = jump.text
    if rule.goto and (name in STANDARD_TARGETS or find_target(name, rule.family)):
        yield Diagnostic(
            GOTO_NO_CHAIN,
            f"`-g` requires a chain, but `{name}` is a target",
            Label(jump.span),
            quote=iptables_says(f"goto '{name}' is not a chain"),
            help=f"use `-j {name}`",
        )
    elif name not in STANDARD_TARGETS and name not in CHAINS:
        says = f"goto '{name}' is not a chain" if rule.goto else not_recognised.could_not_load("target", name)
        missing = not_recognised.unknown_target(jump, rule.family, release)
        if missing:
            yield missing
        elif bad_new_name(jump, rule.family, release):
            message = f"`{name}` is neither a target nor a valid chain name"
            yield Diagnostic(UNKNOWN_TARGET, message, Label(jump.span), quote=iptables_says(says))
        else:
            # SNAT and DNAT are equally close to `NAT`: the alphabetically later one is the one that more people use.
            common = sorted(common_targets(rule.family, lambda known: is_typo_of(name, known)), reverse=True)
            yield from _near_miss(UNKNOWN_TARGET, jump, (*STANDARD_TARGETS, *common), "target", says)


def _jump_to_built_in(rule: Rule, jump: Word) -> Diagnostic:
    """A jump to a built-in chain: the kernel refuses one of this table, and iptables does not know one of another."""
    if jump.text in TABLES[rule.table]:
        quote: Quote | None = kernel_says(INVALID_ARGUMENT)
    elif rule.goto:
        quote = iptables_says(f"goto '{jump.text}' is not a chain")
    else:
        quote = iptables_says(not_recognised.could_not_load("target", jump.text))
    return Diagnostic(
        JUMP_TO_BUILT_IN, f"a rule cannot jump to the built-in chain `{jump.text}`", Label(jump.span), quote=quote
    )


def _place(use: Use, rule: Rule) -> Iterator[Diagnostic]:
    """What is wrong with the table, hook or protocol that an extension is used with."""
    extension = use.extension
    if extension.tables and rule.table not in extension.tables:
        where = listed(tuple(extension.tables), "or")
        yield Diagnostic(
            WRONG_TABLE,
            f"`{extension.name}` works only in the {where} table",
            Label(use.named, naming(use)),
            causes=(Label(rule.table_word.span),) if rule.table_word else (),
            quote=kernel_says(),
            help=f"use `-t {extension.tables[0]}`" + ("" if rule.table_word else "; the default table is `filter`"),
        )
        return
    chain = rule.chain
    if extension.hooks and chain is not None and chain.text in TABLES[rule.table] and chain.text not in extension.hooks:
        here = tuple(hook for hook in extension.hooks if hook in TABLES[rule.table])
        yield Diagnostic(
            WRONG_CHAIN,
            f"`{extension.name}` cannot be used in `{chain.text}`",
            Label(use.named, naming(use)),
            causes=(Label(chain.span, "in this chain"),),
            quote=kernel_says(),
            help=f"use it in {listed(here, 'or')}" if here else "",
        )
    yield from _protocol(use, extension, rule)


def _protocol(use: Use, extension: Extension, rule: Rule) -> Iterator[Diagnostic]:
    try:
        protocol = rule.plain_protocol
    except Unknown:
        return
    if not extension.protocols or protocol in {PROTOCOLS[name] for name in extension.protocols}:
        return
    wanted = listed(tuple(f"-p {name}" for name in extension.protocols)).replace(" and ", " or ")
    given = rule.given.get("p")
    label = Label(given.span, "wrong protocol") if given else Label(use.named, naming(use))
    yield Diagnostic(
        NEEDS_PROTOCOL,
        f"`{extension.name}` requires {wanted} in the rule",
        label,
        causes=(Label(use.named, naming(use)),) if given and use.named != label.span else (),
        quote=kernel_says(),
        help=f"add `-p {extension.protocols[0]}` before it" if not given else "",
    )
