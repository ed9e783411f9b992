"""What each fence of a page says, ready to be judged: what stands for a value is known to, and what table is meant."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from ..grammar.releases import Release
from ..reading.damage import DamagedLine
from ..reading.fences import Fence
from ..reading.saved import SavedTable, read_saved
from ..reading.shell import Script, read_scripts
from ..reading.word import Command, Word
from .guessed_table import in_its_table
from .stand_ins import with_stand_ins


@dataclass(slots=True)
class Contents:
    """What a fence says: commands, with the rules of iptables-save text among them, in the order of the text.

    `tables` are those of that text, each with the commands that would add its rules; `others` run other programs.
    """

    commands: list[Command]
    tables: list[tuple[SavedTable, list[Command]]]
    others: tuple[Command, ...]
    diagnostics: list[Diagnostic]
    damaged: tuple[DamagedLine, ...] = ()


def read_contents(source: Source, fences: tuple[Fence, ...], release: Release) -> list[Contents]:
    """What the fences of a page say, which are given in their order."""
    return [_contents(script, release) for script in read_scripts(source, fences)]


def _contents(script: Script, release: Release) -> Contents:
    commands = [with_stand_ins(in_its_table(command, release), release) for command in script.commands]
    diagnostics = [*script.diagnostics]
    tables = []
    for part in script.saved:
        saved = read_saved(part)
        diagnostics += saved.diagnostics
        tables += [
            (table, [with_stand_ins(_rule_of(table, rule), release) for rule in table.rules]) for table in saved.tables
        ]
    commands += (rule for _, rules in tables for rule in rules)
    commands.sort(key=lambda command: command.span)
    return Contents(commands, tables, script.others, diagnostics, script.damaged)


def _rule_of(table: SavedTable, rule: Command) -> Command:
    """The command that would add a rule of a saved table."""
    program = Word("iptables" if rule.family == "ipv4" else "ip6tables", Span(rule.span.start, rule.span.start))
    option = Word("-t", Span(table.name.span.start, table.name.span.start))
    return rule._replace(words=(program, option, table.name, *rule.words))
