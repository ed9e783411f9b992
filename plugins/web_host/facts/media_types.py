"""Which media types a host must be configured for. Hosts know most; which, depends on their age."""

from __future__ import annotations

from press.site.media_types import BEGINNING, ending, feed_type

from .site import Site

#: How the names of feeds end.
_OF_FEEDS = frozenset({"xml", "json", "atom", "rss"})
#: Types that are younger than some hosts in use.
YOUNG = frozenset({"webmanifest", "woff2", "avif", "webp", "mjs", "jxl", "wasm"})
#: Types of text that do not begin so.
_TEXT = frozenset(
    {"application/xml", "application/json", "application/manifest+json", "application/atom+xml", "application/rss+xml",
     "application/feed+json", "image/svg+xml"}
)  # fmt: skip


def is_text(media_type: str) -> bool:
    """Whether it is of texts, which are in UTF-8 here."""
    return media_type.startswith("text/") or media_type in _TEXT


def types_by_place(site: Site) -> dict[str, str]:
    """The media types of feeds, which the ends of their names do not tell: by the name of a folder, with a slash, in
    which all files are feeds of one type, or by that of a file.
    """
    feeds = _feeds_of(site)
    in_folder: dict[str, set[str]] = {}
    for name in site.files:
        for folder in _folders_of(name):
            in_folder.setdefault(folder, set()).add(feeds.get(name, ""))
    found: dict[str, str] = {}
    for name, media_type in feeds.items():
        whole = next((each for each in _folders_of(name) if in_folder[each] == {media_type}), name)
        found[whole] = media_type
    return found


def _feeds_of(site: Site) -> dict[str, str]:
    """The names of the feeds of a site, whoever writes them, with their media types."""
    found = {}
    for name in site.files:
        if ending(name) in _OF_FEEDS:
            with (site.output / name).open("rb") as file:
                found[name] = feed_type(file.read(BEGINNING))
    return {name: media_type for name, media_type in found.items() if media_type}


def _folders_of(name: str) -> list[str]:
    """The folders that a file is in, from the outermost."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]
