"""SNPT: translate the prefix of IPv6 source addresses. iptables-extensions(8), SNPT (IPv6-specific)."""

from ...extension import Target
from ...nft import NotInNft
from ..shared.prefix_translation import PREFIXES, prefixes_are_prefixes, saved

snpt = Target(
    "SNPT",
    *PREFIXES,
    family="ipv6",
    tables="mangle",
    hooks="INPUT POSTROUTING",
    kernel=(prefixes_are_prefixes,),
    saved=saved,
    sentence="translate the prefix of the source address, packet by packet, without tracking connections",
    nft=NotInNft(
        "nft translates no prefixes without tracking connections",
        "`snat ip6 prefix to ip6 saddr map { … }`, which tracks them",
    ),
)
