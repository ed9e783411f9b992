"""CONNSECMARK: copy security marks between packets and connections. iptables-extensions(8), CONNSECMARK."""

from ...checks import needs_one_of
from ...extension import Option, Target

connsecmark = Target(
    "CONNSECMARK",
    Option(
        "save",
        excludes="restore",
        sentence="copy it from the packet to its connection, if that has none",
        negation_ignored_in="..1.4.10",
        nft="ct secmark set meta secmark",
    ),
    Option(
        "restore",
        sentence="copy it from the connection to the packet, if that has none",
        negation_ignored_in="..1.4.10",
        nft="meta secmark set ct secmark",
    ),
    checks=(needs_one_of("save", "restore", says="CONNSECMARK target: parameter required"),),
    tables="mangle security",
    sentence="copy the security mark",
)
