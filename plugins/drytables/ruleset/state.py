"""What is known of chains, rules and sets at a point of a post: plain data that `simulation` updates.

Nothing is known at first: the reader's machine may have any rules and chains. What the post itself does is known from
then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from ..grammar.builtin import BY_LETTER, TABLES
from ..grammar.rule import Hole, Rule, Use
from ..grammar.terminating import terminates
from ..judging.verdict import Outcome
from ..reading.need import Need
from ..reading.saved import SavedChain
from ..reading.word import Command, Word


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a post, and its result.

    `rule` is None for a program other than iptables. `refusal` is the first reason why the command fails, and `needs`
    is what must exist for it to succeed. `text` is the rule's canonical form, a line for each rule that it creates,
    without the command and the chain, or None if that is not known. `host` is the machine that the prompt before it
    names. `number` is its position in the post.
    """

    command: Command
    rule: Rule | None = None
    status: Outcome = "open"
    refusal: Diagnostic | None = None
    needs: tuple[Need, ...] = ()
    text: str | None = None
    host: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule of a chain: its canonical form, the chain it jumps or goes to, and whether every packet ends there."""

    text: str | None
    step: Step
    jump: str = ""
    ends: bool = False

    @property
    def span(self) -> Span:
        """Where the post adds it."""
        return self.step.command.span

    def uses(self) -> Iterator[Use]:
        """Its matches and its target."""
        if self.step.rule is not None:
            yield from self.step.rule.uses()


class Flushed(NamedTuple):
    """A rule that was in a chain: its canonical form, and the command that emptied the chain."""

    text: str | None
    by: Span


@dataclass(slots=True)
class Chain:
    """A chain that exists. `entries` are its known rules, in their order; these are all if `is_complete`. `made` is
    where the post creates it. `flushed` are the rules that it had before it was emptied; those of earlier snippets
    (`earlier`) may have been in it, if a command (`emptied_by`) emptied it when not all that it had was known. `policy`
    is the word that sets its policy, if one does.
    """

    entries: list[Entry] = field(default_factory=list)
    is_complete: bool = False
    made: Span | None = None
    flushed: list[Flushed] = field(default_factory=list)
    earlier: Mapping[str, None] = field(default_factory=dict)
    emptied_by: Span | None = None
    policy: Word | None = None
    #: how many of its first rules are known to let packets through
    _passed: int = 0

    def forget(self) -> None:
        """Forget its rules: nothing is known of them any more."""
        self.hold([], is_complete=False)

    def hold(self, entries: list[Entry], *, is_complete: bool) -> None:
        """Set its rules."""
        self.entries, self.is_complete, self._passed = entries, is_complete, 0

    def flush(self, by: Span) -> None:
        """Take away all its rules, because of a command."""
        if not self.is_complete:
            self.emptied_by = by
        self.flushed += (Flushed(each.text, by) for each in self.entries)
        self.hold([], is_complete=True)

    def put(self, start: int, stop: int, entries: list[Entry]) -> None:
        """Replace the rules from `start` up to `stop`."""
        self.entries[start:stop] = entries
        self._passed = min(self._passed, start)

    def ending(self) -> Entry | None:
        """The first rule at which every packet ends."""
        while self._passed < len(self.entries):
            if self.entries[self._passed].ends:
                return self.entries[self._passed]
            self._passed += 1
        return None


@dataclass(slots=True)
class Table:
    """The chains of one table.

    `absent` are the names of chains that are known not to exist, and what made it so. `wanted` are the commands that
    use a chain that nothing before them created. `deleted` are chains that the post deleted. `has_no_others`: no chain
    exists but those known and the built-in ones; `is_flushed`: a chain of which nothing is known has no rules.
    `is_saved`: it is the text that iptables-restore loads, which begins with an empty table. `earlier` are the rules
    that earlier snippets added to each chain, as texts: they may still be there, and may not.
    """

    chains: dict[str, Chain] = field(default_factory=dict)
    absent: dict[str, Span] = field(default_factory=dict)
    wanted: dict[str, list[tuple[Step, Word]]] = field(default_factory=dict)
    deleted: dict[str, Chain] = field(default_factory=dict)
    has_no_others: bool = False
    is_flushed: bool = False
    is_saved: bool = False
    earlier: dict[str, dict[str, None]] = field(default_factory=dict)

    def flush(self, name: str, by: Span) -> None:
        """Take away all rules of a chain, because of a command; those of earlier snippets may have been in it."""
        chain = self.chain(name)
        chain.earlier = self.earlier.get(name, {})
        chain.flush(by)

    def chain(self, name: str) -> Chain:
        """A chain that is assumed to exist."""
        return self.chains.setdefault(name, Chain(is_complete=self.is_flushed))

    def declare(self, line: SavedChain, *, is_complete: bool) -> None:
        """Create or empty a chain, as a line of saved text does; a built-in one may have its policy set."""
        policy = line.policy if line.policy.text != "-" else None
        self.chains[line.chain.text] = Chain(is_complete=is_complete, made=line.span, policy=policy)

    def lacks(self, name: str) -> bool:
        """Whether a chain is known not to exist."""
        return name in self.absent or (self.has_no_others and name not in self.chains)

    def forget(self, name: str) -> None:
        """Forget a chain that may have been created, deleted or changed."""
        self.drop(name)
        self.absent.pop(name, None)
        self.has_no_others = self.is_flushed = False

    def forget_all(self) -> None:
        """Forget all chains: the post goes back, and shows another way."""
        for known in (self.chains, self.absent, self.wanted, self.deleted):
            known.clear()
        self.has_no_others = self.is_flushed = False

    def drop(self, name: str) -> None:
        """Remove a chain."""
        self.chains.pop(name, None)
        self.wanted.pop(name, None)

    def rename(self, old: str, new: str, chain: Chain) -> None:
        """Rename a chain, also in the rules that jump to it."""
        self.drop(old)
        self.absent.pop(new, None)
        self.chains[new] = chain
        for other in self.chains.values():
            other.entries = [replace(each, jump=new) if each.jump == old else each for each in other.entries]

    def take_back(self, steps: list[Step]) -> None:
        """Remove the rules of commands that turn out to have failed."""
        removed = {id(step) for step in steps}
        for chain in self.chains.values() if removed else ():
            chain.hold([each for each in chain.entries if id(each.step) not in removed], is_complete=chain.is_complete)

    def references(self, name: str) -> Entry | None:
        """The first rule that jumps to a chain."""
        return next((each for chain in self.chains.values() for each in chain.entries if each.jump == name), None)

    def below(self, name: str) -> dict[str, None]:
        """The chains that packets can reach from a chain, itself included."""
        reached, waiting = dict[str, None](), [name]
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached[here] = None
                waiting += [each.jump for each in self.chains.get(here, Chain()).entries if each.jump]
        return reached


#: Where the rules are (a network namespace, a container; empty for the machine itself), their family, their table.
Place = tuple[str, str, str]


@dataclass(slots=True)
class Ruleset:
    """All the tables of a post, and the ipsets that it creates."""

    tables: dict[Place, Table] = field(default_factory=dict)
    #: the rules that earlier snippets added to each table
    earlier: dict[Place, dict[str, dict[str, None]]] = field(default_factory=dict)
    sets: set[Need] = field(default_factory=set)
    wanted_sets: dict[str, tuple[Step, Span]] = field(default_factory=dict)

    def table(self, place: Place) -> Table:
        """A table, of which nothing is known at first."""
        return self.tables.setdefault(place, Table(earlier=self.earlier.get(place, {})))

    def next(self) -> Ruleset:
        """What a further snippet begins with: nothing is known but what the earlier ones added."""
        for place, table in self.tables.items():
            for name, chain in table.chains.items():
                texts = (*(each.text for each in chain.flushed), *(each.text for each in chain.entries))
                known = self.earlier.setdefault(place, {}).setdefault(name, {})
                known.update((text, None) for text in texts if text is not None)
        return Ruleset(earlier=self.earlier)


def place_of(step: Step) -> Place:
    """The table that a command works on."""
    table = step.rule.table if step.rule is not None else ""
    return f"{step.host} {_elsewhere(step.command)}", step.command.family, table


def _elsewhere(command: Command) -> str:
    """The words that send a command to another namespace or machine, such as `ip netns exec red`."""
    words = [word.text for word in command.prefix]
    start = next((at for at, word in enumerate(words) if word.rpartition("/")[2] in _SENDERS), None)
    return "" if start is None else " ".join(words[start:])


_SENDERS = frozenset({"ip", "docker", "podman", "lxc", "nsenter", "chroot", "unshare"})


def jump_of(step: Step) -> Word | None:
    """The word that names the user chain a rule jumps or goes to."""
    jump = step.rule.jump if step.rule is not None else None
    return jump if jump is not None and Need("chain", jump.text) in step.needs else None


def is_user_chain(word: Word, table: str) -> bool:
    """Whether a word names a chain that is not built in."""
    return not word.holes and word.text not in TABLES.get(table, ())


def entries_of(step: Step) -> tuple[list[Entry], bool]:
    """The rules that a command adds, and whether these are known to be all."""
    rule = step.rule
    assert rule is not None
    jump = jump_of(step)
    jumps = jump.text if jump is not None else ""
    ends = step.status == "accepted" and _takes_every_packet(rule) and _ends(rule, jumps)
    is_countable = not any(need.kind == "host" for need in step.needs)
    is_countable &= not any(isinstance(each, Hole) for each in (*(rule.sources or ()), *(rule.destinations or ())))
    texts: list[str | None] = [None] if step.text is None or not is_countable else [*step.text.split("\n")]
    return [Entry(text, step, jumps, ends) for text in texts], is_countable


def _takes_every_packet(rule: Rule) -> bool:
    """Whether nothing in a rule selects packets."""
    given = (letter for letter in rule.given if BY_LETTER[letter].picks_packets)
    return all(_is_anything(rule, letter) for letter in given) and all(
        use.extension.looks_at == "nothing" for use in rule.matches
    )


def _is_anything(rule: Rule, letter: str) -> bool:
    """Whether a built-in option accepts everything, as `-s 0/0` and `-p all` do."""
    if rule.negated(letter):
        return False
    if letter == "p":
        return rule.protocol == 0
    if letter in "sd":
        networks = rule.sources if letter == "s" else rule.destinations
        return all(not isinstance(each, Hole) and not each.mask for each in networks or ())
    return bool(rule.given[letter].value == "+")


def _ends(rule: Rule, jump: str) -> bool:
    return rule.goto or (not jump and terminates(rule))
