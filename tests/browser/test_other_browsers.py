"""The theme and the preview in the browsers that are not Chromium: Firefox, and WebKitGTK, which stands for Safari."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from conftest import PROJECT, Site
from previews import Preview, preview_of
from readers.reader import AnyReader, reader_with
from readers.webkit import webkit_reader
from stylesheet import assembled

READERS: dict[str, Callable[[], AbstractContextManager[AnyReader]]] = {
    "Firefox": partial(reader_with, "Firefox"),
    "WebKit": webkit_reader,
}
REPORT_CSS = PROJECT / "plugins/press/serve/front/browser/report.css"
#: What a browser leaves out and nobody misses, by property: it is for telephones that make letters larger, said once
#: more with a prefix, or finer than what that browser does.
DISPENSABLE = {"text-size-adjust", "-webkit-text-size-adjust", "user-select", "text-wrap"}

LONG = "\n\n".join(f"Paragraph {number}." for number in range(90))
REFUSED = "Refused:\n\n```sh\niptables -A INPUT --no-such-option\n```\n"
#: What has the focus, in a report too.
FOCUS = "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement)"


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest) -> Iterator[AnyReader]:
    """Return a reader with each of the browsers."""
    with READERS[request.param]() as reader:
        yield reader


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of two posts."""
    site = Site(tmp_path_factory.mktemp("elsewhere"))
    site.settings("TYPOGRIFY = False")  # it would put unbreakable blanks between the words that are waited for
    site.post("first", "Alpha.\n")
    site.post("second", "Alpha.\n")
    return site


@pytest.fixture(scope="module")
def preview(site: Site) -> Iterator[Preview]:
    """Return a preview of that site."""
    with preview_of(site) as preview:
        yield preview


def shows(words: str) -> str:
    """The condition that a page shows some words."""
    return f"document.body.innerText.includes('{words}')"


def test_each_declaration_is_known(reader: AnyReader, preview: Preview) -> None:
    """No rule of the stylesheets is left out for the way it is written."""
    css = assembled(PROJECT / "theme") + re.sub(
        r"/\*.*?\*/", "", REPORT_CSS.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    found = re.findall(r"[{;]\s*([a-z-]+)\s*:\s*((?:[^;{}\"]|\"[^\"]*\")+?)\s*(?:!important)?(?=[;}])", css)
    declarations = sorted({(name, value) for name, value in found if not name.startswith("--")})
    reader.open(f"{preview.address}/2026/01/first/")
    unknown = reader.evaluate(f"{[[*each] for each in declarations]}.filter(each => !CSS.supports(...each))")

    assert len(declarations) > 300
    assert [each for each in unknown if each[0] not in DISPENSABLE] == []


def test_a_save_is_shown_at_the_same_place(reader: AnyReader, site: Site, preview: Preview) -> None:
    """Also where the address has a fragment, to which WebKit goes again while it loads the page."""
    reader.open(f"{preview.address}/2026/01/second/")
    site.post("first", f"## Far\n\n{LONG}\n")
    preview.wait_for("/2026/01/first/", lambda status, body: "Paragraph 50." in body)
    reader.open(f"{preview.address}/2026/01/first/#far")
    reader.wait_for("scrollY > 0")
    reader.evaluate("scrollBy(0, 900)")
    before = reader.evaluate("scrollY")

    site.post("first", f"## Far\n\n{LONG}\n\nOne more.\n")

    reader.wait_for(f"{shows('One more.')} && document.readyState === 'complete'")
    reader.evaluate("new Promise(done => setTimeout(done, 300))")
    assert abs(reader.evaluate("scrollY") - before) < 2


def test_a_stylesheet_is_exchanged(reader: AnyReader, site: Site, preview: Preview) -> None:
    sheet = site.folder / "theme/static/style.css"
    good = sheet.read_text(encoding="utf-8")
    reader.open(f"{preview.address}/2026/01/second/")
    reader.evaluate("window.isSame = true")

    sheet.write_text(f"{good}\nbody {{ outline: 3px solid rgb(1, 2, 3); }}\n", encoding="utf-8")
    reader.wait_for("getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'")
    sheet.write_text(good, encoding="utf-8")
    reader.wait_for("getComputedStyle(document.body).outlineStyle === 'none'")

    assert reader.evaluate("window.isSame")


def test_a_report_by_keyboard(reader: AnyReader, site: Site, preview: Preview) -> None:
    """The focus is on its button and then on its text; Escape closes it, and the save that mends it takes it away."""
    reader.open(f"{preview.address}/2026/01/first/")
    for ends in ("Escape", "a save"):
        site.post("second", REFUSED)
        reader.wait_for("document.querySelector('press-report')?.shadowRoot.textContent.includes('second.md:10:19')")
        assert reader.evaluate(f"{FOCUS}.textContent") == "Close"
        reader.press("Tab")
        assert reader.evaluate(f"{FOCUS}.localName") == "pre"
        if ends == "Escape":
            reader.press("Escape")
            reader.wait_for("!document.querySelector('press-report')")
        site.post("second", "Mended.\n")
        reader.wait_for("!document.querySelector('press-report') && !sessionStorage.getItem('press: closed report')")


def test_a_tab_goes_where_its_post_goes(reader: AnyReader, site: Site, preview: Preview) -> None:
    site.post("moving", "On its way.\n", status="draft")
    preview.wait_for("/drafts/moving/", lambda status, body: status == 200)
    reader.open(f"{preview.address}/drafts/moving/")

    site.post("moving", "On its way.\n", slug="weiter-ß")

    reader.wait_for("decodeURI(location.pathname) === '/2026/01/weiter-ß/'")
    (site.folder / "content/posts/moving.md").unlink()
