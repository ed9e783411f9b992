"""What is wrong with the code on a page before iptables sees any of it: its quotes, its fences and their marks."""

from __future__ import annotations

from ..code import Code

_FENCE = "```sh\niptables -L\n```\n"

SHELL_SYNTAX = Code(
    "shell-syntax",
    "The shell treats a character of the command as syntax, and does not run the command.",
    "A parenthesis begins a subshell; it must be quoted, or escaped with a backslash.",
    "```sh\niptables -A INPUT -s 192.0.2.1 (or another) -j DROP\n```\n",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n",
    on="page",
    about=("shell",),
)
NO_SHELL = Code(
    "no-shell",
    "The command is run without a shell, to which `||`, `|`, `>` or `;` would mean something.",
    "systemd, Ansible's `command` and lists of words hand these signs to iptables, which refuses them.",
    "```ini\nExecStart=/sbin/iptables -A INPUT -j DROP || true\n```\n",
    "```ini\nExecStart=/bin/sh -c '/sbin/iptables -A INPUT -j DROP || true'\n```\n",
    on="page",
)
UNSEEN_FENCE = Code(
    "unseen-fence",
    "Markdown does not see where a fence begins or ends: code is published as prose, or prose as code.",
    "Python-Markdown recognises a fence only at the start of a line, with only a language or marks in braces after it. "
    "CommonMark treats all that follows an unclosed fence as code, and a fence right below HTML as prose. "
    "Reported only where a command is affected.",
    "```sh refused\niptables -L\n```\n",
    _FENCE,
    on="page",
)
BAD_MARK = Code(
    "bad-mark",
    "A mark on a fence has an invalid value, or appears twice.",
    "The fence would be checked as if the mark were not there.",
    '```{.sh iptables="1.4.banana"}\niptables -L\n```\n',
    '```{.sh iptables="1.4.10"}\niptables -L\n```\n',
    on="page",
)
EMPTY_REASON = Code(
    "empty-reason",
    "A fence is marked unchecked without a reason.",
    "The page tells readers why a command was not checked.",
    '```{.sh unchecked=""}\niptables -L\n```\n',
    '```{.sh unchecked="an example of a typing mistake"}\niptables -L\n```\n',
    on="page",
)
NOT_REFUSED = Code(
    "not-refused",
    "A fence is marked as refused, but iptables accepts its commands.",
    "A post that is meant to show a mistake would show none.",
    '```{.sh refused="unknown-option"}\niptables -L\n```\n',
    '```{.sh refused="unknown-option"}\niptables --lst\n```\n',
    on="page",
)
NOT_JSON = Code(
    "not-json",
    "A notebook is not JSON.",
    "Jupyter cannot open it, and none of its commands can be checked.",
    on="notebook",
)
BAD_IGNORE = Code(
    "bad-ignore",
    "A comment that switches a code off names none that there is, or gives no reason.",
    "The fault below it is reported all the same.",
    f"<!-- drytables-ignore bad-value -->\n\n{_FENCE}",
    _FENCE,
    on="page",
)
UNUSED_IGNORE = Code(
    "unused-ignore",
    "A comment switches off a code with which nothing is found below it.",
    "A new fault with that code would go unnoticed.",
    f"<!-- drytables-ignore bad-value: it shows a mistake -->\n\n{_FENCE}",
    "<!-- drytables-ignore bad-value: it shows a mistake -->\n\n```sh\niptables -A INPUT -s 192.0.2.300\n```\n",
    on="page",
)
