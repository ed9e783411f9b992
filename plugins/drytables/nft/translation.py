"""What a command is in nft, as data: statements made of clauses, each of which knows what it says of the command."""

from __future__ import annotations

from typing import NamedTuple

from ..grammar.nft import NamedSet, NotInNft
from ..grammar.rule import Use
from .releases import needed


class Clause(NamedTuple):
    """Words of nft, and what they say: a built-in option by its letter, or one use of a match or target.

    Both are empty for what nft needs and iptables has not, such as the `counter` that each of its rules has anyway.
    """

    words: str
    letter: str = ""
    use: Use | None = None


class Statement(NamedTuple):
    """One statement of nft: `add rule ip filter INPUT`, and for a rule the clauses after it and its comment."""

    head: str
    clauses: tuple[Clause, ...] = ()
    comment: str = ""

    def __str__(self) -> str:
        """The line as nft reads it."""
        comment = [f"comment {self.comment}"] if self.comment else []
        return " ".join([self.head, *(clause.words for clause in self.clauses if clause.words), *comment])


class Translation(NamedTuple):
    """A command in nft.

    `statements` do the same as the command; there are none if nft cannot say it, and `why_not` then says why.
    `foundations` are what iptables makes by itself: the table, and the chain where it is a base chain; `objects` are
    the sets that the rule needs. Each of these may be run again where it exists already, and changes nothing then.
    `notes` say what is assumed, or what is not the same.
    """

    statements: tuple[Statement, ...] = ()
    foundations: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    why_not: NotInNft | None = None
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str] | None:
        """The sets and the statements as lines; None if nft cannot say the command."""
        return None if self.why_not is not None else [*self.objects, *map(str, self.statements)]

    @property
    def release(self) -> str:
        """The release of nft that takes the statements, where older ones do not; empty if 0.9.8 does."""
        return needed(map(str, self.statements))


class Condition(NamedTuple):
    """One rule in nft, wherever it is put: its clauses and comment, and the sets and notes that belong to it."""

    clauses: tuple[Clause, ...]
    comment: str = ""
    sets: tuple[NamedSet, ...] = ()
    notes: tuple[str, ...] = ()
