"""CONNSECMARK: copy security marks between packets and connections. iptables-extensions(8), CONNSECMARK."""

from ...checks import needs_one_of
from ...extension import Option, Target
from ...nft import Said
from ...rule import Use


def copied(use: Use) -> Said:
    """The mark, also over one that is there."""
    words = "ct secmark set meta secmark" if use.has("save") else "meta secmark set ct secmark"
    return Said(words, notes=("iptables keeps a security mark that is there already; nft writes over it",))


connsecmark = Target(
    "CONNSECMARK",
    Option(
        "save",
        excludes="restore",
        sentence="copy it from the packet to its connection, if that has none",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "restore",
        sentence="copy it from the connection to the packet, if that has none",
        negation_ignored_in="..1.4.10",
    ),
    checks=(needs_one_of("save", "restore", says="CONNSECMARK target: parameter required"),),
    tables="mangle security",
    sentence="copy the security mark",
    nft=copied,
)
