"""A post read as one story: what each command does to the ruleset, and where it conflicts with earlier ones.

Within a snippet the commands are assumed to run one after another, and what cannot work in that order is an error. From
one snippet to the next the reader may have done anything, so only the names of what was created are kept. A command
that may not run (in a loop, after `||`), or that fails silently, makes things possible but nothing certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..diagnostics.codes.command import BAD_CHAIN_NAME
from ..diagnostics.codes.ruleset import MADE_LATER
from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..grammar.rule import Rule
from ..reading.need import Need
from ..reading.saved import SavedChain, SavedTable
from . import messages
from .changes import Finding, consequences
from .other_programs import effect_of
from .state import Ruleset, Step, Table, place_of

#: What happens on a machine: a command, or a saved table that is loaded with the rules in it.
Event = Step | tuple[SavedTable, list[Step]]


@dataclass(slots=True)
class Simulation:
    """Runs the steps of a post in order, and collects the findings.

    `given` is what every reader has, as the post's header says.
    """

    given: frozenset[Need] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    ruleset: Ruleset = field(default_factory=Ruleset)
    _made: set[Need] = field(default_factory=set)
    _reported: set[Need] = field(default_factory=set)
    _unreached: list[Finding] = field(default_factory=list)
    _late: set[Span] = field(default_factory=set)

    def begin(self) -> None:
        """Begin a snippet: of those before it, only what they created and added is kept."""
        self.end()
        self.ruleset = self.ruleset.next()

    def end(self) -> None:
        """End a snippet: a rule that is not reached now never will be."""
        there: dict[int, set[int]] = {}
        reported: set[int] = set()
        for finding in self._unreached:
            if finding.chain is not None and id(finding.chain) not in there:
                there[id(finding.chain)] = {id(each) for each in finding.chain.entries}
            ending = id(finding.ending)
            if ending in there.get(id(finding.chain), ()) and ending not in reported:
                self.findings.append(finding)
                reported.add(ending)
        self._unreached = []
        late = self._late
        if late:
            self.findings = [
                each for each in self.findings if each.asks_for is None or each.diagnostic.span not in late
            ]
            self._late = set()

    def run(self, step: Step) -> None:
        """Run one command."""
        rule = step.rule
        if rule is None:
            self._another_program(step)
            return
        place = place_of(step)
        if rule.table not in TABLES or not rule.command or (rule.chain is not None and rule.chain.holes):
            self.ruleset.tables.clear()
            return
        table = self.ruleset.table(place)
        self._uses_sets(step)
        if step.status == "refused":
            self._refused(step, rule, table)
        elif step.command.is_conditional or step.command.may_fail:
            self._perhaps(step, rule, table)
        else:
            self._remember(rule)
            self._take(consequences(step, table))

    def load(self, saved: SavedTable, steps: Iterable[Step], *, is_alone: bool) -> None:
        """Load the rules of a table in iptables-save text.

        `is_alone`: the text is the whole table, and what it does not declare does not exist; otherwise it is a part of
        one, or is added to an existing one.
        """
        table = Table(has_no_others=is_alone, is_flushed=is_alone, is_saved=True)
        self._made |= {Need("chain", line.chain.text) for line in saved.chains}
        for line in lines_of(saved, steps):
            if isinstance(line, SavedChain):
                table.declare(line, is_complete=is_alone)
            elif line.status != "refused":
                self._uses_sets(line)
                self._take(consequences(line, table))
        self.end()
        self.ruleset = self.ruleset.next()

    def satisfies(self, need: Need) -> bool:
        """Whether something that a command needs has been created so far, or is given."""
        return need in self._made or need in self.given

    def _take(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            need = finding.asks_for
            if need is not None:
                if need in self.given or need in self._made or need in self._reported:
                    continue
                self._reported.add(need)
            elif finding.diagnostic.code == MADE_LATER:
                # What is reported as created too late need not be reported as never created.
                self._late.add(finding.diagnostic.span)
            (self._unreached if finding.ending is not None else self.findings).append(finding)

    def _remember(self, rule: Rule) -> None:
        """Keep the name of a chain that is created."""
        word = rule.chain if rule.command == "new-chain" else rule.argument if rule.command == "rename-chain" else None
        if word is not None and not word.holes:
            self._made.add(Need("chain", word.text))

    def _refused(self, step: Step, rule: Rule, table: Table) -> None:
        """A refused command changes nothing; but unless it was to create a chain, what was meant is not known."""
        if rule.command == "new-chain" and rule.chain is not None and step.refusal is not None:
            if step.refusal.code == BAD_CHAIN_NAME:
                table.absent[rule.chain.text] = step.command.span
            return
        self._perhaps(step, rule, table)

    def _perhaps(self, step: Step, rule: Rule, table: Table) -> None:
        """A command that may run any number of times, or not at all."""
        self._remember(rule)
        if rule.command in ("append", "insert", "replace", "delete", "flush", "delete-chain") and rule.chain is None:
            self.ruleset.tables.clear()
        elif rule.command in ("new-chain", "delete-chain", "rename-chain"):
            for word in (rule.chain, rule.argument):
                if word is not None:
                    table.forget(word.text)
        elif rule.command == "append" and rule.chain is not None:
            table.chain(rule.chain.text).is_complete = False
        elif rule.chain is not None:
            table.chain(rule.chain.text).forget()

    def _uses_sets(self, step: Step) -> None:
        """Check the ipsets that a rule uses, which must exist."""
        for need in step.needs:
            if need.kind == "ipset" and need not in self.ruleset.sets:
                at = _place_of_set(step, need.name)
                if not step.command.is_conditional:
                    self.ruleset.wanted_sets.setdefault(need.name, (step, at))
                self._take([Finding(step, messages.not_made("ipset", need.name, at), asks_for=need)])

    def _another_program(self, step: Step) -> None:
        effect = effect_of(step.command)
        if effect.kind == "anything":
            self.ruleset = Ruleset()
        elif effect.kind == "makes-set":
            self._made.add(Need("ipset", effect.name))
            self.ruleset.sets.add(Need("ipset", effect.name))
            wanted = self.ruleset.wanted_sets.pop(effect.name, None)
            is_certain = not (step.command.is_conditional or step.command.may_fail)
            if wanted is not None and is_certain and effect.is_new:
                earlier, at = wanted
                diagnostic = messages.set_made_later(effect.name, at, step.command.span)
                self._take([Finding(earlier, diagnostic)])
        elif effect.kind == "destroys-set":
            self.ruleset.sets.clear()
            self.ruleset.wanted_sets.clear()


def lines_of(saved: SavedTable, steps: Iterable[Step]) -> list[SavedChain | Step]:
    """The lines of a saved table that declare chains and add rules, in their order."""
    lines: list[SavedChain | Step] = [*saved.chains, *steps]
    return sorted(lines, key=lambda line: (line.command if isinstance(line, Step) else line).span)


def _place_of_set(step: Step, name: str) -> Span:
    """Where a rule names a set."""
    words = (word for word in step.command.words if word.text == name)
    return next((word.span for word in words), step.command.span)
