"""What is wrong with a baseline, the file of a repository's known faults."""

from __future__ import annotations

from ..code import Code

BAD_BASELINE = Code(
    "bad-baseline",
    "A line of a baseline cannot be read.",
    "Known faults would be reported as new, or new ones not at all.",
    on="settings",
)
STALE_BASELINE = Code(
    "stale-baseline",
    "A baseline has a fault that is no longer there.",
    "If it came back, it would not be reported.",
    on="settings",
)
