"""rpfilter: whether a reply would go back the way a packet came. iptables-extensions(8), rpfilter."""

from ...extension import Match, Option
from ...nft import Unsayable
from ...rule import Use


def in_the_fib(use: Use) -> str:
    """Whether there is a way back, through the interface that the packet came by if not any will do."""
    if use.has("accept-local"):
        raise Unsayable(
            "nft has no exception for the machine's own addresses", "a rule before it: `fib saddr type local`"
        )
    mark = " . mark" if use.has("validmark") else ""
    interface = "" if use.has("loose") else " . iif"
    return f"fib saddr{mark}{interface} oif {'0' if use.has('invert') else '!= 0'}"


rpfilter = Match(
    "rpfilter",
    Option("loose", sentence="any return path will do"),
    Option("validmark", sentence="look up the return path with the packet's mark"),
    Option("accept-local", sentence="let packets from this machine's own addresses pass"),
    Option("invert", sentence="match the packets that fail the test"),
    table_since="1.4.13",
    tables="raw mangle",
    hooks="PREROUTING",
    sentence="a reply would go out the way the packet came in",
    nft=in_the_fib,
)
