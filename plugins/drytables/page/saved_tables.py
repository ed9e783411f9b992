"""What iptables-restore says about a table of iptables-save text: its name, its chains, and what its rules may contain.

Observed with iptables-legacy-restore 1.8.9; where iptables-nft-restore accepts what that refuses (a policy on a
user-defined chain), the legacy program decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..diagnostics.codes.command import BAD_CHAIN_NAME, BAD_POLICY, CHAIN_EXISTS, UNKNOWN_TABLE
from ..diagnostics.codes.saved import NOT_IN_SAVED
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ..grammar.builtin import LONGEST_NAME, POLICIES, STANDARD_TARGETS, TABLES
from ..grammar.values.base import listed
from ..judging.suggestions import nearest
from ..judging.verdict import Verdict
from ..reading.placeholders import find_placeholders
from ..reading.saved import RESTORE, SavedChain, SavedTable
from ..reading.word import Command, Word
from .report import Checked, Snippet

#: The options that iptables-restore keeps for itself.
_ITS_OWN = {"t": "The -t option cannot be used in iptables-restore.", "w": "You cannot use `-w' from iptables-restore"}


def with_tables_checked(snippet: Snippet, tables: Sequence[tuple[SavedTable, Sequence[Command]]]) -> Snippet:
    """The snippet, with what iptables-restore says of its tables, and of the rules in them that it does not accept."""
    if not tables:
        return snippet
    commands, diagnostics = {each.command.span: each for each in snippet.commands}, list(snippet.diagnostics)
    for table, rules in tables:
        diagnostics += check_table(table)
        for rule in rules:
            commands[rule.span] = _in_table(commands[rule.span], table)
    return replace(snippet, commands=tuple(commands.values()), diagnostics=tuple(diagnostics))


def _in_table(checked: Checked, table: SavedTable) -> Checked:
    """A rule of a table, without the findings about the table itself, and with those about what it cannot contain."""
    own = tuple(each for each in checked.findings if each.span != table.name.span)
    diagnostics = list(check_rule(checked.verdict, table.name))
    # A rule that names a table was judged for that table, which it cannot name here.
    return replace(checked, findings=() if diagnostics else own).with_findings(diagnostics)


def check_table(table: SavedTable) -> Iterator[Diagnostic]:
    """Check the name of a table, and each of its chain lines."""
    name = table.name
    if name.text and name.text not in TABLES:
        meant = nearest(name.text, TABLES)
        yield Diagnostic(
            UNKNOWN_TABLE,
            f"unknown table `{name.text}`",
            Label(name.span, f"the tables are {listed(tuple(TABLES))}"),
            quote=_restore_says(f"unable to initialize table '{name.text}'"),
            help=f"did you mean `{meant}`?" if meant else "",
            edits=(Edit(name.span, meant),) if meant else (),
        )
        return
    seen: dict[str, SavedChain] = {}
    for line in table.chains:
        yield from _chain_line(line, table, seen.get(line.chain.text))
        seen.setdefault(line.chain.text, line)


def check_rule(verdict: Verdict, table_word: Word) -> Iterator[Diagnostic]:
    """The options that a line of iptables-save text cannot have; `table_word` is the word of its `*table` line."""
    rule = verdict.rule
    given = {letter: setting.words[0] for letter, setting in rule.given.items() if letter in _ITS_OWN}
    if rule.table_word is not None and rule.table_word is not table_word and not verdict.command.guessed_table:
        given["t"] = rule.table_word
    for letter, word in given.items():
        yield Diagnostic(
            NOT_IN_SAVED,
            f"`-{letter}` cannot be used in iptables-save text",
            Label(word.span),
            causes=(Label(table_word.span, "the table is named here"),) if letter == "t" else (),
            quote=_restore_says(_ITS_OWN[letter]),
            help="remove it; each table has its own `*table` line" if letter == "t" else "remove it",
        )


def _chain_line(line: SavedChain, table: SavedTable, earlier: SavedChain | None) -> Iterator[Diagnostic]:
    name, policy, built_in = line.chain.text, line.policy, TABLES[table.name.text]
    if name in built_in:
        if policy.text not in (*POLICIES, "-") and not policy.holes:
            meant = nearest(policy.text, POLICIES)
            yield Diagnostic(
                BAD_POLICY,
                f"`{policy.text}` is not a valid policy",
                Label(policy.span, "expected ACCEPT or DROP"),
                quote=_restore_says(f"Can't set policy `{policy.text}' on `{name}': Bad policy name"),
                help=f"did you mean `{meant}`?" if meant else f"keep `ACCEPT`, and end the chain with `-A {name} -j …`",
                edits=(Edit(policy.span, meant),) if meant else (),
            )
        return
    if name in STANDARD_TARGETS or len(name.encode(errors="surrogateescape")) > LONGEST_NAME:
        is_long = name not in STANDARD_TARGETS
        says = f"Invalid chain name `{name}' ({LONGEST_NAME} chars max)" if is_long else _exists(name)
        yield Diagnostic(
            BAD_CHAIN_NAME,
            f"`{name}` is not a valid chain name",
            Label(line.chain.span, f"at most {LONGEST_NAME} bytes" if is_long else "this is a target"),
            quote=_restore_says(says),
        )
    elif earlier is not None and not find_placeholders(name):
        yield Diagnostic(
            CHAIN_EXISTS,
            f"chain `{name}` is declared twice",
            Label(line.chain.span, "declared again here"),
            causes=(Label(earlier.chain.span, "first declared here"),),
            quote=_restore_says(_exists(name)),
            help="remove one of the two lines",
        )
    if policy.text != "-" and not policy.holes:
        yield _policy_of_a_users_chain(line, built_in)


def _policy_of_a_users_chain(line: SavedChain, built_in: tuple[str, ...]) -> Diagnostic:
    name, policy = line.chain.text, line.policy
    meant = nearest(name, built_in)
    return Diagnostic(
        BAD_POLICY,
        f"`{name}` is not a built-in chain, and only those have a policy",
        Label(policy.span, "write `-` here"),
        causes=(Label(line.chain.span, f"the built-in chains are {listed(built_in)}"),),
        quote=_restore_says(f"Can't set policy `{policy.text}' on `{name}': Bad built-in chain name"),
        help=f"did you mean `{meant}`?" if meant else f"write `:{name} - [0:0]`",
        edits=(Edit(line.chain.span, meant) if meant else Edit(policy.span, "-"),),
    )


def _exists(name: str) -> str:
    return f"error creating chain '{name}':File exists"


def _restore_says(words: str) -> Quote:
    return Quote(words, RESTORE)
