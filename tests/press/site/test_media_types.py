"""plugins/press/site/media_types.py: a preview serves what it has as a web host would."""

import pytest
from press.site.media_types import media_type

ATOM = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<feed xml:lang="en" xmlns="http://www.w3.org/2005/Atom"><title>T</title>'
)


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("feeds/all.atom.xml", ATOM, "application/atom+xml"),
        ("feed.atom", b"", "application/atom+xml"),
        ("index.xml", b'<?xml version="1.0"?>\n<rss version="2.0"><channel>', "application/rss+xml"),
        ("feeds/all.json", b'{\n "version": "https://jsonfeed.org/version/1.1",\n', "application/feed+json"),
        ("sitemap.xml", b'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/">', "application/xml"),
        ("data.json", b'{"version": "1.1"}', "application/json"),
        ("about.html", ATOM, "text/html; charset=utf-8"),
        ("x.css", b"", "text/css; charset=utf-8"),
        ("a.png", b"", "image/png"),
        ("A.AVIF", b"", "image/avif"),
        ("a.mjs", b"", "text/javascript; charset=utf-8"),
        ("v1.2/CNAME", b"", "application/octet-stream"),
        ("CNAME", b"", "application/octet-stream"),
    ],
)
def test_a_type(name: str, body: bytes, kind: str) -> None:
    assert media_type(name, body) == kind
