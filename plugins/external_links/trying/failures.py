"""Why no answer came, in words: what programs say of a connection, as its user needs it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

_NO_ADDRESS = "it, or where it is redirected to, is not the address of a web page"
#: The first row that fits one of the exceptions behind a failure holds.
_WORDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted: {verify_message}"),
    (ssl.SSLError, "no safe connection comes about: {reason}"),
    (socket.gaierror, "its host is unknown"),
    (ConnectionRefusedError, "its host takes no connection there"),
    (ConnectionResetError, "its host ends the connection without an answer"),
    (httpx.RemoteProtocolError, "its host answers in something that is not HTTP, or breaks off"),
    (httpx.DecodingError, "its host answers in something that is not HTTP, or breaks off"),
    (httpx.TooManyRedirects, "it is redirected again and again"),
    (httpx.TimeoutException, "its host does not answer in time"),
    (httpx.ProxyError, "the proxy does not let it through"),
    (httpx.ReadError, "its host ends the connection without an answer"),
    (
        (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError, OverflowError),
        _NO_ADDRESS,
    ),  # a name that IDNA refuses, a port beyond all
    (OSError, "its host cannot be reached: {strerror}"),
)


def reason(failure: BaseException) -> str:
    """Return the words for a failure."""
    causes = [*_causes(failure)]
    for kind, words in _WORDS:
        for cause in causes:
            if isinstance(cause, kind):
                return words.format_map(_Facts(cause)).removesuffix(": ")
    return "its host cannot be reached"


class _Facts(dict[str, str]):
    """The attributes of an exception, as far as it has them."""

    def __init__(self, cause: BaseException) -> None:
        self._cause = cause

    def __missing__(self, name: str) -> str:
        words = getattr(self._cause, name, None)
        return str(words).lower().replace("_", " ") if words else ""


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    """An exception, and all that led to it."""
    seen: set[int] = set()
    waiting = [failure]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
