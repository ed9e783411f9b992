"""Conflicts between the commands of a page, which run one after another."""

from __future__ import annotations

from ..code import Code

MADE_LATER = Code(
    "made-later",
    "A chain or an ipset is used before the line of the same snippet that creates it.",
    "Run in this order, the first of the two lines is refused.",
    "```sh\niptables -A INPUT -j WEB\niptables -N WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\n```\n",
    on="page",
)
NOT_MADE = Code(
    "not-made",
    "A chain or an ipset is used that nothing above creates.",
    "It may well exist on the reader's machine. This is a note and does not fail a build; `Iptables-needs: chain WEB` "
    "in the post's header declares that it exists.",
    "```sh\niptables -A INPUT -j WEB\n```\n",
    "Title: Web servers\nIptables-needs: chain WEB\n\n```sh\niptables -A INPUT -j WEB\n```\n",
    on="page",
)
CHAIN_IN_USE = Code(
    "chain-in-use",
    "A chain is deleted while a rule jumps to it.",
    "The kernel keeps a chain as long as a rule refers to it.",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -X WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -D INPUT -j WEB\niptables -X WEB\n```\n",
    on="page",
)
CHAIN_NOT_EMPTY = Code(
    "chain-not-empty",
    "A chain is deleted while it still contains rules.",
    "It must be emptied first.",
    "```sh\niptables -N WEB\niptables -A WEB -j DROP\niptables -X WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A WEB -j DROP\niptables -F WEB\niptables -X WEB\n```\n",
    on="page",
)
CHAIN_LOOP = Code(
    "chain-loop",
    "Chains jump to each other in a loop.",
    "Packets would never leave the loop, so the kernel refuses the jump that lets them in.",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -A WEB -j WEB\n```\n",
    "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -A WEB -j RETURN\n```\n",
    on="page",
)
NO_SUCH_RULE = Code(
    "no-such-rule",
    "A command deletes a rule that is not in the chain.",
    "Reported only where the post itself created or emptied the chain, so that all of its rules are known.",
    "```sh\niptables -F INPUT\niptables -D INPUT -j DROP\n```\n",
    "```sh\niptables -F INPUT\niptables -A INPUT -j DROP\niptables -D INPUT -j DROP\n```\n",
    on="page",
)
NUMBER_TOO_BIG = Code(
    "number-too-big",
    "A rule number is higher than the number of rules in the chain.",
    "Reported only where the post itself created or emptied the chain, so that all of its rules are known.",
    "```sh\niptables -F INPUT\niptables -I INPUT 2 -j DROP\n```\n",
    "```sh\niptables -F INPUT\niptables -I INPUT 1 -j DROP\n```\n",
    on="page",
)
NEVER_REACHED = Code(
    "never-reached",
    "No packet reaches a rule, because every packet in the chain stops at an earlier one.",
    "iptables accepts such a rule silently. This is a warning and does not fail a build.",
    "```sh\niptables -A INPUT -j DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n",
    "```sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -A INPUT -j DROP\n```\n",
    on="page",
)
