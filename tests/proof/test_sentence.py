"""What was seen, in words."""

from __future__ import annotations

import pytest
from evidence_made_up import arrived
from proof.seen import Connection, Seen
from proof.telling.sentence import of_seen

A, B, C = (arrived(f"192.0.2.{number}") for number in (1, 2, 3))
DROPPED, REFUSED = Connection("dropped"), Connection("refused", reason="tcp-reset")


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen((A, B, C) * 3), "3 each from 192.0.2.1, 192.0.2.2 and 192.0.2.3, in strict rotation"),
        (Seen((A, B, C, A)), "2 from 192.0.2.1, 1 from 192.0.2.2 and 1 from 192.0.2.3"),
        (Seen((A, A, B) * 4), "8 from 192.0.2.1 and 4 from 192.0.2.2, in a pattern that repeats every 3"),
        (Seen((A, A, B, B)), "2 each from 192.0.2.1 and 192.0.2.2"),
        (Seen((A,) * 5), "all answered"),
        (Seen((DROPPED,) * 5), "all dropped"),
        (Seen((REFUSED,) * 5), "all refused (tcp-reset)"),
        (Seen((A, DROPPED) * 2), "2 answered and 2 dropped, in strict rotation"),
        (Seen((A, A, A, DROPPED)), "3 answered and 1 dropped"),
        (Seen((A, arrived("192.0.2.1", port=81))), "1 each to server:80 and server:81"),
        (Seen((A, arrived("192.0.2.2", port=81))), "1 from 192.0.2.1 to server:80 and 1 from 192.0.2.2 to server:81"),
        (
            Seen((Connection("answered", "a", "server", mark=1), Connection("answered", "a", "server", mark=2))),
            "1 each with mark 0x1 and 0x2",
        ),
        (Seen((A,), {"in ": 1}), "all answered, 1 packet logged"),
        (Seen((A,), {"in ": 1, "": 2}), "all answered, 3 packets logged"),
        (Seen(()), "nothing was seen of them"),
    ],
)  # fmt: skip
def test_of_seen(seen: Seen, words: str) -> None:
    assert of_seen(seen) == words
