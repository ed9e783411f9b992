"""How publishing damages a command that was typed correctly."""

from __future__ import annotations

from ..code import Code

BLANK_AFTER_BACKSLASH = Code(
    "blank-after-backslash",
    "There is trailing whitespace after the backslash at the end of a line.",
    "The backslash then escapes the space instead of the line end, and the command ends there.",
    "```sh\niptables -A INPUT -p tcp \\ \n  --dport 80 -j DROP\n```\n",
    "```sh\niptables -A INPUT -p tcp \\\n  --dport 80 -j DROP\n```\n",
    on="page",
)
CURLY_QUOTE = Code(
    "curly-quote",
    "A quotation mark is curly.",
    "Only straight quotes mean something to the shell: a space inside curly ones ends the word.",
    "```sh\niptables -A INPUT -j LOG --log-prefix “in: ”\n```\n",
    '```sh\niptables -A INPUT -j LOG --log-prefix "in: "\n```\n',
    on="page",
)
FULL_WIDTH_SIGN = Code(
    "full-width-sign",
    "A Chinese or Japanese comma, colon or semicolon follows a word of a command.",
    "To the shell it is an ordinary character, so it becomes part of the last word.",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP；\n```\n",
    "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n",
    on="page",
)
HTML_ENTITY = Code(
    "html-entity",
    "HTML is escaped twice, so that readers see `&lt;` for `<`.",
    "Markdown escapes code on its own.",
    "```sh\niptables -F &amp;&amp; iptables -X\n```\n",
    "```sh\niptables -F && iptables -X\n```\n",
    on="page",
)
LOST_BACKSLASH = Code(
    "lost-backslash",
    "A command continues on the next line without a backslash.",
    "The shell runs the first line on its own, which may do something else.",
    "```sh\niptables -A INPUT -p tcp\n  --dport 80 -j DROP\n```\n",
    "```sh\niptables -A INPUT -p tcp \\\n  --dport 80 -j DROP\n```\n",
    on="page",
)
LOST_LINE_END = Code(
    "lost-line-end",
    "Several commands run together on one line.",
    "iptables reads the next command as arguments.",
    "```sh\niptables -A INPUT -j DROP sudo iptables -L\n```\n",
    "```sh\niptables -A INPUT -j DROP\nsudo iptables -L\n```\n",
    on="page",
)
NO_BREAK_SPACE = Code(
    "no-break-space",
    "A command contains a character that looks like a space, or is invisible.",
    "To the shell it is an ordinary character, part of the word that it appears in.",
    "```sh\niptables -A INPUT -j\u00a0DROP\n```\n",
    "```sh\niptables -A INPUT -j DROP\n```\n",
    on="page",
)
PROSE_IN_COMMAND = Code(
    "prose-in-command",
    "A comment follows a command without a `#`.",
    "The shell reads it as arguments.",
    "```sh\niptables -L -n  shows all the rules\n```\n",
    "```sh\niptables -L -n  # shows all the rules\n```\n",
    on="page",
)
STRAY_BACKTICK = Code(
    "stray-backtick",
    "Markdown backticks surround a word in code.",
    "The shell runs what is between them and substitutes its output. This is a warning.",
    "```sh\niptables -t `nat` -L\n```\n",
    "```sh\niptables -t nat -L\n```\n",
    on="page",
)
