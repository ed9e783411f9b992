"""Lines of sudoers say what may be run: nothing in them is a command."""

from __future__ import annotations

import pytest
from drive import report_of_code
from one_fence import commands

F = "iptables -F"


@pytest.mark.parametrize("language", ["", "bash", "sudoers", "text"])
@pytest.mark.parametrize(
    "lines",
    [
        "www-data ALL=(ALL) NOPASSWD: /usr/sbin/iptables -S, /usr/sbin/iptables -A INPUT *",
        "%fw ALL = (root) NOPASSWD: /sbin/iptables -L, \\\n  /sbin/iptables -S, \\ \n  /sbin/iptables -D *",
        "ada web1 = NOPASSWD: SETENV: /sbin/iptables -A *, !/sbin/iptables -F",
        "Cmnd_Alias FW = /sbin/iptables -A *, /sbin/iptables -D *\n%fw ALL=(ALL) FW",
    ],
)
def test_nothing_in_them_is_a_command(lines: str, language: str) -> None:
    assert commands(f"{lines}\n{F}", language) == [F]
    assert not report_of_code(lines, language).all_diagnostics()


def test_they_may_be_printed_into_their_file() -> None:
    assert commands("echo 'ada ALL=(ALL) NOPASSWD: /sbin/iptables -L, /sbin/iptables -S' | tee x", "sh") == []


@pytest.mark.parametrize(
    "code", [f"export IPT=/sbin/iptables\n{F}", f"local a=(x)\n{F}", f"PASSWD=x {F}", f"sudo -u ALL {F}"]
)
def test_what_a_shell_runs_is_none_of_them(code: str) -> None:
    assert commands(code, "sh") == [F]
