"""Which of several names was meant."""

import pytest
from drive import report_of_code
from drytables.diagnostics.diagnostic import apply
from drytables.judging.suggestions import edit_distance, is_typo_of, nearest


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        ("ACCEPT", "ACCEPT", 0),
        ("ACCPET", "ACCEPT", 1),
        ("ACCEP", "ACCEPT", 1),
        ("ACCCEPT", "ACCEPT", 1),
        ("AKZEPT", "ACCEPT", 2),
        ("", "ABC", 3),
        ("abcdefgh", "x", 4),
    ],
)
def test_slips_are_letters_left_out_added_mistaken_or_swapped(left: str, right: str, count: int) -> None:
    """Each is one slip."""
    assert edit_distance(left, right) == count


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("ACCPET", "ACCEPT", True),
        ("accept", "ACCEPT", True),
        ("ACEPT", "ACCEPT", True),
        ("ACCCEPT", "ACCEPT", True),
        ("INPTU", "INPUT", True),
        ("ACCEPT", "ACCEPT", False),
        ("ACCEPTS", "ACCEPT", False),
        ("LOG2", "LOG", False),
        ("LOX", "LOG", False),
        ("INPUT_WEB", "INPUT", False),
        ("POST_ROUTING", "POSTROUTING", True),
        ("pre-routing", "PREROUTING", True),
        ("IN_PUT2", "INPUT", False),
    ],
)
def test_a_near_miss_is_no_name_of_its_own(name: str, known: str, expected: bool) -> None:
    """A letter more at an end makes a name of its own, and so does a slip in a short name."""
    assert is_typo_of(name, known) is expected


def test_the_nearest_is_the_one_with_the_fewest_slips() -> None:
    """A short word may have one slip, a long one three; the case of letters is none."""
    assert nearest("dprot", ["sport", "dport", "dports"]) == "dport"
    assert nearest("conntrakc", ["conntrack", "connmark"]) == "conntrack"
    assert nearest("log", ["LOG", "ULOG"]) == "LOG"
    assert nearest("xyz", ["LOG", "DROP"]) is None


@pytest.mark.parametrize(
    ("written", "meant", "code"),
    [
        ("iptables -A INPUT -j ACCEPT.", "iptables -A INPUT -j ACCEPT", "unknown-target"),
        ("iptables -A INPUT -j ACCEPT,", "iptables -A INPUT -j ACCEPT", "unknown-target"),
        ("iptables -A INPUT -j DROP*", "iptables -A INPUT -j DROP", "unknown-target"),
        ("iptables -A INPUT -j **DROP**", "iptables -A INPUT -j DROP", "unknown-target"),
        ("iptables -A INPUT -g DROP,", "iptables -A INPUT -g DROP", "unknown-target"),
        ("iptables -A INPUT, -j DROP", "iptables -A INPUT -j DROP", "unknown-chain"),
        ("iptables -A INPUT* -j DROP", "iptables -A INPUT -j DROP", "unknown-chain"),
        ("iptables -F FORWARD:", "iptables -F FORWARD", "unknown-chain"),
        ("iptables -N a1\niptables -A INPUT -j a1.", "iptables -N a1\niptables -A INPUT -j a1", "unknown-chain"),
    ],
)
def test_a_sign_glued_to_a_name_is_refused(written: str, meant: str, code: str) -> None:
    report = report_of_code(written)
    (diagnostic,) = (each for each in report.all_diagnostics() if each.severity == "error")

    assert diagnostic.code == code
    assert f"\n{meant}\n" in apply(diagnostic.edits, report.source.text)


def test_a_sign_glued_to_a_target_is_told_where_its_option_is_refused() -> None:
    (diagnostic,) = report_of_code("iptables -t mangle -A INPUT -j MARK: --set-mark 1").all_diagnostics()

    assert diagnostic.message == "unknown target `MARK:`"


@pytest.mark.parametrize(
    "code",
    [
        "iptables -N ACCEPT.\niptables -A INPUT -j ACCEPT.",
        "iptables -A INPUT -j ACCEPT_",
        "iptables -A INPUT -j DROP2",
    ],
)
def test_a_name_of_its_own_is_left_alone(code: str) -> None:
    assert not report_of_code(code).is_refused
