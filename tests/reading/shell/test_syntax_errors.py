"""Parentheses that the shell takes for its own are told, and those that belong to something are not; so are the marks
of a conflict in git.
"""

from __future__ import annotations

import pytest
from drive import report_of_code


@pytest.mark.parametrize(
    "code",
    [
        "iptables -A INPUT -j RETURN)",
        "iptables -L -n )",
        "iptables -F\niptables -A INPUT -p tcp) -j DROP",
        "iptables -A INPUT (new) -j DROP",
    ],
)
def test_a_stray_parenthesis(code: str) -> None:
    codes = [each.code for each in report_of_code(code).all_diagnostics() if each.severity == "error"]

    assert "shell-syntax" in codes


@pytest.mark.parametrize(
    "code",
    [
        "(\niptables -A INPUT -j RETURN)",
        "Here (as always:\niptables -A INPUT -j RETURN)",
        "1) iptables -L",
        "(iptables -L)",
        "f() (\niptables -L -n)",
        "case $1 in\n  start) iptables -L ;;",
    ],
)
def test_a_parenthesis_that_belongs_to_something(code: str) -> None:
    assert not report_of_code(code).is_refused


CONFLICT = "iptables -F\n<<<<<<< HEAD\niptables -A INPUT -j DROP\n=======\niptables -A INPUT -j ACCEPT\n>>>>>>> main\n"


def test_the_marks_of_a_conflict() -> None:
    """The commands of both versions are judged as well."""
    report = report_of_code(CONFLICT)

    (fault,) = [each for each in report.all_diagnostics() if each.severity == "error"]
    assert fault.code == "shell-syntax"
    assert report.source.text[fault.span.start : fault.span.end] == "<<<<<<< HEAD"


@pytest.mark.parametrize("left_out", ["=======\n", ">>>>>>> main\n", "<<<<<<< HEAD\n"])
def test_what_is_no_conflict(left_out: str) -> None:
    assert "git wrote" not in "".join(
        each.message for each in report_of_code(CONFLICT.replace(left_out, "")).all_diagnostics()
    )
