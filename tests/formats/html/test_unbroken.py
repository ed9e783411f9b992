"""Options in one piece."""

import pytest
from drytables.formats.html.unbroken import unbroken


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("iptables -A INPUT", "iptables <span>-A</span> INPUT"),
        ("--to 192.0.2.1", "<span>--to</span> 192.0.2.1"),
        ("a<b --x=<y>", "a&lt;b <span>--x=&lt;y&gt;</span>"),
        ("tcp-reset, 1-2", "<span>tcp-reset,</span> <span>1-2</span>"),
        ("no option\n  here", "no option\n  here"),
    ],
)
def test_a_word_with_a_hyphen_stays_whole(text: str, html: str) -> None:
    assert unbroken(text) == html
