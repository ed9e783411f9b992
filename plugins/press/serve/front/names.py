"""Which names the preview answers to.

Any page on the web may point a name of its own at this machine and have the browser read from there (DNS rebinding). So
a request must name the preview as its author would.
"""

import ipaddress
import re
import socket

#: The value of a `Host` header: a name or an address, which has brackets around it if it has colons, and a port.
_HOST = re.compile(r"(?:\[(?P<number>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?", re.ASCII)


class Names:
    """The names of a server that listens at one address."""

    def __init__(self, host: str) -> None:
        """Take the host that the author gave; one that means all addresses of this machine is known as such."""
        self._names = {"localhost", "127.0.0.1", "::1", host.strip("[]").lower()}
        self._is_everywhere = is_everywhere(host)
        if not is_loopback(host):
            name = socket.gethostname().lower()
            self._names |= {name, f"{name.partition('.')[0]}.local"}

    def has(self, host: str) -> bool:
        """Whether the value of a `Host` header, with or without a port, is one of them.

        A server that listens on all interfaces accepts every numeric address: DNS cannot rebind those, and inside a
        container it does not know the address that is published.
        """
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = (found["number"] or found["name"]).lower()
        return name.removesuffix(".") in self._names or (self._is_everywhere and _is_number(name))


def is_everywhere(host: str) -> bool:
    """Whether a server at this address listens at all addresses of the machine."""
    return _is_number(host.strip("[]")) and ipaddress.ip_address(host.strip("[]")).is_unspecified


def is_loopback(host: str) -> bool:
    """Whether a server at this address can be reached from this machine only."""
    return host == "localhost" or (_is_number(host.strip("[]")) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
