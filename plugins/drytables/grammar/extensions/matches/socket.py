"""socket: whether a local socket is waiting for a packet. iptables-extensions(8), socket.

The kernel refuses it in other chains (tried on Linux 6.18).
"""

from ...extension import Match, Option

socket = Match(
    "socket",
    Option("transparent", sentence="the socket is transparent"),
    Option("nowildcard", sentence="the socket may listen on any address"),
    Option("restore-skmark", sentence="give the packet the socket's mark"),
    table_since="1.4.11",
    hooks="PREROUTING INPUT",
    sentence="there is a socket on this machine that the packet is for",
)
