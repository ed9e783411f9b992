"""What does not fit between the commands of a page that run one after another."""

from __future__ import annotations

from ..code import Code

MADE_LATER = Code(
    "made-later",
    "A chain or a set of ipset is used before the line of the same snippet that makes it.",
    "Typed in this order, the first of the two lines is refused.",
    "```sh\niptables -A INPUT -j WEB\niptables -N WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\n```\n",
    on="page",
)
NOT_MADE = Code(
    "not-made",
    "A chain or a set of ipset is used that nothing above makes.",
    "It may well be there on the reader's machine. A note, it fails no build; `Iptables-needs: chain WEB` in the "
    "header of the post says that it is there.",
    "```sh\niptables -A INPUT -j WEB\n```\n",
    "Title: Web servers\nIptables-needs: chain WEB\n\n```sh\niptables -A INPUT -j WEB\n```\n",
    on="page",
)
CHAIN_IN_USE = Code(
    "chain-in-use",
    "A chain is deleted while a rule jumps to it.",
    "The kernel keeps a chain for as long as packets can come to it.",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -X WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -D INPUT -j WEB\niptables -X WEB\n```\n",
    on="page",
)
CHAIN_NOT_EMPTY = Code(
    "chain-not-empty",
    "A chain is deleted while there are rules in it.",
    "It must be emptied first.",
    "```sh\niptables -N WEB\niptables -A WEB -j DROP\niptables -X WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A WEB -j DROP\niptables -F WEB\niptables -X WEB\n```\n",
    on="page",
)
CHAIN_LOOP = Code(
    "chain-loop",
    "Chains jump in a circle.",
    "Packets would go round for ever, so the kernel refuses the jump that lets them in.",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -A WEB -j WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -A WEB -j RETURN\n```\n",
    on="page",
)
NO_SUCH_RULE = Code(
    "no-such-rule",
    "A rule is deleted that is not in the chain.",
    "It is told only where the post itself made or emptied the chain, so that all of its rules are known.",
    "```sh\niptables -F INPUT\niptables -D INPUT -j DROP\n```\n",
    "```sh\niptables -F INPUT\niptables -A INPUT -j DROP\niptables -D INPUT -j DROP\n```\n",
    on="page",
)
NUMBER_TOO_BIG = Code(
    "number-too-big",
    "A rule number is beyond the rules of the chain.",
    "It is told only where the post itself made or emptied the chain, so that all of its rules are known.",
    "```sh\niptables -F INPUT\niptables -I INPUT 2 -j DROP\n```\n",
    "```sh\niptables -F INPUT\niptables -I INPUT 1 -j DROP\n```\n",
    on="page",
)
NEVER_REACHED = Code(
    "never-reached",
    "No packet comes to a rule, because every packet of the chain ends at one before it.",
    "iptables takes such a rule without a word. A warning, it fails no build.",
    "```sh\niptables -A INPUT -j DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n",
    "```sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -A INPUT -j DROP\n```\n",
    on="page",
)
