"""Which family rules and programs belong to, judging by the text."""

from __future__ import annotations

import re
from typing import Literal

Family = Literal["ipv4", "ipv6"]

_OF_IPV6 = re.compile(r"ip6tables|ipv6-icmp|icmpv6|icmp6|[ \t](?=[0-9a-fA-F:]*::)[0-9a-fA-F:]++(?:[/ \t\n]|$)")
_OF_IPV4 = re.compile(r"[ \t](?:\d{1,3}\.){3}\d|-p[ \t]icmp(?![\w-])|--icmp-type|icmp-[a-z]+-(?:un|pro)[a-z]+")
_PROGRAM = re.compile(r"\bip(?P<six>6?)tables")
_RESTORE = re.compile(r"\bip(?P<six>6?)tables(?:-legacy|-nft)?-restore\b")


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


def family_of_restore(text: str) -> Family | None:
    """The family of the first iptables-restore or ip6tables-restore that a text names."""
    return _family(_RESTORE.search(text))


def _family(program: re.Match[str] | None) -> Family | None:
    return None if program is None else "ipv6" if program["six"] else "ipv4"
