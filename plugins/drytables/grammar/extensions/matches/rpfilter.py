"""rpfilter: whether a reply would go back the way a packet came. iptables-extensions(8), rpfilter."""

from ...extension import Match, Option

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
)
