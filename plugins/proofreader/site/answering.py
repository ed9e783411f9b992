"""What a host answers an address with: the rules that all common ones share."""

from __future__ import annotations

import fnmatch
from typing import Any


def answering(address: str) -> tuple[str, ...]:
    """Return the files that may answer; the first that is there does. `address` is decoded, without its first slash."""
    if not address or address.endswith("/"):
        return (f"{address}index.html",)
    return address, f"{address}.html", f"{address}/index.html"


def is_elsewhere(path: str, settings: dict[str, Any]) -> bool:
    """Return whether LINKS_ELSEWHERE says of a path, such as `/shop/`, that something else on the host answers."""
    return any(fnmatch.fnmatch(path, each) for each in settings.get("LINKS_ELSEWHERE", ()))
