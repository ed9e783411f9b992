"""Readers with Chromium and Firefox, on a published site behind the real nginx and, below a folder, the real Caddy.

They come by `https:`: on `http:`, browsers ask for gzip and for nothing better.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import NODE_MODULES, NPM, need
from hashed_names.kinds import FOLDER
from hosts.web_servers import BROTLI, Request
from readers.reader import KINDS, Reader, Visit, reader_with

pytestmark = pytest.mark.starts_programs

LOAD_BALANCE = "posts/load-balance-between-source-ips-in-linux/"
STYLED = "posts/styled/"
#: One of each kind; below a folder, those that load something of their own.
PAGES = {
    "nginx": [
        "", LOAD_BALANCE, STYLED, "posts/dot/", "es/2026/01/moved/", "about/", "archives/", "2026/", "tags/",
        "tags/linux/", "search/", "404.html",
    ],
    "caddy": ["", LOAD_BALANCE, STYLED, "posts/dot/", "search/", "404.html", "style/"],
}  # fmt: skip
#: The element that has the focus.
FOCUS = """(() => {
    const it = document.activeElement;
    return {name: it.tagName, text: it.textContent.trim(), top: it.getBoundingClientRect().top,
            place: [...document.querySelectorAll("*")].indexOf(it), outline: getComputedStyle(it).outlineStyle};
})()"""
SERVERS = ["nginx", "caddy"]
#: The theme in Chromium is looked at in tests/browser/.
only_firefox = pytest.mark.parametrize("reader", ["Firefox"], indirect=True)


@pytest.fixture(scope="module", params=KINDS)
def reader(request: pytest.FixtureRequest, certificate: Path) -> Iterator[Reader]:
    """Return a reader, with one browser after the other."""
    with reader_with(request.param, certificate / "cert.pem") as reader:
        yield reader


@pytest.mark.parametrize("server", SERVERS)
def test_pages_keep_the_policy(reader: Reader, shown_sites: dict[str, Any], server: str) -> None:
    """Each has its style, scripts and drawings, what the author wrote into it too, and the console stays empty."""
    home, *_ = shown_sites[server]
    problems = {}
    for path in PAGES[server]:
        visit = reader.open(f"{home}/{path}")
        assert visit == Visit(200, f"{home}/{path}")
        looks = "[getComputedStyle(document.body).marginTop, [...document.images].every(each => each.naturalWidth)]"
        assert reader.evaluate(looks) == ["0px", True], path
        problems[path] = reader.problems()
    assert {path: found for path, found in problems.items() if found} == {}

    reader.open(f"{home}/{STYLED}")
    styled = "getComputedStyle(document.getElementById('styled'))"
    reader.evaluate("document.querySelector('button[onclick]').click()")
    assert reader.evaluate(f"[{styled}.color, {styled}.fontStyle]") == ["rgb(18, 52, 86)", "italic"]
    assert reader.evaluate("({...document.documentElement.dataset})") == {"inline": "ran", "handler": "ran"}


def test_what_no_page_loads_is_refused(reader: Reader, shown_sites: dict[str, Any]) -> None:
    """Otherwise the empty list of problems above would say nothing."""
    home, *_ = shown_sites["nginx"]
    reader.open(f"{home}/{LOAD_BALANCE}")
    reader.evaluate(
        """new Promise(done => {
            const script = Object.assign(document.createElement("script"), {textContent: "window.taken = true"});
            const image = Object.assign(new Image(), {src: "https://elsewhere.example/a.png", onerror: done});
            document.body.append(script, image);
        }).then(() => 0)"""
    )

    assert reader.evaluate("window.taken ?? null") is None
    refused = reader.problems()
    assert {"script-src-elem: inline", "img-src: https://elsewhere.example/a.png"} <= {*refused}


@pytest.mark.parametrize("server", SERVERS)
def test_addresses_lead_where_they_should(reader: Reader, shown_sites: dict[str, Any], server: str) -> None:
    """Old ones to new ones, those of nothing to the page that says so, and the link to the feed to the feed."""
    home, *_ = shown_sites[server]
    moved = f"{home}/posts/moved/"
    for path in ("old/", "older.html", "alt/größe", "?p=12", "?utm=p&p=7", "2026/01/moved", "posts/moved"):
        assert reader.open(f"{home}/{path}") == Visit(200, moved), path
    for path in ("nothing/here/", "style/" if server == "nginx" else "drafts/", ".host/nginx-server.conf", "images/"):
        assert reader.open(f"{home}/{path}") == Visit(404, f"{home}/{path}")
        assert reader.evaluate("document.querySelector('h1').textContent.trim()") == "Page not found"
        assert reader.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    reader.open(f"{home}/")
    feed = reader.evaluate("document.querySelector('footer a[href$=\"atom.xml\"]').href")
    assert feed == f"{home}/feeds/all.atom.xml"
    assert "<entry" in reader.evaluate(
        f"fetch('{feed}').then(answer => answer.text())"
    )  # Firefox hands it to a program


@pytest.mark.parametrize("server", SERVERS)
def test_a_second_visit_asks_only_for_pages(reader: Reader, shown_sites: dict[str, Any], server: str) -> None:
    """And gets none that it has, but a 304; the first time, what is text came compressed."""
    shown = shown_sites[server]
    folder = shown.home.partition("localhost:")[2].partition("/")[2]
    pages = [f"/{folder}/{path}".replace("//", "/") for path in ("posts/dot/", LOAD_BALANCE)]
    reader.begin()
    visits = []
    for _ in range(2):
        before = len(shown.server.requests())
        for page in pages:
            reader.open(shown.home.removesuffix(f"/{folder}") + page)
        visits.append(asked_for(shown, before, pages[-1]))
    first, second = visits

    # Debian's nginx knows Brotli by a package of its own; Caddy always does.
    encodings = {each.encoding for each in first if each.path in pages}
    assert encodings == {"br"} or (server == "nginx" and encodings == {"gzip"} and not BROTLI.is_file())
    kept = {each.path for each in first if f"/{FOLDER}/" in each.path}
    assert {each.path: each.status for each in first if each.path in (*pages, *kept)} == dict.fromkeys(
        (*pages, *kept), 200
    )
    assert kept and not kept & {each.path for each in second}
    assert {each.path: each.status for each in second if each.path in pages} == dict.fromkeys(pages, 304)
    assert {each.status for each in second} == {304}


def asked_for(shown: Any, since: int, last: str) -> list[Request]:
    """What a server was asked for after so many requests, when it has written down the last page."""
    for _ in range(200):
        found = shown.server.requests()[since:]
        if last in {each.path for each in found}:
            break
        time.sleep(0.02)
    return found


@pytest.mark.parametrize("server", SERVERS)
def test_a_reader_finds_what_they_look_for(reader: Reader, shown_sites: dict[str, Any], server: str) -> None:
    home, *_ = shown_sites[server]
    reader.open(f"{home}/search/?q=kernel")
    reader.wait_for("document.querySelector('.found a')")

    found = reader.evaluate("[...document.querySelectorAll('.found a')].map(each => each.href)")
    assert f"{home}/posts/my-two-commits-to-the-linux-kernel/" in found
    assert reader.problems() == []


@only_firefox
def test_the_theme_by_keyboard(reader: Reader, shown_sites: dict[str, Any]) -> None:
    """The first Tab shows a link that skips to the content. Tab goes through the page in its order, and what it reaches
    stands out. Enter opens what is folded, and copies.
    """
    home, *_ = shown_sites["nginx"]
    reader.open(f"{home}/{LOAD_BALANCE}")
    reader.press("Tab")
    reader.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "theme:main"
    for folded in ("summary", ".copy"):
        reader.evaluate(f"document.querySelector('{folded}').focus()")
        reader.press("Enter")
    reader.wait_for("document.querySelector('.copy').textContent === 'Copied'")
    assert reader.evaluate("document.querySelector('details').open")
    assert reader.evaluate("document.querySelector('.copy-status').textContent") == "Copied"

    # Last, since after its last stop Tab goes on in the windows of the browser.
    reader.open(f"{home}/{LOAD_BALANCE}")
    order = []
    while not order or order[-1]["name"] != "BODY":
        reader.press("Tab")
        order.append(reader.evaluate(FOCUS))
    assert order[0]["text"] == "Skip to content" and order[0]["top"] >= 0
    assert {"A", "SPAN", "BUTTON", "SUMMARY"} <= {each["name"] for each in order}
    assert [each["place"] for each in order[:-1]] == sorted(each["place"] for each in order[:-1])
    assert [each["text"] for each in order[:-1] if each["outline"] == "none"] == []


@only_firefox
def test_the_theme_in_both_schemes(reader: Reader, shown_sites: dict[str, Any]) -> None:
    """axe-core finds nothing, light on a narrow telephone and dark on a desktop; no page is wider than that."""
    axe = need(NODE_MODULES / "axe-core" / "axe.min.js", "axe-core", NPM).read_text(encoding="utf-8")
    home, *_ = shown_sites["caddy"]
    grounds, found = {}, {}
    for scheme, width, paths in (
        ("light", 320, (LOAD_BALANCE, "style/")),
        ("dark", 1280, ("", LOAD_BALANCE, "style/", "search/")),
    ):
        reader.scheme(scheme)
        for path in paths:
            reader.open(f"{home}/{path}", width)
            reader.evaluate(axe)
            broken = reader.evaluate("axe.run().then(all => all.violations.map(each => [each.id, each.nodes[0].html]))")
            wider = reader.evaluate("document.documentElement.scrollWidth - innerWidth")
            found[path, scheme] = broken + ([f"{wider} pixels wider than the window"] if wider > 0 else [])
            grounds[scheme] = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.scheme("light")

    assert {where: what for where, what in found.items() if what} == {}
    light, dark = (sum(map(int, re.findall(r"\d+", grounds[scheme])[:3])) for scheme in ("light", "dark"))
    assert dark < 3 * 64 < 3 * 224 < light
