"""A letter that only looks like the right one is told by its name."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.diagnostics.diagnostic import apply


@pytest.mark.parametrize(
    ("written", "meant", "code"),
    [
        ("iptables -А INPUT -j DROP", "iptables -A INPUT -j DROP", "unknown-option"),
        ("iptables -A INPUT -р tcp -j DROP", "iptables -A INPUT -p tcp -j DROP", "unknown-option"),
        ("iptables -A INPUT -j АCCEPT", "iptables -A INPUT -j ACCEPT", "unknown-target"),
        ("iptables -A INPUT -j АССЕРТ", "iptables -A INPUT -j ACCEPT", "unknown-target"),
        ("iptables -A INРUT -j DROP", "iptables -A INPUT -j DROP", "unknown-chain"),
        ("iptables -A INPUT -p tсp -j DROP", "iptables -A INPUT -p tcp -j DROP", "unknown-protocol"),
        ("iptables -t nаt -L", "iptables -t nat -L", "unknown-table"),
        ("iptables -Ａ INPUT -j DROP", "iptables -A INPUT -j DROP", "unknown-option"),
    ],
)
def test_a_word_with_such_a_letter_is_written_anew(written: str, meant: str, code: str) -> None:
    report = report_of_code(written)
    (diagnostic,) = (each for each in report.all_diagnostics() if each.severity == "error")

    assert diagnostic.code == code
    assert f"\n{meant}\n" in apply(diagnostic.edits, report.source.text)


@pytest.mark.parametrize(
    ("word", "named"), [("-А", "Cyrillic letter А"), ("-Α", "Greek letter Α"), ("-Ａ", "full-width Ａ")]
)
def test_the_letter_is_named(word: str, named: str) -> None:
    (diagnostic,) = report_of_code(f"iptables {word} INPUT -j DROP").all_diagnostics()

    assert named in diagnostic.label.text
