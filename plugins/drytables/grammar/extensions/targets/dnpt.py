"""DNPT: translate the prefix of IPv6 destination addresses. iptables-extensions(8), DNPT (IPv6-specific)."""

from ...extension import Target
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
)
