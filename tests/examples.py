"""How many examples a property is tried with: fewer in `make quick`, which sets QUICK."""

import os


def examples(count: int) -> int:
    """A number of examples for hypothesis's `max_examples`: `count` of them, or a fifth."""
    return max(1, count // 5) if os.environ.get("QUICK") else count
