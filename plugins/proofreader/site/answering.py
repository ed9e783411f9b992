"""What a host answers an address with: the rules that all common ones share."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from typing import Any


def answering(address: str) -> tuple[str, ...]:
    """Return the files that may answer; the first that is there does. `address` is decoded, without its first slash."""
    if not address or address.endswith("/"):
        return (f"{address}index.html",)
    return address, f"{address}.html", f"{address}/index.html"


def elsewhere(settings: dict[str, Any]) -> tuple[str, ...]:
    """Return the patterns of the paths, such as `/shop/*`, that something else on the host answers: LINKS_ELSEWHERE."""
    return (*settings.get("LINKS_ELSEWHERE", ()),)


def is_elsewhere(path: str, patterns: Iterable[str]) -> bool:
    """Return whether one of these patterns says of a path that something else on the host answers."""
    return any(fnmatch.fnmatch(path, each) for each in patterns)
