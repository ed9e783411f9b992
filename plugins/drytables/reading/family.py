"""Which family rules and programs belong to, judging by the text."""

from __future__ import annotations

import re
from typing import Literal

from .pattern import pattern

Family = Literal["ipv4", "ipv6"]

#: IPv6 addresses, protocols, matches, targets and answers, and the chains of ufw's second half.
_OF_IPV6 = pattern(
    r"""ip6tables | ipv6-icmp | icmpv6 | icmp6 | (?<![\w-])ufw6- | -p[ \t]+(?:ipv6-\w+|58)(?![\w-])
      | [ \t]\[?(?=[0-9a-fA-F:]*::)[0-9a-fA-F:]++(?:[]/ \t\n-]|\d{1,3}\.|$)
      | [ \t]\[?(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])
      | (?:-m|--match)[ \t]+(?:ipv6header|frag|hbh|dst|rt|mh|eui64|hl|srh)(?!\S)
      | (?:-j|--jump)[ \t]+(?:HL|DNPT|SNPT)(?!\S)
      | --reject-with[ \t]+(?:no-route|adm-prohibited|addr-unreach|port-unreach|policy-fail|reject-route)(?!\S)
    """,
    re.VERBOSE,
)
_OF_IPV4 = pattern(
    r"""[ \t](?:\d{1,3}\.){3}\d | -p[ \t]icmp(?![\w-]) | --icmp-type | icmp-[a-z]+-(?:un|pro)[a-z]+
      | (?:-m|--match)[ \t]+(?:icmp|ttl|realm)(?!\S) | (?:-j|--jump)[ \t]+(?:TTL|CLUSTERIP|ULOG)(?!\S)
    """,
    re.VERBOSE,
)
#: A program, or a file that belongs to one: `/etc/iptables/rules.v6`, ufw's `before6.rules`.
_PROGRAM = pattern(
    r"\bip(?P<six>6?)tables(?!/)|\brules[.-]?v(?:4|(?P<rules>6))\b|\b(?:before|after|user)(?P<ufw>6?)\.(?:init|rules)\b"
)
#: The name of a file that one program reads: `rules.v6`, ufw's `before6.rules`, `ip6tables.rules`.
_FILE = pattern(
    r"(?:.*[/\\])?(?:[^/\\]*\.v(?:4|(?P<persistent>6))|(?:before|after|user)(?P<ufw>6?)\.rules"
    r"|[^/\\]*ip(?P<six>6?)tables[^/\\]*\.rules)",
    re.IGNORECASE,
)
_RESTORE = pattern(r"\bip(?P<six>6?)tables(?:-legacy|-nft)?-restore\b")


def is_of_ipv6(text: str) -> bool:
    """Whether rules contain something that only ip6tables has: an IPv6 address, or ICMPv6."""
    return bool(_OF_IPV6.search(text))


def family_of_rules(text: str) -> Family | None:
    """The family whose rules these are, by their contents; None if those are specific to neither family, or to both."""
    is_ipv4, is_ipv6 = bool(_OF_IPV4.search(text)), is_of_ipv6(text)
    return None if is_ipv4 == is_ipv6 else "ipv6" if is_ipv6 else "ipv4"


def family_of_program(text: str) -> Family | None:
    """The family of the first iptables or ip6tables, with any suffix, that a text names."""
    return _family(_PROGRAM.search(text))


def family_named_last(text: str) -> Family | None:
    """The family of the last program, or file of one, that a text names."""
    *_, last = (None, *_PROGRAM.finditer(text))
    return _family(last)


def family_of_file(name: str) -> Family | None:
    """The family of the program that reads a file of rules, as the file's name says; None if it does not."""
    return _family(_FILE.fullmatch(name))


def family_of_restore(text: str) -> Family | None:
    """The family of the first iptables-restore or ip6tables-restore that a text names."""
    return _family(_RESTORE.search(text))


def _family(program: re.Match[str] | None) -> Family | None:
    return None if program is None else "ipv6" if any(program.groupdict().values()) else "ipv4"
