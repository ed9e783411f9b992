"""TRACE: log every rule that the packet meets. iptables-extensions(8), TRACE."""

from ...extension import Target

trace = Target(
    "TRACE",
    tables="raw",
    common=True,
    sentence="log every rule that the packet meets from here on",
    nft="nftrace set 1",
)
