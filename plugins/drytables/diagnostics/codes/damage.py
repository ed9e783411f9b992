"""What publishing does to a command that was typed right."""

from __future__ import annotations

from ..code import Code

TYPOGRAPHIC_DASH = Code(
    "typographic-dash",
    "A word begins with a dash instead of a hyphen.",
    "Word processors and blog engines put them there; to iptables it is a word like any other.",
    "iptables –A INPUT -j DROP",
    "iptables -A INPUT -j DROP",
)
BLANK_AFTER_BACKSLASH = Code(
    "blank-after-backslash",
    "A blank stands behind the backslash at the end of a line.",
    "The shell takes the blank for a word, and the command ends with the line.",
    "```sh\niptables -A INPUT -p tcp \\ \n  --dport 80 -j DROP\n```\n",
    "```sh\niptables -A INPUT -p tcp \\\n  --dport 80 -j DROP\n```\n",
    on="page",
)
CURLY_QUOTE = Code(
    "curly-quote",
    "A quote is curly.",
    "The shell knows straight quotes only: a curly one is a letter, and a blank behind it ends the word.",
    "```sh\niptables -A INPUT -j LOG --log-prefix “in: ”\n```\n",
    '```sh\niptables -A INPUT -j LOG --log-prefix "in: "\n```\n',
    on="page",
)
FULL_WIDTH_SIGN = Code(
    "full-width-sign",
    "A comma, colon or semicolon of Chinese or Japanese stands behind a word of a command.",
    "To the shell it is a letter, so the last word becomes another.",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP；\n```\n",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n",
    on="page",
)
HTML_ENTITY = Code(
    "html-entity",
    "HTML is escaped twice, so that readers see `&lt;` for `<`.",
    "Markdown escapes code by itself.",
    "```sh\niptables -F &amp;&amp; iptables -X\n```\n",
    "```sh\niptables -F && iptables -X\n```\n",
    on="page",
)
LOST_BACKSLASH = Code(
    "lost-backslash",
    "A command goes on in the next line without a backslash.",
    "The shell runs the first line alone, which may do something else.",
    "```sh\niptables -A INPUT -p tcp\n  --dport 80 -j DROP\n```\n",
    "```sh\niptables -A INPUT -p tcp \\\n  --dport 80 -j DROP\n```\n",
    on="page",
)
LOST_LINE_END = Code(
    "lost-line-end",
    "Several commands run together on one line.",
    "iptables takes the next command for arguments.",
    "```sh\niptables -A INPUT -j DROP sudo iptables -L\n```\n",
    "```sh\niptables -A INPUT -j DROP\nsudo iptables -L\n```\n",
    on="page",
)
NO_BREAK_SPACE = Code(
    "no-break-space",
    "A character that looks like a space, or like nothing, stands in a command.",
    "To the shell it is a letter of the word it stands in.",
    "```sh\niptables -A INPUT -j\u00a0DROP\n```\n",
    "```sh\niptables -A INPUT -j DROP\n```\n",
    on="page",
)
PROSE_IN_COMMAND = Code(
    "prose-in-command",
    "A sentence stands behind a command without a `#`.",
    "The shell takes it for arguments.",
    "```sh\niptables -L -n  shows all the rules\n```\n",
    "```sh\niptables -L -n  # shows all the rules\n```\n",
    on="page",
)
STRAY_BACKTICK = Code(
    "stray-backtick",
    "Markdown's backticks stand round a word in code.",
    "The shell runs what stands between them, and takes what it prints. A warning.",
    "```sh\niptables -t `nat` -L\n```\n",
    "```sh\niptables -t nat -L\n```\n",
    on="page",
)
