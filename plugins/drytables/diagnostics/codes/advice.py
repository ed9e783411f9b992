"""What could be better about commands that work. Each is a note, and none fails anything."""

from __future__ import annotations

from ..code import Code

COVERED_RULE = Code(
    "covered-rule",
    "A rule can never match, since an earlier one of its chain takes all of its packets.",
    "iptables accepts such a rule silently. It does nothing: it is superfluous, or an exception that comes too late.",
    "```sh\niptables -A INPUT -s 10.0.0.0/8 -j DROP\niptables -A INPUT -s 10.1.2.3 -j ACCEPT\n```\n",
    "```sh\niptables -A INPUT -s 10.1.2.3 -j ACCEPT\niptables -A INPUT -s 10.0.0.0/8 -j DROP\n```\n",
    on="advice",
)
REPEATED_RULE = Code(
    "repeated-rule",
    "The same rule is added to a chain twice.",
    "iptables does not check whether a rule exists already, and packets may meet both.",
    "```sh\niptables -A INPUT -i eth1 -j LOG\niptables -A INPUT -i eth1 -j LOG\n```\n",
    "```sh\niptables -A INPUT -i eth1 -j LOG\n```\n",
    on="advice",
)
RETURN_AT_END = Code(
    "return-at-end",
    "A chain of one's own ends with a rule that sends every packet back.",
    "Packets go back from the end of such a chain in any case.",
    "```sh\niptables -N WEB\niptables -A WEB -p tcp --dport 80 -j ACCEPT\niptables -A WEB -j RETURN\n```\n",
    "```sh\niptables -N WEB\niptables -A WEB -p tcp --dport 80 -j ACCEPT\n```\n",
    on="advice",
)
LOCKED_OUT = Code(
    "locked-out",
    "A whole rule set refuses whoever types it over ssh.",
    "INPUT is emptied, refuses what no rule lets in, and no rule lets in ssh or established connections. Whoever runs "
    "it from another machine cannot undo it.",
    "```sh\niptables -F INPUT\niptables -A INPUT -i lo -j ACCEPT\niptables -P INPUT DROP\n```\n",
    "```sh\niptables -F INPUT\niptables -A INPUT -i lo -j ACCEPT\n"
    "iptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -P INPUT DROP\n```\n",
    on="advice",
)
POLICY_FIRST = Code(
    "policy-first",
    "The policy of INPUT is set to DROP before the rules are there that let ssh in.",
    "Whoever types the commands one by one over ssh is cut off after this one, and cannot type the rest.",
    "```sh\niptables -F INPUT\niptables -P INPUT DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n",
    "```sh\niptables -F INPUT\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -P INPUT DROP\n```\n",
    on="advice",
)
NAT_EVERYWHERE = Code(
    "nat-everywhere",
    "A rule changes the source of every connection, whichever interface it leaves by.",
    "On the inside too, every connection then seems to come from this machine: logs and rules see only its address.",
    "```sh\niptables -t nat -A POSTROUTING -j MASQUERADE\n```\n",
    "```sh\niptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE\n```\n",
    on="advice",
)
OLDER_MATCH = Code(
    "older-match",
    "A match is used for which there is a newer one that means the same.",
    "The newer one can do more, and is what today's texts explain.",
    "```sh\niptables -A INPUT -m state --state ESTABLISHED -j ACCEPT\n```\n",
    "```sh\niptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n```\n",
    on="advice",
)
BARE_NUMBER = Code(
    "bare-number",
    "A number is used where iptables knows a name.",
    "A name tells a reader what is meant.",
    "```sh\niptables -A INPUT -p icmp --icmp-type 8 -j ACCEPT\n```\n",
    "```sh\niptables -A INPUT -p icmp --icmp-type echo-request -j ACCEPT\n```\n",
    on="advice",
)
SHORTENED_OPTION = Code(
    "shortened-option",
    "An option is not written out.",
    "iptables accepts the beginning of an option as long as no other begins with it; a newer release may add one.",
    "```sh\niptables -t nat -A POSTROUTING -o eth0 -j SNAT --to 192.0.2.1\n```\n",
    "```sh\niptables -t nat -A POSTROUTING -o eth0 -j SNAT --to-source 192.0.2.1\n```\n",
    on="advice",
)
