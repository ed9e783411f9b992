"""What the front and a worker say to each other: one request, one reply, pickled over the worker's two pipes.

Both ends are the same program on the same machine, so a pickle is as good as its sender. Nothing here imports Pelican.
"""

from dataclasses import dataclass

from ..edition import Ahead, Edition


@dataclass(frozen=True)
class LookNow:
    """Read what changed. Replied to with the present Edition, or with Failed by a worker that can read nothing; with
    Ahead, if that is enough for some of the addresses that are wanted.
    """

    wanted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadOn:
    """Read what changed with the settings and plugins of before. Replied to with an Edition, which must_restart."""


@dataclass(frozen=True)
class Get:
    """Render what is at an address. Replied to with Found, Missing, Unrendered or Failed."""

    address: str


@dataclass(frozen=True)
class GetDigest:
    """As Get, but only the digest is wanted. Replied to with Digest."""

    address: str


@dataclass(frozen=True)
class GetNearest:
    """The pages whose addresses are most like one that has nothing. Replied to with Nearest."""

    address: str


@dataclass(frozen=True)
class GetAddress:
    """Where the page of a source is. Replied to with Address."""

    source: str


Request = LookNow | ReadOn | Get | GetDigest | GetNearest | GetAddress


@dataclass(frozen=True)
class Found:
    """What is at an address, as in Answer. The digest is equal for equal bytes."""

    body: bytes
    content_type: str
    digest: str
    source: str = ""
    report: str = ""


@dataclass(frozen=True)
class Missing:
    """Nothing is at the address."""


@dataclass(frozen=True)
class Unrendered:
    """A template or a plugin fails for this page, or the machine; the others may be well."""

    report: str
    is_of_the_machine: bool = False


@dataclass(frozen=True)
class Digest:
    """The digest of the file at an address; empty if there is none."""

    digest: str


@dataclass(frozen=True)
class Nearest:
    """Addresses that have a page, the most similar first."""

    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """Where something is; empty if it is nowhere."""

    address: str


@dataclass(frozen=True)
class Failed:
    """The worker cannot go on, and ends after this reply."""

    report: str
    is_of_the_machine: bool = False


Reply = Edition | Ahead | Found | Missing | Unrendered | Digest | Nearest | Address | Failed
