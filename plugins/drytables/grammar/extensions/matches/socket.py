"""socket: whether a local socket is waiting for a packet. iptables-extensions(8), socket.

The kernel refuses it in other chains (tried on Linux 6.18).
"""

from ...extension import Match, Option
from ...rule import Use


def of_a_socket(use: Use) -> str:
    """Whether there is a socket, bound to an address unless any will do."""
    words = [] if use.has("nowildcard") else ["socket wildcard 0"]
    if use.has("transparent"):
        words.append("socket transparent 1")
    if not words:
        words.append("socket wildcard le 1")
    if use.has("restore-skmark"):
        words.append("meta mark set socket mark")
    return " ".join(words)


socket = Match(
    "socket",
    Option("transparent", sentence="the socket is transparent"),
    Option("nowildcard", sentence="the socket may listen on any address"),
    Option("restore-skmark", sentence="give the packet the socket's mark"),
    table_since="1.4.11",
    hooks="PREROUTING INPUT",
    sentence="there is a socket on this machine that the packet is for",
    nft=of_a_socket,
)
