"""plugins/reading_time.py: minutes by words, by letters where no spaces are written, and by lines of code."""

import pytest
from reading_time import LETTERS, WORDS, minutes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", 1),
        ("<p>word</p>", 1),
        (f"<p>{'word ' * WORDS * 4}</p>", 4),
        (f"<p>{'<em>w</em>ord &amp; ' * WORDS * 4}</p>", 4),
        (f"<p>{'井' * LETTERS * 3}。</p>", 3),
        (f"<p>{'ภาษาไทย' * LETTERS}</p>", 7),
        ("<pre><code>" + "iptables -A INPUT -s 192.0.2.1 -j DROP\n" * 120 + "</code></pre>", 2),
        ("<pre>never closed " + "word " * WORDS * 5, 1),
        ("<" * 100_000, 1),
    ],
)
def test_minutes(html: str, expected: int) -> None:
    assert minutes(html) == expected
