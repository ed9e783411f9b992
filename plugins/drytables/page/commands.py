"""The commands of each fence of a page, ready to be judged: placeholders are holes, and omitted tables are inferred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from ..grammar.history.releases import NEWEST, Release
from ..judging.chain_names import is_target
from ..reading.fence import Fence
from ..reading.saved import SavedTable, read_saved
from ..reading.shell.damaged_lines import DamagedLine
from ..reading.shell.script import Script, read_scripts
from ..reading.word import Command, Word
from .implied_placeholders import with_implied_holes
from .inferred_table import with_inferred_table
from .judge import Judge


@dataclass(frozen=True, slots=True)
class Contents:
    """The commands of a fence, including the rules of iptables-save text, in the order of the text.

    `tables` are those of iptables-save text, each with the commands that would add its rules; `others` run other
    programs.
    """

    commands: tuple[Command, ...]
    tables: tuple[tuple[SavedTable, tuple[Command, ...]], ...]
    others: tuple[Command, ...]
    diagnostics: tuple[Diagnostic, ...]
    damaged: tuple[DamagedLine, ...] = ()


def read_contents(source: Source, fences: tuple[Fence, ...], judge: Judge) -> list[Contents]:
    """The contents of a page's fences, in the order of `fences`."""
    return [_contents(script, judge) for script in read_scripts(source, fences)]


def _contents(script: Script, judge: Judge) -> Contents:
    commands = [with_implied_holes(with_inferred_table(command, judge), judge) for command in script.commands]
    diagnostics, tables = [*script.diagnostics], []
    for part in script.saved:
        saved = read_saved(part)
        diagnostics += saved.diagnostics
        for table in saved.tables:
            rules = tuple(with_implied_holes(rule, judge) for rule in _rules_of(table, judge))
            tables.append((table, rules))
            commands += rules
    commands.sort(key=lambda command: command.span)
    return Contents(tuple(commands), tuple(tables), script.others, tuple(diagnostics), script.damaged)


#: The options that create a chain, and how many words after them its name is.
_MAKING = {"-N": 1, "--new-chain": 1, "--new": 1, "-E": 2, "--rename-chain": 2}


def created_chains(contents: Contents) -> set[str]:
    """The names of the chains that a fence creates."""
    names = {line.chain.text for table, _ in contents.tables for line in table.chains}
    for command in contents.commands:
        words = [word.text for word in command.words]
        for option, distance in _MAKING.items():
            if option in words[: -distance or None]:
                name = words[words.index(option) + distance]
                names |= set() if is_target(name, command.family, Release(NEWEST)) else {name}
    return names


def without_lines_of_tables(held: Contents) -> Contents:
    """What a fence has, without what its saved tables would be if they were shell."""
    if not held.tables:
        return held
    tables = [table.span for table, _ in held.tables]
    others = tuple(each for each in held.others if not any(_overlap(each.span, span) for span in tables))
    return replace(held, others=others)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _rules_of(table: SavedTable, judge: Judge) -> Iterator[Command]:
    """The commands that would add the rules of a saved table. One after an omission is of another table if only that
    accepts it.
    """
    for at, rule in enumerate(table.rules):
        command = _rule_of(table, rule)
        if at >= table.own and (refusal := judge.verdict(command).refusal) and "table" in refusal.code.about:
            program, *_ = command.words
            bare = command._replace(words=(program, *rule.words), is_bare=True)
            inferred = with_inferred_table(bare, judge)
            command = inferred if judge.verdict(inferred).refusal is None else command
        yield command


def _rule_of(table: SavedTable, rule: Command) -> Command:
    """The command that would add a rule of a saved table."""
    program = Word("iptables" if rule.family == "ipv4" else "ip6tables", Span(rule.span.start, rule.span.start))
    option = Word("-t", Span(table.name.span.start, table.name.span.start))
    return rule._replace(words=(program, option, table.name, *rule.words), is_saved=True)
