"""Tells whether bytes are the same as before."""

import hashlib


def digest_of(body: bytes) -> str:
    """Return 32 hexadecimal digits, equal for equal bytes."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
