"""Something that must be there before a command, for it to go through."""

from __future__ import annotations

from typing import NamedTuple


class Need(NamedTuple):
    """What it is and what it is called: `chain` DOCKER-USER, `ipset` blocked, `user` alice.

    A `rule` is the one of some `number` in the chain of this name, and `this rule` the very rule of the command in it.
    """

    kind: str
    name: str
    number: int = 0

    def __str__(self) -> str:
        """As it is told to people and programs: `chain DOCKER-USER`, `rule 3 in INPUT`."""
        if self.kind == "rule":
            return f"rule {self.number} in {self.name}"
        return f"{self.kind} in {self.name}" if self.kind == "this rule" else f"{self.kind} {self.name}"
