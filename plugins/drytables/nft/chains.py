"""Tables and base chains as iptables-nft makes them: the type, hook and priority of each built-in chain.

Observed with `nft list ruleset` after iptables-nft 1.8.9 had made them.
"""

from __future__ import annotations

from ..grammar.builtin import TABLES
from ..grammar.nft import network_word
from ..grammar.values.base import Family

_PRIORITIES = {"raw": "raw", "mangle": "mangle", "filter": "filter", "security": "security"}
#: The nat table changes destinations early and sources late; nft has names for the priorities at two of the hooks.
_NAT = {"PREROUTING": "dstnat", "INPUT": "100", "OUTPUT": "-100", "POSTROUTING": "srcnat"}


def table_name(family: Family, table: str) -> str:
    """A table as nft names it: `ip filter`."""
    return f"{network_word(family)} {table}"


def add_table(family: Family, table: str) -> str:
    """The statement that makes a table if there is none."""
    return f"add table {table_name(family, table)}"


def is_base(table: str, chain: str) -> bool:
    """Whether a chain is built in, and so is a base chain in nft: one at a hook."""
    return chain in TABLES.get(table, ())


def add_base_chain(family: Family, table: str, chain: str, policy: str = "") -> str:
    """The statement that makes a built-in chain if there is none; without a policy, one that exists keeps its own."""
    kind = "nat" if table == "nat" else "route" if (table, chain) == ("mangle", "OUTPUT") else "filter"
    priority = _NAT[chain] if table == "nat" else _PRIORITIES[table]
    own = f" policy {policy};" if policy else ""
    at_hook = f"type {kind} hook {chain.lower()} priority {priority};"
    return f"add chain {table_name(family, table)} {chain} {{ {at_hook}{own} }}"
