"""NOTRACK: no connection tracking for these packets. iptables-extensions(8), NOTRACK."""

from ...extension import Target

notrack = Target(
    "NOTRACK", tables="raw", common=True, sentence="do not track the connection of these packets", nft="notrack"
)
