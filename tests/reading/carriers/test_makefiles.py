"""The commands in the recipes of a Makefile."""

from __future__ import annotations

import pytest
from one_fence import commands

F = "iptables -F"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"fw:\n\t{F}\n\t@sudo {F}\n\t-{F}", [F, F, F]),
        ("fw: a b\n\t@iptables -A INPUT \\\n\t  -j DROP", ["iptables -A INPUT -j DROP"]),
        ("fw:\n\tfor i in 1 2; do iptables --dport $$i; done", ["iptables --dport ?"]),
        ("fw:\n\t$(IPTABLES) -i $(WAN) -o ${LAN} -s $@ -d $(shell x y)", ["? -i ? -o ? -s ? -d ?"]),
        (f"fw:\n    {F}", [F]),
        (f"X = {F}\n# {F}", [F]),
    ],
)
def test_commands(code: str, found: list[str]) -> None:
    assert commands(code, "make") == found
