"""What pages load, and from where, in the terms of a content security policy.

Most tags stand on many pages, so each is looked at once, as it is written.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from proofreader.kinds.html import sources_in_set
from proofreader.kinds.stylesheets import references_in_styles
from proofreader.kinds.tags import Element, attributes, element_at, elements

#: What a policy calls the site itself, and a text that is in the page and may be in an attribute too.
SELF, IN_ATTRIBUTES = "'self'", "'unsafe-hashes'"
SCRIPTS, STYLES, IMAGES, FONTS = "script-src", "style-src", "img-src", "font-src"
FRAMES, FORMS = "frame-src", "form-action"

_HREFS = ("href", "xlink:href")
#: Elements and their attributes with an address, by the directive that such an address needs.
_ADDRESSES: dict[str, dict[str, tuple[str, ...]]] = {
    SCRIPTS: {"script": ("src", *_HREFS)},
    IMAGES: {"img": ("src",), "image": _HREFS, "feimage": _HREFS, "video": ("poster",), "input": ("src",)},
    "media-src": {"audio": ("src",), "video": ("src",), "source": ("src",), "track": ("src",)},
    FRAMES: {"iframe": ("src",), "frame": ("src",)},
    "object-src": {"object": ("data",), "embed": ("src",)},
    FORMS: {"form": ("action",), "button": ("formaction",), "input": ("formaction",)},
    "base-uri": {"base": ("href",)},
}  # fmt: skip
_DIRECTIVES = {
    (element, attribute): directive
    for directive, of in _ADDRESSES.items()
    for element, names in of.items()
    for attribute in names
}
#: The same for links, by their `rel`, and for those that only ask for something early, by their `as`.
_LINKS = {
    "stylesheet": STYLES, "icon": IMAGES, "apple-touch-icon": IMAGES, "apple-touch-icon-precomposed": IMAGES,
    "mask-icon": IMAGES, "manifest": "manifest-src", "modulepreload": SCRIPTS,
}  # fmt: skip
_EARLY = {
    "script": SCRIPTS, "style": STYLES, "image": IMAGES, "font": FONTS, "fetch": "connect-src", "audio": "media-src",
    "video": "media-src", "track": "media-src",
}  # fmt: skip
#: The same for what stylesheets load.
_OF_STYLES = {"stylesheet": STYLES, "font": FONTS, "image": IMAGES}
#: The types of scripts that browsers run, or take instructions from; any other is data that a policy leaves alone.
_RUN = re.compile(
    r"(?:module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:java|j|live)script.*)?",
    re.IGNORECASE,
)
#: Elements that are of interest whatever they have.
_OF_INTEREST = frozenset({"link", "script", "style", "iframe", "form", *(element for element, _ in _DIRECTIVES)})
_HAS_STYLE_OR_HANDLER = re.compile(r"""[\s"'/](?:style|on[a-z]+)\s*=""", re.IGNORECASE)
#: What a page must have anywhere for that, in small letters. It begins with the equals sign, so that the search goes
#: from one to the next; the names of handlers have so many letters after `on`.
_NAMES_BEFORE = ("style", *("on" + "[a-z]" * letters for letters in range(2, 26)))
_MAY_HAVE_STYLE_OR_HANDLER = re.compile(
    "=(?:" + "|".join([r"(?<=\s=)", *(rf"""(?<=[\s"'/]{name}=)""" for name in _NAMES_BEFORE)]) + ")"
)
#: Where something begins that is of interest, or that hides what would be.
_BEGINNING = re.compile(rf"<(?:!--|(?:{'|'.join(sorted(_OF_INTEREST))})(?=[\s/>]))")

_HOST = re.compile(r"(?:[a-z0-9_.-]+|\[[0-9a-f:]+\])(?::\d+)?")
_EMPTY = re.compile(r"(?:about|javascript|mailto|tel):", re.IGNORECASE)


class Load(NamedTuple):
    """A directive and one of its sources: a word such as 'self', a hash, a scheme such as `data:`, or an origin."""

    directive: str
    source: str


class Origin(NamedTuple):
    """Where a page is: its own origin, such as `https://example.org`."""

    own: str

    def source(self, address: str) -> str:
        """The source that an address needs; empty for none."""
        address = address.strip()
        scheme = address[: address.find(":") + 1].lower()
        if _EMPTY.match(address):
            return ""
        if scheme in ("data:", "blob:"):
            return scheme
        if not address.startswith("//") and scheme not in ("http:", "https:"):
            return SELF
        host = _host_of(address)
        if not _HOST.fullmatch(host):
            return ""
        if host == _host_of(self.own):
            return SELF
        return f"{scheme.removesuffix(':') or urlsplit(self.own).scheme}://{host}"


def _host_of(address: str) -> str:
    """The host in an address as browsers send it, `xn--bcher-kva.example` for `bücher.example`; empty for none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower().encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


def hash_of(text: str) -> str:
    """The source that allows a script or a style which is in a page: its hash."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def loads_of(html: str, origin: Origin) -> set[Load]:
    """What a page loads, with the scripts and styles that are in it."""
    found: set[Load] = set()
    for element in _of_interest(html):
        found |= _loads_of_element(element, origin)
    return found


def _of_interest(html: str) -> Iterator[Element]:
    """The elements of a page that may load something. Few pages have styles and handlers on elements of any kind: only
    in these is each element looked at.
    """
    small = html.lower()
    if len(small) != len(html) or _MAY_HAVE_STYLE_OR_HANDLER.search(small):
        for each in elements(html):
            if each.name in _OF_INTEREST or _HAS_STYLE_OR_HANDLER.search(each.inside):
                yield each
        return
    at = 0
    while found := _BEGINNING.search(small, at):
        element, at = element_at(html, found.start())
        if element is not None:
            yield element


@lru_cache(1 << 15)
def _loads_of_element(element: Element, origin: Origin) -> frozenset[Load]:
    has = dict(reversed(attributes(element.inside)))
    found = [*_of_addresses(element.name, has, origin), *_of_attributes(has, origin)]
    # As browsers read it before they compare.
    text = element.text.replace("\r\n", "\n").replace("\r", "\n")
    if element.name == "style" and text:
        found += [Load(STYLES, hash_of(text)), *loads_of_styles(text, origin)]
    elif element.name == "script" and not {"src", *_HREFS} & has.keys() and _RUN.fullmatch(has.get("type", "").strip()):
        found.append(Load(SCRIPTS, hash_of(text)))
    elif element.name == "iframe" and "srcdoc" in has:
        found += loads_of(has["srcdoc"], origin)
    elif element.name == "form" and "action" not in has:
        found.append(Load(FORMS, SELF))
    return frozenset(each for each in found if each.source)


def _of_addresses(name: str, has: dict[str, str], origin: Origin) -> Iterator[Load]:
    for attribute, value in has.items():
        directive = _DIRECTIVES.get((name, attribute))
        if directive:
            yield Load(directive, origin.source(value))
    if name in ("img", "source") and "srcset" in has:
        yield from (Load(IMAGES, origin.source(each)) for each in sources_in_set(has["srcset"]))
    if name == "link":
        words = has.get("rel", "").lower().split()
        directives = [_LINKS.get(word) or _EARLY.get(has.get("as", "").lower() * (word == "preload")) for word in words]
        addresses = [*sources_in_set(has.get("imagesrcset", "")), *([has["href"]] if "href" in has else [])]
        yield from (Load(each, origin.source(address)) for each in directives if each for address in addresses)


def _of_attributes(has: dict[str, str], origin: Origin) -> Iterator[Load]:
    for attribute, value in has.items():
        if attribute == "style":
            yield from (Load(STYLES, hash_of(value)), Load(STYLES, IN_ATTRIBUTES))
            yield from loads_of_styles(value, origin)
        elif attribute.startswith("on"):
            yield from (Load(SCRIPTS, hash_of(value)), Load(SCRIPTS, IN_ATTRIBUTES))


def loads_of_styles(css: str, origin: Origin) -> set[Load]:
    """What a stylesheet loads."""
    found = ((each.kind, each.address) for each in references_in_styles(css) if not each.address.startswith("#"))
    return {Load(_OF_STYLES[kind], source) for kind, address in found if (source := origin.source(address))}


def by_directive(loads: Iterable[Load]) -> dict[str, set[str]]:
    """The sources of each directive."""
    found: dict[str, set[str]] = {}
    for each in loads:
        found.setdefault(each.directive, set()).add(each.source)
    return found
