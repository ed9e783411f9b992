"""Which files can gain by being compressed, and what gain is enough."""

from __future__ import annotations

import posixpath

#: A response that is no longer than this travels in one packet with its headers, however short it is: an Ethernet frame
#: carries 1,500 bytes, of which IP, TCP and TLS take some 70 and a host's headers up to 400.
FITS_A_PACKET = 1_000
#: What is saved must be more than a tenth: a telephone's time to unpack it, and room on the host, are worth that.
LEAST_SAVED = 0.1
#: Not text, but as good as: programs of the web, and fonts and pictures whose formats do not compress.
_AS_TEXT = frozenset((".wasm", ".ttf", ".otf", ".eot", ".bmp", ".ico", ".cur"))
#: Formats that are compressed already; some begin like text.
_COMPRESSED = frozenset((
    ".br", ".gz", ".zst", ".xz", ".bz2", ".zip", ".7z", ".svgz", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif",
    ".jxl", ".woff", ".woff2", ".mp3", ".mp4", ".webm", ".ogg", ".pdf", ".epub", ".docx", ".odt", ".jar",
))  # fmt: skip

#: What a host reads itself and sends to nobody.
_OF_HOSTS = ("_headers", "_redirects", "CNAME")


def can_gain(file: str, content: bytes) -> bool:
    """Whether a file is worth a try, by its name and what is in it: it is text, or as good as that."""
    ending = posixpath.splitext(file)[1].lower()
    if file in _OF_HOSTS or ending in _COMPRESSED or len(content) <= FITS_A_PACKET:
        return False
    return ending in _AS_TEXT or b"\0" not in content[:8_000]


def is_enough(before: int, after: int) -> bool:
    """Whether a file of `before` bytes gains enough if it takes `after`."""
    return after < before * (1 - LEAST_SAVED)
