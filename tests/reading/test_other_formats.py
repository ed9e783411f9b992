"""Commands in formats that are published but not judged are seen, and prose is left alone."""

import pytest
from drytables.diagnostics.source import Source
from drytables.reading.other_formats import unjudged_commands


@pytest.mark.parametrize(
    "text",
    [
        "$ iptables -L",
        "iptables \\\n    -A INPUT -j DROP",
        "``iptables`` ``-A INPUT``",
        "ip6tables-legacy  --list",
        "iptables –list",
        'iptables "-A" INPUT',
        "iptables [-t table] -A chain",
        "iptables -A",
        "$IPT -A INPUT",
        "${IPTABLES} -F",
        "for c in iptables ip6tables; do $c -A INPUT -p tcp -j DROP; done",
        "*nat\n:PREROUTING ACCEPT\nCOMMIT",
        "/sbin/iptables -w 5 -F",
        "<code>iptables</code>&nbsp;<code>-A</code>",
        "<span>ip</span><span>tables</span> <i>-</i>A",
        "<td>iptables</td><td>-A INPUT</td>",
        "ip&shy;tables&#32;&#45;A INPUT",
        "iptables<br>-A INPUT",
        '<img alt="iptables &#45;A INPUT" src="a.png">',
    ],
)
def test_a_command_of_another_format_is_seen(text: str) -> None:
    """However it is dressed up."""
    assert unjudged_commands(Source("a.html", text), text)


@pytest.mark.parametrize(
    "text",
    [
        "With iptables - a tool of Linux - one filters packets.",
        "Made with iptables-save and iptables-restore.",
        "iptables\n--------\n\nWords.",
        "iptables:\n\n- a list\n- of two",
        "iptables, or: make -C src -j 4",
        "<p>The <b>iptables</b> of <i>today</i></p>",
    ],
)
def test_a_mention_in_another_format_is_none(text: str) -> None:
    """Prose may speak of iptables."""
    assert unjudged_commands(Source("a.rst", text), text) is None
