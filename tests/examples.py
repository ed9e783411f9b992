"""How many examples a property is tried with: fewer in `make quick`, which sets QUICK; and a hundred times as many with
EXAMPLES=100, for a long run.
"""

import os

TIMES = int(os.environ.get("EXAMPLES", "1"))


def examples(count: int) -> int:
    """A number of examples for hypothesis's `max_examples`: `count` of them, or a fifth, as many times as was asked."""
    return max(1, count // 5 if os.environ.get("QUICK") else count) * TIMES
