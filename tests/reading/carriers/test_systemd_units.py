"""The commands of systemd units, as systemd.service(5) has them: there is no shell."""

from __future__ import annotations

import pytest
from one_fence import commands, typed

A = "iptables -A INPUT"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ExecStart=/sbin/iptables -F", ["/sbin/iptables -F"]),
        ("ExecStart = iptables -F", ["iptables -F"]),
        ("ExecStartPre=-iptables -F", ["iptables -F"]),
        ("ExecStopPost=-+!iptables -F", ["iptables -F"]),
        ("ExecStart=@/sbin/iptables iptables -F", ["/sbin/iptables -F"]),
        ("ExecStart=:iptables -A $X", ["iptables -A $X"]),
        ("ExecStart=|iptables -F || true", ["iptables -F"]),
        (f"ExecStart={A} -j DROP || true", [f"{A} -j DROP || true"]),
        (f"ExecStart={A} 2>/dev/null", [f"{A} 2>/dev/null"]),
        (f"ExecReload={A} && {A}", [f"{A} && {A}"]),
        (f"ExecStart={A} ; iptables -F", [A, "iptables -F"]),
        (f"ExecStart={A}; iptables -F", [f"{A}; iptables -F"]),
        (f"ExecStart={A} \\; -F", [f"{A} ; -F"]),
        (f"ExecStart={A} ; -iptables -F", [A, "iptables -F"]),
        (f"ExecStart={A} \\\n  -j DROP", [f"{A} -j DROP"]),
        (f"ExecStart={A} \\\n# no more\n; nor this\n  -j DROP", [f"{A} -j DROP"]),
        (f"ExecStart={A} -i %i -o ${{WAN}}.1 -s $NET x$Y", [f"{A} -i ? -o ?.1 -s ? x$Y"]),
        (f"ExecStart={A} $$X %%i", [f"{A} $X %i"]),
        (f"ExecStart={A} -m comment --comment \"a 'b'\" 'c\\x41'", [f"{A} -m comment --comment [a 'b'] cA"]),
        ("ExecStart=/bin/sh -c 'iptables -F || true; iptables -X'", ["iptables -F", "iptables -X"]),
        ('ExecStart=/usr/bin/env bash -c "iptables -F"', ["iptables -F"]),
        ("ExecStart=/usr/sbin/ip netns exec blue iptables -F", ["iptables -F"]),
        ("ExecStart=/usr/bin/apt install iptables -y", []),
        ("# ExecStart=iptables -F", []),
        ("Description=iptables -F at boot", []),
    ],
)
@pytest.mark.parametrize("language", ["ini", "systemd", "", "bash"])
def test_commands(line: str, found: list[str], language: str) -> None:
    assert commands(f"[Service]\nType=oneshot\n{line}\n", language) == found


def test_in_a_heredoc() -> None:
    code = "cat > /etc/systemd/system/x.service <<'END'\n[Service]\nExecStart=iptables -F || true\nEND\niptables -L"
    assert commands(code, "sh") == ["iptables -F || true", "iptables -L"]


def test_places() -> None:
    assert typed("ExecStart=-/sbin/iptables -A 'IN'PUT ; \\\n  iptables -F", "ini") == [
        ["/sbin/iptables", "-A", "'IN'PUT"],
        ["iptables", "-F"],
    ]
