"""eui64: whether an IPv6 address was made from the sender's Ethernet address. iptables-extensions(8), eui64
(IPv6-specific).
"""

from ...extension import Match
from ...nft import NotInNft

eui64 = Match(
    "eui64",
    family="ipv6",
    hooks="PREROUTING INPUT FORWARD",
    sentence="the second half of the source address was made from the sender's Ethernet address",
    nft=NotInNft(
        "nft cannot compare an address with the Ethernet address that it was made from",
        "the addresses themselves: `ether saddr … ip6 saddr …`",
    ),
)
