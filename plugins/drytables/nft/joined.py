"""One statement of nft in the place of several, as data: each of its clauses knows those that it stands for."""

from __future__ import annotations

from typing import NamedTuple

from .translation import Clause, Statement

#: What is lost where rules become one.
ONE_COUNTER = "where several rules are one here, they are counted together"
NO_COUNTER = "a map of verdicts is not counted: put `counter` before a verdict to count what goes there"


class Source(NamedTuple):
    """A clause of one of the statements that are joined: the first, or a later `member`; `at` is the number for which
    a spread does what the clause says, or the numbers.
    """

    clause: Clause
    member: int = 0
    at: str = ""


class JoinedClause(NamedTuple):
    """Words of nft, and the clauses of the single statements that say the same. `number` says what is numbered by them,
    as a sentence.
    """

    words: str
    sources: tuple[Source, ...]
    number: str = ""


class Joined(NamedTuple):
    """A statement, and which of the statements of its chain it stands for, by their places there."""

    head: str
    clauses: tuple[JoinedClause, ...]
    comment: str
    members: range
    note: str = ""

    @property
    def as_statement(self) -> Statement:
        """It without what it stands for."""
        return Statement(self.head, tuple(Clause(clause.words) for clause in self.clauses), self.comment)

    def __str__(self) -> str:
        """The line as nft reads it."""
        return str(self.as_statement)


def alone(statement: Statement, at: int) -> Joined:
    """A statement as it is."""
    clauses = tuple(JoinedClause(clause.words, (Source(clause),)) for clause in statement.clauses)
    return Joined(statement.head, clauses, statement.comment, range(at, at + 1))
