"""What Caddy imports into the block of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.site.media_types import TYPES, ending

from ..facts.listed import NOT_FOUND
from ..facts.redirects import Redirect
from ..facts.site import Site
from ..policy.headers import CORP, KEPT, OWN, REVALIDATED, SHARED, Headers
from .folder import CNAME, FOLDER
from .netlify_cloudflare import HEADERS, REDIRECTS, with_charset

NAME = f"{FOLDER}/Caddyfile"
_DRAWING = "svg"
_OWN_ENDS = ("html", "htm", "css", "js", "mjs")
#: What other hosts read, by the parts of paths; all names that begin with a dot are left to a rule of their own.
_HIDDEN = (HEADERS, REDIRECTS, CNAME)


def caddyfile(site: Site, headers: Headers, policy: str, redirects: Iterable[Redirect]) -> str:
    """The lines for the block of a site. `policy` is the name of its header."""
    redirects = [*redirects]
    root = "in which the site is " + site.folder.lstrip("/") + "/" if site.folder else "of the site"
    lines = [
        f"# The site for Caddy: import this in its block, whose `root` is the folder {root}.",
        *_block(f"handle {site.folder}/*", _block("route", _route(site, headers, policy, redirects))),
        *_block("handle_errors", _not_found(site, headers, policy)),
    ]
    return "\n".join([*lines, ""])


def _route(site: Site, headers: Headers, policy: str, redirects: list[Redirect]) -> Iterator[str]:
    """In this order: later lines replace what earlier ones set."""
    yield from _block("header", _answer(headers, policy))
    yield from (f"header {_at(site, f'{folder}/*')} Cache-Control {_quoted(KEPT)}" for folder in headers.kept)
    yield f"@own path */ {' '.join(f'*.{each}' for each in _OWN_ENDS)}"
    yield f"header @own {CORP} {OWN}"
    for end in sorted({ending(name) for name in site.files} & TYPES.keys()):
        yield f"@{end} path *.{end}"
        yield f"header @{end} Content-Type {_quoted(with_charset(TYPES[end]))}"
        if end == _DRAWING and headers.of_drawings:
            yield f"header @{end} {policy} {_quoted(headers.of_drawings)}"
    for place, media_type in headers.types.items():
        address = _at(site, place + "*" * place.endswith("/"))
        yield f"header {address} Content-Type {_quoted(with_charset(media_type))}"
    yield "@hidden {"
    yield f"    path {' '.join(f'{site.folder}/{each}' for each in _HIDDEN)} */.*"
    yield f"    not path {site.folder}/.well-known/*"
    yield "}"
    yield "error @hidden 404"
    yield from _moved(site, redirects)
    yield "try_files {path} {path}.html"
    yield from _block("file_server", ("index index.html", "precompressed br gzip"))


def _answer(headers: Headers, policy: str) -> Iterator[str]:
    yield from (f"{name} {_quoted(value)}" for name, value in headers.always.items())
    yield f"{CORP} {SHARED}"
    yield f"Cache-Control {_quoted(REVALIDATED)}"


def _moved(site: Site, redirects: list[Redirect]) -> Iterator[str]:
    plain = {
        f"{site.folder}/{path}": site.on_host(each.to)
        for each in redirects
        if not each.query
        for path in dict.fromkeys((each.path, f"{each.path}/"))
    }
    asked: dict[str, dict[str, str]] = {}
    for each in redirects:
        if each.query:
            name, _, value = each.query.partition("=")
            key = "{query}" if "&" in each.query else f"{{query.{name}}}"
            whole = each.query if "&" in each.query else value
            asked.setdefault(key, {})[f"{site.folder}/{each.path}?{whole}"] = site.on_host(each.to)
    tables = {"{path}": plain, **{f"{{path}}?{key}": moved for key, moved in asked.items()}}
    for number, (source, moved) in enumerate(tables.items()):
        if moved:
            entries = (f"{_quoted(old)} {_quoted(new)}" for old, new in moved.items())
            yield from _block(f"map {_quoted(source)} {{moved_{number}}}", (*entries, 'default ""'))
            yield f'@moved_{number} not vars {{moved_{number}}} ""'
            yield f"redir @moved_{number} {{moved_{number}}} 301"


def _not_found(site: Site, headers: Headers, policy: str) -> Iterator[str]:
    lines = (
        *_block("header", _answer(headers, policy)),
        f"header {CORP} {OWN}",
        'header Content-Type "text/html; charset=utf-8"',
        f"rewrite * {_at(site, NOT_FOUND)}",
        "file_server",
    )
    yield f"@not_found path {site.folder}/*"
    yield from _block("handle @not_found", _block("route", lines))


def _at(site: Site, address: str) -> str:
    return _quoted(f"{site.folder}/{address}")


def _block(head: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"


def _quoted(words: str) -> str:
    """Words as Caddy reads them: a backslash stands for itself but before a quote."""
    return '"' + words.replace('"', '\\"') + '"'
