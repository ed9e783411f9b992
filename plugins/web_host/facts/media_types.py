"""The media types of files, by the ends of their names. Hosts know most; what they know depends on their age."""

from __future__ import annotations

from .feeds import feeds_of
from .site import Site

TYPES = {
    "html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
    "xml": "application/xml", "json": "application/json", "txt": "text/plain", "md": "text/markdown",
    "csv": "text/csv", "ics": "text/calendar", "vtt": "text/vtt", "map": "application/json",
    "webmanifest": "application/manifest+json", "atom": "application/atom+xml", "rss": "application/rss+xml",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon", "bmp": "image/bmp", "jxl": "image/jxl",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "mp4": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac",
    "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip", "gz": "application/gzip",
    "tar": "application/x-tar", "wasm": "application/wasm", "asc": "text/plain", "patch": "text/plain",
    "diff": "text/plain", "sh": "text/plain", "py": "text/plain", "c": "text/plain",
}  # fmt: skip
#: What a host has to be told of: younger than some of those in use.
YOUNG = frozenset({"webmanifest", "woff2", "avif", "webp", "mjs", "jxl", "wasm"})
#: Types of text that do not begin so.
_TEXT = frozenset(
    {"application/xml", "application/json", "application/manifest+json", "application/atom+xml", "application/rss+xml",
     "application/feed+json", "image/svg+xml"}
)  # fmt: skip


def is_text(media_type: str) -> bool:
    """Whether it is of texts, which are in UTF-8 here."""
    return media_type.startswith("text/") or media_type in _TEXT


def ending(name: str) -> str:
    """The end of the name of a file, in lower case; empty if it has none."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""


def types_by_place(site: Site) -> dict[str, str]:
    """The media types of feeds, which the ends of their names do not tell: by the name of a folder, with a slash, in
    which all files are feeds of one type, or by that of a file.
    """
    feeds = feeds_of(site)
    in_folder: dict[str, set[str]] = {}
    for name in site.files:
        for folder in _folders_of(name):
            in_folder.setdefault(folder, set()).add(feeds.get(name, ""))
    found: dict[str, str] = {}
    for name, media_type in feeds.items():
        whole = next((each for each in _folders_of(name) if in_folder[each] == {media_type}), name)
        found[whole] = media_type
    return found


def _folders_of(name: str) -> list[str]:
    """The folders that a file is in, from the outermost."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]
