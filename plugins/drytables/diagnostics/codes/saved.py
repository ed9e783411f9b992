"""What is wrong with iptables-save text, as iptables-restore says."""

from __future__ import annotations

from ..code import Code

BAD_LINE = Code(
    "bad-line",
    "A line in iptables-save text is none of that format.",
    "iptables-restore stops there and loads nothing.",
    "```iptables-save\n*filter\nhello\nCOMMIT\n```\n",
    "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
    on="page",
)
MISSING_COMMIT = Code(
    "missing-commit",
    "A table in iptables-save text has no COMMIT.",
    "iptables-restore loads a table when it reads COMMIT, not before.",
    "```iptables-save\n*filter\n-A INPUT -j DROP\n```\n",
    "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
    on="page",
)
NO_TABLE = Code(
    "no-table",
    "A line in iptables-save text stands outside of any table.",
    "Each table begins with its name, `*filter`.",
    "```iptables-save\n-A INPUT -j DROP\nCOMMIT\n```\n",
    "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
    on="page",
)
NOT_IN_SAVED = Code(
    "not-in-saved",
    "An option stands in iptables-save text that iptables-restore keeps for itself.",
    "The table is named by its `*table` line, and the lock is taken once for the whole text.",
    "```iptables-save\n*filter\n-t nat -A POSTROUTING -j MASQUERADE\nCOMMIT\n```\n",
    "```iptables-save\n*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n```\n",
    on="page",
)
