"""Which files get a hashed name, by how their names end, and in which folder."""

from __future__ import annotations

import posixpath

#: The folder below the root of the site that has them, and nothing else: whatever is in it may be kept for ever.
FOLDER = "immutable"

STYLESHEET, SCRIPT, DRAWING = ".css", (".js", ".mjs"), ".svg"
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".jxl", ".apng", ".bmp", ".ico", ".cur")
_FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")
#: What pages load to be shown. Sound and film are left out: each of these files is in the site twice, and they are
#: large, are loaded on request, and are seldom heard twice. So is what a reader may save: its address is to last.
_LOADED = frozenset((STYLESHEET, *SCRIPT, DRAWING, *_IMAGES, *_FONTS))
#: What contains references to other files.
_REFERRING = frozenset((STYLESHEET, *SCRIPT, DRAWING))

PAGES = (".html", ".htm", ".xhtml")


def ending(file: str) -> str:
    """Return how the name of a file ends, in lower case, with its dot."""
    return posixpath.splitext(file)[1].lower()


def is_loaded(file: str) -> bool:
    """Whether a file is of a kind that gets a hashed name."""
    return ending(file) in _LOADED


def may_refer(file: str) -> bool:
    """Whether a file is of a kind that may name others."""
    return ending(file) in _REFERRING


def is_image(file: str) -> bool:
    """Whether a file is a picture."""
    return ending(file) in (*_IMAGES, DRAWING)


def is_page(file: str) -> bool:
    """Whether a file is a page."""
    return ending(file) in PAGES
