"""Parentheses that the shell takes for its own are told, and those that belong to something are not."""

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
