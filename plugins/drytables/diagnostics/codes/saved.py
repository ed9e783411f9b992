"""What is wrong with iptables-save text, as iptables-restore says."""

from __future__ import annotations

from ..code import Code

BAD_LINE = Code(
    "bad-line",
    "A line in iptables-save text does not follow the format.",
    "iptables-restore stops there and loads nothing.",
    "```iptables-save\n*filter\nhello\nCOMMIT\n```\n",
    "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
    on="page",
)
COMMENT_BEHIND_RULE = Code(
    "comment-behind-rule",
    "A comment follows a rule on its line of iptables-save text.",
    "iptables-restore takes only lines that begin with `#` for comments; after a rule, `#` is an argument.",
    "```iptables-save\n*filter\n-A INPUT -i lo -j ACCEPT # local\nCOMMIT\n```\n",
    "```iptables-save\n*filter\n# local\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n```\n",
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
    "A line in iptables-save text is outside any table.",
    "Each table begins with a line that names it, such as `*filter`.",
    "```iptables-save\n-A INPUT -j DROP\nCOMMIT\n```\n",
    "```iptables-save\n*filter\n-A INPUT -j DROP\nCOMMIT\n```\n",
    on="page",
)
NOT_IN_SAVED = Code(
    "not-in-saved",
    "A line in iptables-save text has an option that iptables-restore reserves for itself.",
    "The table is named by its `*table` line, and the lock is taken once for the whole text.",
    "```iptables-save\n*filter\n-t nat -A POSTROUTING -j MASQUERADE\nCOMMIT\n```\n",
    "```iptables-save\n*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n```\n",
    on="page",
)
