"""What is known of a trial of a snippet on a real kernel. Who has tried it says so, and the figure shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trial:
    """What the caption of a figure says of a trial, as HTML; and in `counts` how many connections went each way, by the
    name that a drawing has for it, such as the address that a rule gives them.
    """

    html: str
    counts: Mapping[str, int] = field(default_factory=dict)

    def share(self, label: str) -> str:
        """How many went the way of a name, of how many: `100 of 300`; empty if nobody looked."""
        return f"{self.counts[label]:,} of {sum(self.counts.values()):,}" if label in self.counts else ""


UNTRIED = Trial("")
