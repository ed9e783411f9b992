"""Sites that were published, the real nginx and Caddy that serve them, and a certificate for `https:`."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Site
from hosts.web_servers import Ports, Server, free_ports, make_certificate, serving

#: Where the site is: the observatory tells scripts of the same host from others.
HOME = "https://localhost"

_INLINE = """<p style="color: #123456" id="styled">Styled.</p>
<script>document.documentElement.dataset.inline = "ran"</script>
<button onclick="document.documentElement.dataset.handler = 'ran'">Press</button>
<style>#styled { font-style: italic }</style>
"""

#: Posts have another address than in a WordPress.
_SETTINGS = """
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
FEED_ALL_RSS = "feeds/all.rss.xml"
SECURITY_TXT = {"Contact": "mailto:ann@example.org", "Expires": "2999-01-01"}
"""
#: Files beside the posts.
_FILES = {
    "images/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg" style="color: red"/>',
    "images/font.woff2": "wOF2",
}


def fill(site: Site) -> Site:
    """Give a site what a host has to do with."""
    site.post("moved", aliases="/old/, /older.html, /?p=12, /alt/größe/", wordpress_id="7", modified="2026-02-03 04:05")
    site.post("styled", _INLINE)
    site.post("a-word", lang="es", slug="moved", title="Movido", translation="true")
    site.post("waits", status="draft")
    site.post("secret", status="hidden")
    site.settings(_SETTINGS)
    for name, text in _FILES.items():
        file = site.folder / "content" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return site


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that was published at the root of a host."""
    site = fill(Site(tmp_path_factory.mktemp("published")))
    site.built("publishconf.py", SITEURL=HOME)
    return site


@pytest.fixture(scope="session")
def below_folder(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return one that was published below a folder, in a folder of that name."""
    site = fill(Site(tmp_path_factory.mktemp("below")))
    site.built("publishconf.py", SITEURL=f"{HOME}/blog")
    (site.folder / "host").mkdir()
    site.output.rename(site.folder / "host" / "blog")
    site.output = site.folder / "host" / "blog"
    return site


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a key of this machine, and its certificate."""
    folder = tmp_path_factory.mktemp("certificate")
    make_certificate(folder)
    return folder


@pytest.fixture(scope="session")
def serve_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Return a function that has a server, `nginx` or `caddy`, serve a site with what was written for it. `root` is the
    folder that it serves, if that is not the site, `certificate` that of a key, for `https:`, and `at` its ports.
    """
    with contextlib.ExitStack() as stack:

        def serve(
            name: str, site: Site, root: Path | None = None, certificate: Path | None = None, at: Ports | None = None
        ) -> Server:
            return stack.enter_context(serving(name, site, tmp_path_factory.mktemp(name), root, certificate, at))

        yield serve


class Shown(NamedTuple):
    """A site as readers find it: its address, its files, and the server that shows it."""

    home: str
    output: Path
    server: Server


_DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" style="fill: red"/></svg>'


@pytest.fixture(scope="session")
def shown_sites(
    tmp_path_factory: pytest.TempPathFactory, serve_with: Callable[..., Server], certificate: Path
) -> dict[str, Shown]:
    """Return a published site with all kinds of pages, by what shows it: nginx at its root, and Caddy below a folder,
    with the page of the theme's elements.
    """
    site = fill(Site(tmp_path_factory.mktemp("shown")).with_content())
    site.settings("SEARCH = True")
    site.post("dot", "![A dot]({static}/images/dot.svg){width=9 height=9}\n")
    (site.folder / "content/images/dot.svg").write_text(_DOT, encoding="utf-8")
    shown = {}
    for name, folder, style_page in (("nginx", "", ""), ("caddy", "/blog", "1")):
        # The second finds in its cache what the first has drawn.
        each = site.copied_to(tmp_path_factory.mktemp("below") / name) if shown else site
        ports = free_ports()
        home = f"https://localhost:{ports.secure}{folder}"
        each.built("publishconf.py", SITEURL=home, STYLE_PAGE=style_page)
        root = each.folder / "host"
        if folder:
            root.mkdir()
            each.output = each.output.rename(root / folder.strip("/"))
        server = serve_with(name, each, root if folder else each.output, certificate, ports)
        shown[name] = Shown(home, each.output, server)
    return shown
