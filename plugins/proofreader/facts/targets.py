"""Where a link leads, as far as the link itself says: within the site or elsewhere, in Pelican's words or not."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

#: Pelican's words in braces: what leads to a source, to a file, and to the page of a thing with that name.
SOURCES, FILES, LISTS, INDEX = ("filename",), ("static", "attach"), ("author", "category", "tag"), "index"
WORDS = (*SOURCES, *FILES, *LISTS, INDEX)

#: What begins like an address elsewhere, or like no address at all: `https:`, `mailto:`, `//`. `C:` is a disk.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
#: How whole addresses of web pages begin; which of these a site has is its host's business.
_WEB = re.compile(r"(?:https?:)?(?=//)", re.IGNORECASE)
#: Where only the author has a file.
OWN_DISK = re.compile(r"file:|[a-z]:[\\/]", re.IGNORECASE)
#: Signs that an address may begin or end with and that browsers leave out.
_BLANKS = " \t\n\r\f"


class Target(NamedTuple):
    """Where a link leads. `word` is Pelican's, or empty; then a `path` that begins with a slash is below the root of
    the site, and any other is relative to the page, or empty for the page itself. `fragment` is after the number sign.
    """

    word: str
    path: str
    fragment: str


class Site(NamedTuple):
    """How links within a site begin: its own complete addresses without `https:`, the folder of its host that it is in
    (empty or such as `/blog`), and Pelican's words.
    """

    own: tuple[str, ...]
    folder: str
    word: re.Pattern[str]


def site_of(settings: dict[str, Any]) -> Site:
    """Take these from the settings."""
    given = (str(settings.get(name) or "").rstrip("/") for name in ("SITEURL", "CANONICAL_SITE"))
    own = tuple(dict.fromkeys(_WEB.sub("", each, 1) for each in given if each))
    folder = urlsplit(str(settings["SITEURL"])).path.rstrip("/")
    return Site(own, folder if folder.startswith("/") else "", re.compile(settings["INTRASITE_LINK_REGEX"]))


def target(value: str, site: Site) -> Target | None:
    """Return where a link leads; None if it leads out of the site."""
    value = value.strip(_BLANKS)
    word = site.word.match(value) if value[:1] not in ("/", "#") else None
    if word is not None:
        if value.startswith(("{{", "{%")):  # a template's
            return None
        return Target(word["what"], *_parts(value[word.end() :].strip(_BLANKS)))
    whole = _WEB.sub("", value, 1)
    own = next((each for each in site.own if whole.lower().startswith(each.lower())), None)
    if own is not None and whole[len(own) : len(own) + 1] in ("", "/", "?", "#"):
        path, fragment = _parts(whole[len(own) :])
        return Target("", path or "/", fragment)
    if _SCHEME.match(value) and not OWN_DISK.match(value):
        return None
    path, fragment = _parts(value)
    if path.startswith("/") and site.folder:
        below = path.removeprefix(site.folder)
        if below == path or below[:1] not in ("", "/"):
            return None  # another part of the host
        path = below or "/"
    return Target("", path, fragment)


def is_outside(value: str, site: Site) -> bool:
    """Return whether a link leads out of the folder of its host that the site is in, though it names no host."""
    value = value.strip(_BLANKS)
    return value[:1] == "/" and value[:2] != "//" and target(value, site) is None


def _parts(address: str) -> tuple[str, str]:
    """The path and the fragment of an address."""
    before, _, fragment = address.partition("#")
    return before.partition("?")[0], fragment.partition(":~:")[0]
