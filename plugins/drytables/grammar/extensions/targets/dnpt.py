"""DNPT: translate the prefix of IPv6 destination addresses. iptables-extensions(8), DNPT (IPv6-specific)."""

from ...extension import Target
from ...nft import NotInNft
from ..shared.prefix_translation import PREFIXES, prefixes_are_prefixes, saved

dnpt = Target(
    "DNPT",
    *PREFIXES,
    family="ipv6",
    tables="mangle",
    hooks="PREROUTING OUTPUT",
    kernel=(prefixes_are_prefixes,),
    saved=saved,
    sentence="translate the prefix of the destination address, packet by packet, without tracking connections",
    nft=NotInNft(
        "nft translates no prefixes without tracking connections",
        "`dnat ip6 prefix to ip6 daddr map { … }`, which tracks them",
    ),
)
