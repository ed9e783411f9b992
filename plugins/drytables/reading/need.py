"""Something that must exist before a command for it to succeed."""

from __future__ import annotations

from typing import NamedTuple


class Need(NamedTuple):
    """What it is and what it is called: `chain` DOCKER-USER, `ipset` blocked, `user` alice.

    A `rule` is rule `number` of the chain with this name; `this rule` is the command's own rule in it.
    """

    kind: str
    name: str
    number: int = 0

    def __str__(self) -> str:
        """The need as people and programs see it: `chain DOCKER-USER`, `rule 3 in INPUT`."""
        if self.kind == "rule":
            return f"rule {self.number} in {self.name}"
        return f"{self.kind} in {self.name}" if self.kind == "this rule" else f"{self.kind} {self.name}"
