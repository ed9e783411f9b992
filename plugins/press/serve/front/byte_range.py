"""The part of a file that a browser asks for: without it, Safari plays no video."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def asked_part(header: str, length: int) -> range | None:
    """Return which of `length` bytes a `Range` header asks for; empty if there are no such bytes. None if all are to be
    sent: the header is of another form, or asks for several parts.
    """
    found = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if not found or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return range(max(length - int(last), 0), length)
    end = min(int(last) + 1, length) if last else length
    return range(int(first), end) if not last or int(first) <= int(last) else None
