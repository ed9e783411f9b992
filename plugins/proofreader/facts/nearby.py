"""Links to files of the content, as people write them for GitHub, Obsidian or Hugo: `other.md`, `../img/a.png`.

Pelican takes them for addresses. Where there is such a file, the page gets what leads to it: the address of the post
that a source becomes, or that of the file, which is published.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from .references import Nearby, Reference

#: Signs of a path that mean something else in an address or in Pelican's pattern for links.
_MEANING = {ord(each): f"%{ord(each):02X}" for each in "%?#{}|\"'<>"}
#: Attributes in which Pelican's own words are replaced.
REPLACED = frozenset({"href", "xlink:href", "src", "srcset", "poster", "data"})
#: An address that begins at the root and ends so is that of a page, whatever sources there are.
_OF_PAGES = frozenset({".html", ".htm"})


def nearby(references: Iterable[Reference], folder: str) -> Iterator[Nearby]:
    """Yield the values that may name files. `folder` is that of the source, below the content."""
    for value, path in {each.value: each.target.path for each in references if _may_be_file(each)}.items():
        name = unquote(path)
        if path.startswith("/"):
            files = [posixpath.normpath(name.lstrip("/"))]
        else:
            files = [posixpath.normpath(posixpath.join(folder, name)), posixpath.normpath(name)]
        inside = tuple(dict.fromkeys(each for each in files if not each.startswith("..")))
        if inside:
            yield Nearby(value, inside, value)


def file_behind(path: str, content: Any) -> str:
    """Return the file that a path after one of Pelican's words names in a post or page, by its path below the content;
    its signs may be encoded.
    """
    folder = "" if path.startswith("/") else posixpath.dirname(content.get_relative_source_path())
    return posixpath.normpath(posixpath.join(folder, unquote(path.removeprefix("/"))))


def _may_be_file(reference: Reference) -> bool:
    word, path, _ = reference.target
    ending = posixpath.splitext(path)[1].lower()
    is_page = path.startswith("/") and ending in _OF_PAGES
    return (
        not word and bool(ending) and not is_page and ":" not in reference.value and (reference.attribute in REPLACED)
    )


def settled(each: Nearby, is_file: Callable[[str], bool], is_source: Callable[[str], bool]) -> tuple[str, str]:
    """Return what stands on the page for a value, and the file that it names; the value itself, if there is none."""
    for file in each.files:
        if is_file(file):
            word = "{filename}" if is_source(file) else "{static}"
            end = min((at for at in map(each.value.find, "?#") if at >= 0), default=len(each.value))
            return f"{word}/{file.translate(_MEANING)}{each.value[end:]}", file
    return each.value, ""
