"""The targets after which a packet does not come to the next rule of its chain.

iptables-extensions(8) says of the others that they are "non-terminating" or that rule traversal continues. SYNPROXY
and TPROXY let go of a packet that they do not want, and are left out.
"""

TERMINATING = frozenset({
    "ACCEPT", "DROP", "RETURN", "QUEUE", "REJECT", "NFQUEUE", "SNAT", "DNAT", "MASQUERADE", "REDIRECT", "NETMAP",
    "SAME", "MIRROR", "TARPIT", "TPROXY",
})  # fmt: skip
