"""TTL: change the time to live of IPv4. iptables-extensions(8), TTL (IPv4-specific)."""

from ..shared.hop_limits import hop_target

ttl = hop_target("TTL", "ttl", "ipv4")
