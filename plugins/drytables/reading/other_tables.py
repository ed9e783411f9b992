"""Rules of ebtables and arptables, which look like iptables' own but are not: ebtables(8), arptables(8)."""

from __future__ import annotations

import re

from .pattern import pattern

_OF_OTHERS = pattern(
    r"""
      (?<![\w-])-p[ ]!?[ ]?(?:IPv4|IPv6|ARP|RARP|802_1Q|LENGTH|IPX|X25|PPP|0x[0-9A-Fa-f]{4})(?![\w-])
    | (?<![\w-])-[sd][ ]!?[ ]?(?:(?:[0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}|Unicast|Multicast|Broadcast|BGA)(?![\w:])
    | (?<![\w-])--(?:ip6?|arp|vlan|stp|among|802_3)-[a-z]
    | (?<![\w-])--(?:logical-(?:in|out)|to-(?:src|dst)|mark-(?:set|or|and|xor)|snat-arp|arpreply-mac|opcode
        |(?:snat|dnat|redirect|arpreply|mark|mangle)-target|mangle-(?:ip|mac)-[sd]|(?:source|destination)-mac
        |h-(?:length|type)|proto-type)(?![\w-])
    | ^[^\w\n]*(?:sudo[ ])?(?:ebtables|arptables)(?:-legacy|-nft)?(?:-save|-restore)?(?![\w-])
    | ^\#[ ]Generated[ ]by[ ](?:ebtables|arptables)-save
    """,
    re.VERBOSE | re.MULTILINE,
)


def is_of_other_tables(text: str) -> bool:
    """Whether code contains something that only ebtables or arptables has, or runs either at the start of a line."""
    return bool(_OF_OTHERS.search(text))
