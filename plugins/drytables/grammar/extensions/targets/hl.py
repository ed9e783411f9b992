"""HL: change the hop limit of IPv6. iptables-extensions(8), HL (IPv6-specific)."""

from ..shared.hop_limits import hop_target

hl = hop_target("HL", "hl", "ipv6")
