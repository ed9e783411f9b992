"""The headers of every answer, and of those that differ: a table, which each host's own notation is written from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hashed_names.kinds import FOLDER

from ..facts.media_types import types_by_place
from ..facts.site import Site

#: Pages and all else are asked for again, and browsers get them only if they changed.
REVALIDATED = "public, max-age=0, must-revalidate"
#: What has another name as soon as it changes is kept for a year.
KEPT = "public, max-age=31536000, immutable"
#: The folders that have such files and nothing else; Pagefind names the parts of its index by their content.
_KEPT_FOLDERS = (FOLDER, "pagefind/fragment", "pagefind/index")

CORP = "Cross-Origin-Resource-Policy"
#: What other sites may show: images of posts in feed readers, for one. Pages, scripts and styles are for this site.
SHARED, OWN = "cross-origin", "same-origin"

_HSTS = "Strict-Transport-Security"
#: What no page of a blog asks for, so that nothing it shows may either.
_NOT_ASKED_FOR = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
)  # fmt: skip
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Sites that this one links to learn its address, but not that of the page.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in _NOT_ASKED_FOR),
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Headers(NamedTuple):
    """`always` are for every answer, with the content security policy; `of_drawings` is the policy for SVG, `kept` are
    the folders of files that browsers may keep, below the root of the site, and `types` the media types that the ends
    of names do not tell, as `media_types.types_by_place` has them.
    """

    always: dict[str, str]
    of_drawings: str
    kept: tuple[str, ...]
    types: dict[str, str]


def headers_for(site: Site, policies: tuple[str, str, str], wanted: Mapping[str, str | None]) -> Headers:
    """Return the headers of a site. `policies` are the name of the header, the policy of pages and that of drawings;
    `wanted` are what the author wants otherwise: None leaves a header out.
    """
    name, of_pages, of_drawings = policies
    always = {name: of_pages, **_ALWAYS}
    if "frame-ancestors 'self'" in of_pages:
        always["X-Frame-Options"] = "SAMEORIGIN"
    if site.is_secure:
        always[_HSTS] = "max-age=31536000"
    for header, value in wanted.items():
        known = next((each for each in always if each.lower() == header.lower()), header)
        always.pop(known, None)
        if value is not None:
            always[known] = value
    has = {each: f"{each}/" for each in _KEPT_FOLDERS}
    kept = tuple(each for each, start in has.items() if any(file.startswith(start) for file in site.files))
    return Headers(always, of_drawings if name in always else "", kept, types_by_place(site))
