"""What nginx includes: one file among its servers, with the tables, and one in the server of the site.

Names that begin with `$` are of this site alone, so that one nginx can include several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from press.site.media_types import TYPES, ending

from ..facts.listed import NOT_FOUND
from ..facts.media_types import is_text
from ..facts.redirects import Redirect
from ..facts.site import Site
from ..policy.headers import CORP, KEPT, OWN, REVALIDATED, SHARED, Headers
from .folder import FOLDER, OF_OTHER_HOSTS

TABLES, SERVER = f"{FOLDER}/nginx-http.conf", f"{FOLDER}/nginx-server.conf"
#: The types of what only this site may show.
_OWN_TYPES = r"~^(?:text/html|text/css|text/javascript)"
_DRAWINGS = "~^image/svg"
#: In bytes, as nginx is built.
_LONGEST_WORD = 40


def tables(site: Site, headers: Headers, policy: str, redirects: Iterable[Redirect]) -> str:
    """The tables that decide by the address or the type of an answer. `policy` is the name of its header."""
    start = re.escape(site.folder)
    kept = {f"~^{start}/{re.escape(folder)}/": KEPT for folder in headers.kept}
    lines = [
        "# Tables for nginx: include this outside of all servers, and nginx-server.conf in the one of the site.",
        *_map("$uri", _variable(site, "cache"), {"default": REVALIDATED, **kept}),
        *_map("$sent_http_content_type", _variable(site, "resource"), {"default": SHARED, _OWN_TYPES: OWN}),
    ]
    if policy in headers.always:
        policies = {"default": headers.always[policy], _DRAWINGS: headers.of_drawings}
        lines += _map("$sent_http_content_type", _variable(site, "policy"), policies)
    for variable, asked, moved in _queries(site, redirects):
        lines += _map(asked, variable, {"default": "", **moved})
    return _text(lines)


def server(site: Site, headers: Headers, policy: str, redirects: Iterable[Redirect]) -> str:
    """What the server of the site does with an address."""
    redirects = [*redirects]
    given = {name: value for name, value in headers.always.items() if name != policy}
    given = {name: _quoted(value) for name, value in given.items()} | {
        **({policy: _variable(site, "policy")} if policy in headers.always else {}),
        CORP: _variable(site, "resource"),
        "Cache-Control": _variable(site, "cache"),
    }
    inside = [
        "index index.html;",
        "try_files $uri $uri.html $uri/ =404;",
        "absolute_redirect off;",
        f"error_page 404 {_quoted(f'{site.folder}/{NOT_FOUND}')};",
        f"error_page 403 =404 {_quoted(f'{site.folder}/{NOT_FOUND}')};",
        "# Files compressed beforehand. If this nginx has the module, write `brotli_static on;` into the server.",
        "gzip_static on;",
        "gzip_vary on;",
        "charset utf-8;",
        f"charset_types {' '.join(sorted(_texts(site, headers) - {'text/html'}))};",
        "types {",
        *(f"    {media_type} {' '.join(sorted(ends))};" for media_type, ends in sorted(_types(site).items())),
        "}",
        "default_type application/octet-stream;",
        *(f"add_header {name} {value} always;" for name, value in given.items()),
        *_locations(site, headers, redirects),
    ]
    head = [
        "# The site for nginx: include this in its server, whose `root` is the folder "
        + (f"in which the site is {site.folder.lstrip('/')}/." if site.folder else "of the site."),
    ]
    return _text([*head, f"location {_quoted(f'{site.folder}/')} {{", *(f"    {line}" for line in inside), "}"])


def _locations(site: Site, headers: Headers, redirects: list[Redirect]) -> Iterator[str]:
    yield from _location(r"~ /\.(?!well-known/)", "return 404;")
    for name in OF_OTHER_HOSTS:
        yield from _location(f"= {_quoted(f'{site.folder}/{name}')}", "return 404;")
    for place, media_type in headers.types.items():
        kind = "^~" if place.endswith("/") else "="
        yield from _location(f"{kind} {_quoted(f'{site.folder}/{place}')}", "types {}", f"default_type {media_type};")
    leading = [f"if ({variable}) {{ return 301 {variable}; }}" for variable, _, _ in _queries(site, redirects)]
    for path in sorted({each.path for each in redirects if each.query}):
        yield from _location(f"= {_quoted(f'{site.folder}/{path}')}", *leading)
    for each in redirects:
        if not each.query:
            to = f"return 301 {_quoted(site.on_host(each.to) + '$is_args$args')};"
            for path in dict.fromkeys((each.path, f"{each.path}/")):
                yield from _location(f"= {_quoted(f'{site.folder}/{path}')}", to)


def _location(addresses: str, *lines: str) -> Iterator[str]:
    yield f"location {addresses} {{ {' '.join(lines)} }}"


def _queries(site: Site, redirects: Iterable[Redirect]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The tables of queries: the name of each, what it looks up, and where that leads. Queries of one part may stand
    among others; of several parts, all must be as they are.
    """
    tables: dict[str, dict[str, str]] = {}
    for each in redirects:
        if each.query:
            name, _, value = each.query.partition("=")
            is_plain = re.fullmatch(r"\w+", name) and "&" not in each.query
            key, asked = (f"arg_{name}", value) if is_plain else ("args", each.query)
            tables.setdefault(f"$uri/${key}", {})[f"{site.folder}/{each.path}/{asked}"] = site.on_host(each.to)
    for number, (asked, moved) in enumerate(sorted(tables.items())):
        yield _variable(site, f"moved_{number}"), _quoted(asked), moved


def _types(site: Site) -> dict[str, set[str]]:
    """The ends of names of the files that a site has, by their media types."""
    found: dict[str, set[str]] = {}
    for name in site.files:
        if ending(name) in TYPES:
            found.setdefault(TYPES[ending(name)], set()).add(ending(name))
    return found


def _texts(site: Site, headers: Headers) -> set[str]:
    return {each for each in (*_types(site), *headers.types.values(), "text/plain") if is_text(each)}


def _variable(site: Site, name: str) -> str:
    """A variable that no other site has: its address is in the name, and what no name may have is in a hash of it."""
    whole = (urlsplit(site.address).hostname or "") + site.folder
    plain = re.sub(r"\W+", "_", whole.lower(), flags=re.ASCII).strip("_")
    mark = "" if re.fullmatch(r"[a-z0-9./]+", whole) else f"_{sha256(whole.encode()).hexdigest()[:8]}"
    return f"$site_{plain}{mark}_{name}"


def _map(asked: str, variable: str, entries: dict[str, str]) -> Iterator[str]:
    yield f"map {asked} {variable} {{"
    for name, value in entries.items():
        # A longer word does not fit into the table that nginx makes unless it is told to make a larger one.
        is_long = len(name.encode()) > _LONGEST_WORD and not name.startswith("~")
        key = f"~^{re.escape(name)}$" if is_long else name
        yield f"    {key if key == 'default' else _quoted(key)} {_quoted(value)};"
    yield "}"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(lines: Iterable[str]) -> str:
    return "\n".join([*lines, ""])
