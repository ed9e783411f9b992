"""Many commands as one file for `nft -f`: what one of them adds and a later one takes away is not in it.

nft runs a file as a whole or not at all, so only what is left at its end matters. A rule is deleted or replaced here
if the file itself added it, since only the machine knows the handles of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..grammar.builtin import POLICIES, STANDARD_TARGETS
from ..grammar.nft import NotInNft
from ..grammar.rule import Rule
from ..grammar.values.base import Family
from ..meaning.canonical import canonical
from .chains import add_base_chain, add_table, is_base, table_name
from .commands import translate
from .ending_chains import Key, Rules, ending_chains
from .joining import joined
from .pairs import Line, pairs
from .releases import in_words
from .spreading import why_by_jumps
from .translation import Statement, Translation

_HEAD = "#!/usr/sbin/nft -f"


class Command(NamedTuple):
    """A command of a text: where it is and how it reads, and its rule; None with the reason why it has none."""

    where: str
    text: str
    rule: Rule | None
    reason: str = ""


class Table(NamedTuple):
    """The beginning of a table that iptables-restore loads, with its chains and their policies (`-` for none).

    One that is `whole` replaces what the table held.
    """

    family: Family
    name: str
    chains: tuple[tuple[str, str], ...]
    is_whole: bool


class Script(NamedTuple):
    """A file for `nft -f`, and what it lacks: the commands that nft cannot say, with where they are and why."""

    text: str
    missing: tuple[str, ...]


class _Line:
    """One line of the file; empty when a later command has taken it away. `form` is the rule as `-S` prints it, and
    `statement` is what the line was made from if it adds a rule.
    """

    __slots__ = ("form", "statement", "text")

    def __init__(self, text: str, form: str = "", statement: Statement | None = None) -> None:
        self.text, self.form, self.statement = text, form, statement


class _Chain:
    """What is known of a chain: the rules that the file adds, in order, and whether there are no others.

    `is_counted` if a rule was put after another by its number, which must stay where it is; `is_new` if the file makes
    the chain, so that no rule jumps to it but those of the file.
    """

    __slots__ = ("is_complete", "is_counted", "is_new", "rules")

    def __init__(self, *, is_complete: bool = False, is_new: bool = False) -> None:
        self.rules: list[_Line] = []
        self.is_complete, self.is_new, self.is_counted = is_complete, is_new, False

    @property
    def statements(self) -> list[Statement]:
        """What it is made of."""
        return [line.statement for line in self.rules if line.statement is not None]


def script(steps: Iterable[Command | Table], is_joined: bool = False) -> Script:
    """The commands of a text as one file, in their order; if it `is_joined`, with fewer rules that do the same."""
    writer = _Writer()
    for step in steps:
        if isinstance(step, Table):
            writer.table(step)
        else:
            writer.command(step)
    if is_joined:
        writer.join()
    return Script(writer.text(), tuple(writer.missing))


class _Writer:
    """Writes the file, and follows what its rules are."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.missing: list[str] = []
        self.notes: dict[str, None] = {}
        self._made: set[str] = set()
        self._objects: dict[str, _Line] = {}
        self._chains: dict[Key, _Chain] = {}
        self._flushed: set[tuple[Family, str]] = set()
        self._created: set[Key] = set()

    def text(self) -> str:
        """The whole file."""
        notes = [f"# {note}" for note in self.notes]
        return "\n".join([_HEAD, *notes, *(line.text for line in self.lines if line.text)]) + "\n"

    def join(self) -> None:
        """Write the rules of each chain as fewer that do the same, and two families as one where they are alike.

        One rule stands where the last of those stood that it replaces: what they need has been made there.
        """
        place = {id(line): at for at, line in enumerate(self.lines)}
        ends = ending_chains(
            {key: Rules(chain.statements, chain.is_complete, chain.is_new) for key, chain in self._chains.items()}
        )
        for key, chain in self._chains.items():
            if chain.is_counted:
                continue
            lines = [line for line in chain.rules if line.statement is not None]
            ending = {name for *place, name in ends if (*place,) == key[:2]}
            found = joined(chain.statements, ending)
            single = {one.members[0] for one in found if len(one.members) == 1}
            if why := why_by_jumps(chain.statements, single, ending):
                self.notes[why] = None
            for one in found:
                if len(one.members) == 1:
                    continue
                replaced = sorted((lines[at] for at in one.members), key=lambda line: place[id(line)])
                for line in replaced:
                    line.text, line.statement = "", None
                replaced[-1].text, replaced[-1].statement = str(one), one.as_statement
                self.notes[one.note] = None
        for pair in pairs([Line(line.text, line.statement) for line in self.lines]):
            for at, text in pair.lines.items():
                self.lines[at].text = text
            for at in pair.gone:
                self.lines[at].text = ""
            self.notes[pair.note] = None

    def table(self, table: Table) -> None:
        """Begin a saved table: an empty one if it is whole, with its chains."""
        name = table_name(table.family, table.name)
        self._once(add_table(table.family, table.name))
        if table.is_whole:
            self._put(f"delete table {name}")
            self._put(f"add table {name}")
            self._flushed.add((table.family, table.name))
        for chain, policy in table.chains:
            if is_base(table.name, chain):
                own = policy.lower() if policy in POLICIES else ""
                self._put(add_base_chain(table.family, table.name, chain, own))
            else:
                self._put(f"add chain {name} {chain}")
                self._created.add((table.family, table.name, chain))
            self._made.add(add_base_chain(table.family, table.name, chain) if is_base(table.name, chain) else "")
            self._chains[table.family, table.name, chain] = _Chain(is_complete=table.is_whole, is_new=table.is_whole)

    def command(self, command: Command) -> None:
        """Add what a command does."""
        rule = command.rule
        if rule is None:
            self._lacks(command, NotInNft(command.reason))
            return
        translation = translate(rule, len(self._objects))
        if rule.command in ("delete", "replace") and self._changed(rule):
            return
        if rule.command == "delete-chain" and rule.chain is None and (rule.family, rule.table) in self._flushed:
            self._delete_made(rule)
            return
        if translation.why_not is not None:
            self._lacks(command, translation.why_not)
            return
        release = translation.release
        for note in (*([in_words(release)] if release else ()), *translation.notes):
            self.notes[f"{command.where}: {note}"] = None
        self._needs(rule)
        for line in translation.foundations:
            self._once(line)
        for line in translation.objects:
            self._object(line)
        self._follow(rule, [*self._statements(rule, translation)])

    def _needs(self, rule: Rule) -> None:
        """Note the chains that a command uses and the file does not make."""
        place = (rule.family, rule.table)
        if rule.command == "new-chain" and rule.chain is not None:
            self._created.add((*place, rule.chain.text))
        used = {rule.chain.text} if rule.chain is not None else set()
        if rule.target is None and rule.jump is not None and rule.jump.text not in STANDARD_TARGETS:
            used.add(rule.jump.text)
        for name in sorted(used):
            if not is_base(rule.table, name) and (*place, name) not in self._created:
                self.notes[f"the chain `{table_name(*place)} {name}` must exist: nothing here makes it"] = None
        if rule.command == "rename-chain" and rule.argument is not None:
            self._created.add((*place, rule.argument.text))

    def _statements(self, rule: Rule, translation: Translation) -> Iterator[_Line]:
        forms = (canonical(rule) or "").split("\n")
        for at, statement in enumerate(translation.statements):
            line = _Line(str(statement), forms[at] if at < len(forms) else "", statement)
            self.lines.append(line)
            yield line

    def _put(self, text: str) -> None:
        self.lines.append(_Line(text))

    def _once(self, text: str) -> None:
        if text not in self._made:
            self._made.add(text)
            self._put(text)

    def _object(self, text: str) -> None:
        """Make a set once; of two definitions, the longer one says what the other leaves open."""
        name = text.partition(" {")[0]
        known = self._objects.get(name)
        if known is None:
            self._objects[name] = _Line(text)
            self.lines.append(self._objects[name])
        elif len(text) > len(known.text):
            known.text = text

    def _lacks(self, command: Command, why: NotInNft) -> None:
        nearest = f"; the nearest is {why.nearest}" if why.nearest else ""
        self.missing.append(f"{command.where}: {why.reason}{nearest}")
        self._put(f"# {command.where}: {_in_one_line(command.text)}")
        self._put(f"#   not in nft: {_in_one_line(why.reason + nearest)}")

    def _chain(self, rule: Rule) -> _Chain:
        assert rule.chain is not None
        is_complete = (rule.family, rule.table) in self._flushed
        return self._chains.setdefault((rule.family, rule.table, rule.chain.text), _Chain(is_complete=is_complete))

    def _follow(self, rule: Rule, lines: list[_Line]) -> None:
        """Remember what a command has done to a chain."""
        place = (rule.family, rule.table)
        if rule.command == "append":
            self._chain(rule).rules += lines
        elif rule.command == "insert":
            chain, number = self._chain(rule), rule.number if isinstance(rule.number, int) else 1
            chain.is_counted |= number > 1
            for line in lines:
                chain.rules.insert(number - 1, line)
        elif rule.command == "flush" and rule.chain is None:
            self._flushed.add(place)
            for key in [key for key in self._chains if key[:2] == place]:
                self._chains[key] = _Chain(is_complete=True)
        elif rule.command in ("flush", "new-chain") and rule.chain is not None:
            was = self._chains.get((*place, rule.chain.text))
            is_new = rule.command == "new-chain" or (was is not None and was.is_new)
            self._chains[(*place, rule.chain.text)] = _Chain(is_complete=True, is_new=is_new)
        elif rule.command == "rename-chain" and rule.chain is not None and rule.argument is not None:
            self._chains[(*place, rule.argument.text)] = self._chains.pop((*place, rule.chain.text), _Chain())
        elif rule.command == "delete-chain" and rule.chain is not None:
            self._chains.pop((*place, rule.chain.text), None)

    def _changed(self, rule: Rule) -> bool:
        """Delete or replace rules that the file itself has added, if that is what a command asks for."""
        if rule.chain is None:
            return False
        chain = self._chain(rule)
        found = self._found(rule, chain) if not chain.is_counted else []
        if not found:
            return False
        if rule.command == "delete":
            for line in found:
                line.text = ""
                chain.rules.remove(line)
            return True
        translation = translate(rule.changed(command="append"), len(self._objects))
        if translation.why_not is not None or len(translation.statements) != 1:
            return False
        for text in translation.objects:
            self._object(text)
        was = found[0].statement
        statement = translation.statements[0]
        if was is not None:
            statement = statement._replace(head=was.head)
        found[0].text, found[0].form, found[0].statement = str(statement), canonical(rule) or "", statement
        return True

    def _found(self, rule: Rule, chain: _Chain) -> list[_Line]:
        """The lines with the rules that a command names by number or by what they are; empty if one is lacking."""
        if isinstance(rule.number, int):
            is_there = chain.is_complete and 1 <= rule.number <= len(chain.rules)
            return [chain.rules[rule.number - 1]] if is_there else []
        found: list[_Line] = []
        for form in (canonical(rule.changed(command="append")) or "").split("\n"):
            line = next((each for each in chain.rules if each.form == form and each not in found), None)
            if line is None:
                return []
            found.append(line)
        return found

    def _delete_made(self, rule: Rule) -> None:
        """Delete the chains that the file has made; others may be there, which `flush` has emptied."""
        place = (rule.family, rule.table)
        for key in [key for key in self._chains if key[:2] == place and not is_base(rule.table, key[2])]:
            self._put(f"delete chain {table_name(*place)} {key[2]}")
            del self._chains[key]
        self.notes["chains that the machine had before are emptied, and not deleted: nft deletes them by name"] = None


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
