"""The order in which files are sent, so that no page links to anything that has not arrived yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..manifest import Changes

#: What precompression leaves beside a file, which goes with it.
_COMPRESSED = (".br", ".gz", ".zst")
_PAGES = (".html", ".htm", ".xhtml")
#: Feeds, the sitemap and robots.txt name pages. A search's own files are of other kinds.
_LISTS = (".xml", ".rss", ".atom", ".json", ".txt")


#: What no page that readers see leads to yet.
FIRST = "files of pages"


def in_order(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """Yield what is sent together, each with what to call it."""
    added = frozenset(changes.added)
    steps: dict[str, list[str]] = {FIRST: [], "new pages": [], "pages": [], "lists of pages": []}
    for path in (*changes.added, *changes.changed):
        steps[_step_of(path, added)].append(path)
    yield from ((name, paths) for name, paths in steps.items() if paths)


def _step_of(path: str, added: Collection[str]) -> str:
    plain = next((path.removesuffix(ending) for ending in _COMPRESSED if path.endswith(ending)), path)
    if plain.endswith(_PAGES):
        return "lists of pages" if plain == "index.html" else "new pages" if plain in added else "pages"
    return "lists of pages" if plain.endswith(_LISTS) else FIRST
