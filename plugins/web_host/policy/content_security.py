"""The content security policy of a site: what its pages load, and nothing else.

It is as strict as the pages allow. A script or a style that is in a page is allowed by its hash, so that nobody else's
is; `'unsafe-inline'` is never needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..facts.loads import FORMS, FRAMES, IMAGES, SCRIPTS, SELF, STYLES, Load, by_directive

NAME = "Content-Security-Policy"
#: In the order in which they are written; what is not named is not allowed. What scripts of the site itself load is not
#: seen in its pages, so all kinds that they may ask for are allowed from the site.
_ALWAYS = {
    "default-src": (), SCRIPTS: (SELF,), STYLES: (SELF,), IMAGES: (SELF,), "font-src": (SELF,), "media-src": (SELF,),
    "connect-src": (SELF,), "manifest-src": (SELF,), FRAMES: None, "object-src": None, "base-uri": (), FORMS: (),
    "frame-ancestors": (),
}  # fmt: skip
#: For a program that a page runs, such as a search: it may be translated, and nothing else evaluated.
PROGRAMS = Load(SCRIPTS, "'wasm-unsafe-eval'")
_NONE, _HASH, _INSECURE = "'none'", "'sha256-", "http://"

#: A drawing that is opened by itself, or shown by a browser that applies its policy to it, has its styles within, and
#: scripts in it never run.
OF_DRAWINGS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'"


def policy(loads: Iterable[Load], further: Mapping[str, Iterable[str]], is_secure: bool) -> str:
    """Return the policy for pages that load something, and `further` sources for directives. Pages of a site that
    `is_secure` have browsers ask securely for what they load by an address that begins with `http:`.
    """
    loads = [*loads]
    is_upgraded = is_secure and any(each.source.startswith(_INSECURE) for each in loads)
    sources = by_directive(loads)
    for directive, more in further.items():
        sources.setdefault(directive, set()).update(more)
    if SELF in sources.get(FRAMES, ()):
        sources.setdefault("frame-ancestors", set()).add(SELF)
    if is_secure:
        sources = {name: {*map(_secure, some)} for name, some in sources.items()}
    known = {
        name: {*(always or ())} | sources.pop(name, set())
        for name, always in _ALWAYS.items()
        if always is not None or name in sources
    }
    lines = (_line(name, some) for name, some in (*known.items(), *sorted(sources.items())))
    return "; ".join([*lines, *(["upgrade-insecure-requests"] if is_upgraded else [])])


def _secure(source: str) -> str:
    return f"https://{source.removeprefix(_INSECURE)}" if source.startswith(_INSECURE) else source


def _line(directive: str, sources: set[str]) -> str:
    """A directive, in the same order whatever the order of the pages: words, hashes and origins."""
    ordered = sorted(sources - {_NONE}, key=lambda each: (each[:1] != "'", each.startswith(_HASH), each)) or [_NONE]
    return " ".join((directive, *ordered))
