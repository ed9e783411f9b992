"""The real nginx and the real Caddy, with what was written for them, serve a site as it is meant."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Site

pytestmark = pytest.mark.starts_programs

YEAR, ASKED = "public, max-age=31536000, immutable", "public, max-age=0, must-revalidate"
SERVERS = ("nginx", "caddy")

#: What is asked for below the root of the site, the status, and what headers of the answer begin with.
ANSWERS = [
    ("", 200, {"content-type": "text/html; charset=utf-8", "cache-control": ASKED}),
    ("posts/moved/", 200, {"cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}),
    ("posts/moved/", 200, {"content-security-policy": "default-src 'none'; script-src 'self' "}),
    ("posts/moved", (301, 308), {"location": "{root}/posts/moved/"}),
    ("about.html", 404, {}),
    ("nothing/here", 404, {"content-type": "text/html", "cache-control": ASKED, "x-frame-options": "DENY"}),
    ("images/", 404, {"content-type": "text/html"}),
    ("feeds/all.atom.xml", 200, {"content-type": "application/atom+xml; charset=utf-8"}),
    ("feeds/all.rss.xml", 200, {"content-type": "application/rss+xml; charset=utf-8"}),
    ("feeds/all.json", 200, {"content-type": "application/feed+json; charset=utf-8"}),
    ("feeds/tags/linux.atom.xml", 200, {"content-type": "application/atom+xml; charset=utf-8"}),
    ("site.webmanifest", 200, {"content-type": "application/manifest+json"}),
    ("sitemap.xml", 200, {"content-type": "application/xml"}),
    ("robots.txt", 200, {"content-type": "text/plain; charset=utf-8"}),
    ("images/font.woff2", 200, {"content-type": "font/woff2", "cross-origin-resource-policy": "cross-origin"}),
    (
        "images/drawing.svg",
        200,
        {"content-type": "image/svg+xml", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"},
    ),
    ("{sheet}", 200, {"cache-control": YEAR, "content-type": "text/css"}),
    ("immutable/gone.css", 404, {"cache-control": ASKED}),
    (".host/nginx-server.conf", 404, {}),
    (".nojekyll", 404, {}),
    ("_headers", 404, {}),
    ("_redirects", 404, {}),
    (".well-known/security.txt", 200, {"content-type": "text/plain"}),
    ("old/", 301, {"location": "{root}/posts/moved/"}),
    ("old", 301, {"location": "{root}/posts/moved/"}),
    ("older.html", 301, {"location": "{root}/posts/moved/"}),
    ("alt/gr%C3%B6%C3%9Fe/", 301, {"location": "{root}/posts/moved/"}),
    ("?p=12", 301, {"location": "{root}/posts/moved/"}),
    ("?p=7", 301, {"location": "{root}/posts/moved/"}),
    ("?p=8", 200, {}),
    ("?utm=p&p=12", 301, {"location": "{root}/posts/moved/"}),
    ("feed/", 301, {"location": "{root}/feeds/all.atom.xml"}),
    ("feed/rss2/", 301, {"location": "{root}/feeds/all.rss.xml"}),
    ("comments/feed/", 301, {"location": "{root}/feeds/all.atom.xml"}),
    ("2026/01/moved/", 301, {"location": "{root}/posts/moved/"}),
    ("2026/01/moved", 301, {"location": "{root}/posts/moved/"}),
    ("2026/", 200, {}),
]


def wrong(get: Callable[..., object], site: Site, root: str = "") -> Iterator[str]:
    """What a server answers otherwise than in the table; `{sheet}` in it is a stylesheet that browsers keep."""
    sheet = next(file.relative_to(site.output).as_posix() for file in site.output.glob("immutable/*.css"))
    for path, status, headers in ANSWERS:
        answer = get(f"{root}/{path.replace('{sheet}', sheet)}")
        expected = status if isinstance(status, tuple) else (status,)
        if answer.status not in expected:
            yield f"{path}: {answer.status}, not {status}"
        for name, value in headers.items():
            value = value.replace("{root}", root)
            has = answer.headers.get(name, "")
            if not (has == value if name == "location" else has.startswith(value)):
                yield f"{path}: {name}: {has}, not {value}"
        if answer.status == 404 and b"<h1" not in answer.body:
            yield f"{path}: without the page that says that there is nothing"


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_answers_as_it_is_told(name: str, published: Site, serve_with: Callable[..., object]) -> None:
    assert [*wrong(serve_with(name, published).get, published)] == []


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_answers_below_a_folder(name: str, below_folder: Site, serve_with: Callable[..., object]) -> None:
    server = serve_with(name, below_folder, root=below_folder.output.parent)

    assert [*wrong(server.get, below_folder, "/blog")] == []


@pytest.mark.parametrize("name", SERVERS)
def test_a_browser_gets_what_was_compressed_and_asks_again_with_a_mark(
    name: str, published: Site, serve_with: Callable[..., object]
) -> None:
    server = serve_with(name, published)

    packed = server.get("/posts/moved/", accept_encoding="gzip, deflate")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"] == "text/html; charset=utf-8"
    assert gzip.decompress(packed.body) == Path(published.output, "posts/moved/index.html").read_bytes()
    again = server.get("/posts/moved/", accept_encoding="gzip", if_none_match=packed.headers["etag"])
    assert (again.status, again.body) == (304, b"")
