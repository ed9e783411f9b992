"""Where a packet meets which tables, in which order. iptables(8), TABLES; the order as the kernel's priorities have it.

iptables-nft asks `security` after `nat` where both are at a hook, iptables-legacy before; neither sees what the other
does.
"""

from __future__ import annotations

from typing import NamedTuple

from .packet import Way

#: The hooks that a packet passes, by the way it goes. One that a machine sends to itself also comes in.
HOOKS: dict[Way, tuple[str, ...]] = {
    "in": ("PREROUTING", "INPUT"),
    "forward": ("PREROUTING", "FORWARD", "POSTROUTING"),
    "out": ("OUTPUT", "POSTROUTING"),
    "loopback": ("OUTPUT", "POSTROUTING", "PREROUTING", "INPUT"),
}

#: The tables at each hook; connection tracking comes after `raw`.
TABLES_AT: dict[str, tuple[str, ...]] = {
    "PREROUTING": ("raw", "mangle", "nat"),
    "INPUT": ("mangle", "filter", "security", "nat"),
    "FORWARD": ("mangle", "filter", "security"),
    "OUTPUT": ("raw", "mangle", "nat", "filter", "security"),
    "POSTROUTING": ("mangle", "nat"),
}

#: What the nat table may change at a hook.
CHANGES: dict[str, str] = {
    "PREROUTING": "destination", "OUTPUT": "destination", "INPUT": "source", "POSTROUTING": "source",
}  # fmt: skip


class Stop(NamedTuple):
    """One table at one hook."""

    hook: str
    table: str


def after_prerouting(way: Way) -> tuple[str, ...]:
    """The hooks that follow once a packet that came in is routed."""
    return HOOKS[way][HOOKS[way].index("PREROUTING") + 1 :]
