"""What is wrong with the code of a page before iptables sees any of it: its quotes, its fences and their marks."""

from __future__ import annotations

from ..code import Code

_FENCE = "```sh\niptables -L\n```\n"

UNCLOSED_QUOTE = Code(
    "unclosed-quote",
    "A quote is opened and never closed.",
    "The shell waits for more, and takes the next lines in.",
    'iptables -A INPUT -j LOG --log-prefix "in: ',
    'iptables -A INPUT -j LOG --log-prefix "in: "',
    about=(
        "part",
        "shell",
    ),
)
SHELL_SYNTAX = Code(
    "shell-syntax",
    "The shell takes a character of the command for its own, and does not run it.",
    "A parenthesis begins a subshell; it must be quoted, or escaped with a backslash.",
    "```sh\niptables -A INPUT -s 192.0.2.1 (or another) -j DROP\n```\n",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n",
    on="page",
    about=("shell",),
)
UNSEEN_FENCE = Code(
    "unseen-fence",
    "Markdown does not see where this fence begins or ends: code becomes prose on the page, or prose code.",
    "Python-Markdown knows a fence at the start of a line only, with a language or marks in braces behind it. "
    "CommonMark makes code of all that follows where no line closes it. Told only where a command is concerned.",
    "```sh refused\niptables -L\n```\n",
    _FENCE,
    on="page",
)
BAD_MARK = Code(
    "bad-mark",
    "A mark on a fence has a value that means nothing, or stands twice.",
    "The fence would be judged as if it were not there.",
    '```{.sh iptables="1.4.banana"}\niptables -L\n```\n',
    '```{.sh iptables="1.4.10"}\niptables -L\n```\n',
    on="page",
)
EMPTY_REASON = Code(
    "empty-reason",
    "A fence is marked unchecked without a reason.",
    "Readers are told why a command was not judged.",
    '```{.sh unchecked=""}\niptables -L\n```\n',
    '```{.sh unchecked="an example of a typing mistake"}\niptables -L\n```\n',
    on="page",
)
NOT_REFUSED = Code(
    "not-refused",
    "A fence is marked as refused, and iptables takes what is in it.",
    "A post that shows a mistake would show none.",
    '```{.sh refused="unknown-option"}\niptables -L\n```\n',
    '```{.sh refused="unknown-option"}\niptables --lst\n```\n',
    on="page",
)
