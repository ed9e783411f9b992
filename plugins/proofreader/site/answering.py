"""What a host answers an address with: the rules that all common ones share."""

from __future__ import annotations


def answering(address: str) -> tuple[str, ...]:
    """Return the files that may answer; the first that is there does. `address` is decoded, without its first slash."""
    if not address or address.endswith("/"):
        return (f"{address}index.html",)
    return address, f"{address}.html", f"{address}/index.html"
