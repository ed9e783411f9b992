"""Files in the content that are neither read nor copied, with what to do about each."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from proof.beside import ENDING as EXPERIMENTS
from proof.beside import ENDING_OF_EVIDENCE as EVIDENCE

#: What editors, systems and programs leave behind; a file whose name fits is passed over.
_LEFT_BEHIND = (
    ".*", "*~", "#*#", "4913", "*.bak", "*.orig", "*.rej", "*.tmp", "*.swp", "*.pyc", "Thumbs.db", "desktop.ini",
    "Icon\r", "*.license",
)  # fmt: skip
#: What is about a page and no part of the site: what `make prove` reads and writes beside it.
_ABOUT_A_PAGE = (f"*{EXPERIMENTS}", f"*{EVIDENCE}")
_PASSED_OVER = (*_LEFT_BEHIND, *_ABOUT_A_PAGE)
#: Files that a host or a search engine looks for at the root of a site.
_AT_THE_ROOT = re.compile(
    r"CNAME|robots\.txt|favicon\.\w+|apple-touch-icon[\w-]*\.png|humans\.txt|ads\.txt|_headers|_redirects|\.nojekyll"
    r"|google[0-9a-f]+\.html|BingSiteAuth\.xml|keybase\.txt|manifest\.json|browserconfig\.xml",
    re.IGNORECASE,
)
#: Endings of texts, which want to become posts.
_TEXTS = frozenset({"mdx", "rst", "txt", "org", "adoc", "asciidoc", "textile", "ipynb", "md", "markdown"})
#: Endings of what may be a source, and may as well be meant to be copied as it is.
_ALSO_COPIED = frozenset({"html", "htm"})
#: How a source names a file that it takes in.
_INCLUDES = re.compile(r"include|:file:|:url:|8<|\{!|\{%|\braw::|image::|figure::", re.IGNORECASE)
#: From how many files in a folder they are reported together.
_MANY = 4


def unread(unused: Iterable[str], excluded: Iterable[str]) -> list[str]:
    """Return those of the unused files, by their paths below the content, that no setting excludes."""
    folders = tuple(f"{posixpath.normpath(each)}/" for each in excluded)
    return sorted(
        name
        for name in unused
        if not name.startswith(folders)
        and not any(fnmatch.fnmatch(part, each) for part in name.split("/") for each in _PASSED_OVER)
    )


def without_included(names: list[str], sources: Iterable[str], text_of: Callable[[str], str]) -> list[str]:
    """Return the names without those of files that a source takes in, such as with `.. include::`."""
    if not names:
        return names
    included: set[str] = set()
    last = {posixpath.basename(name) for name in names}
    for source in sources:
        text = text_of(source)
        if _INCLUDES.search(text):
            lines = [line for line in text.split("\n") if _INCLUDES.search(line)]
            included |= {name for name in last if any(name in line for line in lines)}
    return [name for name in names if posixpath.basename(name) not in included]


def told(names: list[str], settings: dict[str, Any], endings: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each file, or each folder with many, by its path below the content, and the rest of a sentence about it."""
    by_folder: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        by_folder[posixpath.dirname(name), _remedy(name, settings, endings)].append(name)
    for (folder, remedy), some in by_folder.items():
        if len(some) < _MANY:
            yield from ((name, f"is not published: {remedy}") for name in some)
        else:
            two = " and ".join(posixpath.basename(name) for name in some[:2])
            yield folder, f"has {len(some)} files that are not published, such as {two}: {remedy}"


def _remedy(name: str, settings: dict[str, Any], endings: set[str]) -> str:
    """Why a file is not published, and what to do."""
    ending, folder = posixpath.splitext(name)[1][1:], posixpath.dirname(name)
    sources = [f"{each}/" for each in (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]) if each]
    if ending in endings - _ALSO_COPIED:
        place = " or ".join(sources) or "one that is"
        return f"no folder of sources holds it; move it to {place}, or add its folder to ARTICLE_PATHS"
    if ending.lower() in endings:
        return f"no reader takes .{ending}; write the extension in lower case, in one of the folders of sources"
    if _AT_THE_ROOT.fullmatch(posixpath.basename(name)):
        return (
            f'no link needs it; to have it at the root of the site, add "{folder or name}" to STATIC_PATHS'
            f' and "{name}": {{"path": "{posixpath.basename(name)}"}} to EXTRA_PATH_METADATA'
        )
    copy = f'add "{folder or name}" to STATIC_PATHS'
    if ending.lower() in _TEXTS:
        return f"no reader takes .{ending}; to have it read, rename it to .md; to have it copied, {copy}"
    return f"no link needs it; to have it copied, {copy}, or link to it"
