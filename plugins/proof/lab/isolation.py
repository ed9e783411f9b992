"""Is this a namespace of our own? Everything that changes rules or addresses asks this first, each time."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Literal

Kind = Literal["net", "mnt", "pid"]

#: The variable of the environment with the namespaces of the machine itself, as `net:[1] mnt:[2] pid:[3]`.
OUTER = "PROOF_OUTER_NAMESPACES"
_KINDS: tuple[Kind, ...] = ("net", "mnt", "pid")
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET


class NotIsolated(Exception):
    """What was to be done would touch the machine itself; the message says so."""


def here(kind: Kind) -> str:
    """The namespace of a kind that this process is in, as `net:[4026531840]`."""
    return str(Path(f"/proc/self/ns/{kind}").readlink())


def outer_namespaces() -> str:
    """What OUTER holds, asked on the machine itself."""
    return " ".join(map(here, _KINDS))


def require_own(*kinds: Kind, but: str = "") -> None:
    """Raise NotIsolated unless this process has namespaces of its own; `but` is one more that it may not be in."""
    outer = os.environ.get(OUTER, "").split()
    for kind in kinds:
        if len(outer) != len(_KINDS) or here(kind) in (*outer, but):
            raise NotIsolated(f"this is not a {kind} namespace of its own: nothing was done")


def leave_network() -> str:
    """Move this process into a new network namespace, and return its name. Raises OSError."""
    before = here("net")
    library = ctypes.CDLL(None, use_errno=True)  # os.unshare is there from Python 3.12 on
    if library.unshare(_NEW_NETWORK):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    require_own("net", but=before)
    return here("net")
