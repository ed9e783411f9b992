"""The socket on which the preview listens, and the addresses that lead to it."""

import os
import socket
from contextlib import suppress

from ...build_error import BuildError
from .names import is_everywhere

#: How many ports after a taken one are tried for the one to recommend.
NEIGHBOURS = 20


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the host and port; port 0 is one that the system chooses.

    Raises BuildError, with what to type instead, if that cannot be.
    """
    try:
        return _bound(host, port)
    except socket.gaierror as error:
        raise BuildError(f"{host} is not an address of this machine: {error.strerror}") from None
    except OSError as error:
        problem = f"port {port} of {host} cannot be used: {error.strerror}"
    for free in range(port + 1, min(port + NEIGHBOURS, 0xFFFF)):
        with suppress(OSError):
            _bound(host, free).close()
            raise BuildError(f"{problem}. The next free one: {_typed(free)}")
    raise BuildError(f"{problem}. Try another: {_typed(8001)}")


def _typed(port: int) -> str:
    """What the author types for another port; make tells what it runs that it does (GNU make's MAKELEVEL)."""
    return f"make serve PORT={port}" if "MAKELEVEL" in os.environ else f"press serve --port {port}"


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
    # asyncio sends small answers at once (TCP_NODELAY) only where it knows that the protocol is TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # Otherwise the port is taken for a minute after the preview has ended.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6 and is_everywhere(host):
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)  # noqa: FBT003
    return listener


def addresses(host: str, port: int) -> tuple[str, list[str]]:
    """Return the address for this machine, and those for others in its network, such as the author's telephone."""
    if not is_everywhere(host):
        return _address(host.strip("[]"), port), []
    # 0.0.0.0 means all addresses of version 4, and :: those of version 6 as well.
    own = [each for each in _own_addresses() if ":" in host or ":" not in each]
    return _address("127.0.0.1", port), [_address(each, port) for each in own]


def _own_addresses() -> list[str]:
    """Return the addresses from which this machine would send. Nothing is sent to find out: a UDP socket that is
    connected only chooses its own end. The other ends are in the networks reserved for documentation.
    """
    found = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            found.append(str(probe.getsockname()[0]))
    return found


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
