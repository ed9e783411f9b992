"""The pages as Chromium shows them: in both schemes, on every width, by keyboard, on paper."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page

STYLE = "/style/"
LOAD_BALANCE = "/2012/03/load-balance-between-source-ips-in-linux/"
EVERYTHING = "/2026/01/everything/"
SCHEMES = ["light", "dark"]
WIDTHS = [320, 390, 768, 1024, 1440, 1600]
#: Pages of a site that asks for everything, each with something that no other one has.
RICH = [
    "/", "/2026/01/gh/", "/2026/01/block/", "/es/2026/01/block/", "/ar/2026/01/block/", "/tags/c-plus-plus/",
    "/categories/", "/search/",
]  # fmt: skip
AXE_SEES: list[tuple[int, Any]] = [(320, "light"), (1280, "dark")]


#: Shows what is at an address below `home`, on a window of some width, in a scheme.
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def opened(browser: Browser, home: str) -> Iterator[Open]:
    """Return a function that opens an address in the one page that these tests have: a new one takes longer."""
    page = browser.new_page()

    def open_address(address: str, width: int = 1280, scheme: Any = "light") -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme=scheme)
        page.goto(home + address)
        return page

    yield open_address
    page.close()


def broken_rules(browser: Browser, axe: Path, addresses: list[str]) -> dict[tuple[str, int, str], Any]:
    """Return what axe-core finds on pages: the rules that are broken and where, by address, width and scheme."""
    page = browser.new_page(bypass_csp=True)
    page.add_init_script(path=axe)
    broken = {}
    for address in addresses:
        page.goto(address)
        for width, scheme in AXE_SEES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
            broken[address, width, scheme] = [
                (each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found
            ]
    page.close()
    return {where: found for where, found in broken.items() if found}


def first_of_each_kind(addresses: list[str]) -> list[str]:
    """All posts and pages, and of lists the first of a year, of a month and of a tag: others differ in words."""
    kinds = {re.sub(r"^/tags/.+", "/tags/*", re.sub(r"\d+", "0", address)): address for address in reversed(addresses)}
    return sorted(kinds.values())


@pytest.mark.parametrize("which", ["first of each kind", "others"])
def test_axe_finds_nothing(browser: Browser, axe: Path, home: str, addresses: list[str], which: str) -> None:
    """No page breaks a rule of axe-core: names, order, contrast, landmarks, keyboard."""
    first = first_of_each_kind(addresses)
    looked_at = first if which != "others" else [address for address in addresses if address not in first]
    assert len(looked_at) > 5

    assert not broken_rules(browser, axe, [home + address for address in looked_at])


def test_axe_finds_nothing_where_a_site_has_all_that_it_may(
    browser: Browser, axe: Path, rich_site: Site, serve: Callable[[Path], str]
) -> None:
    """Nor do lists, menus, translations and titles of two letters."""
    home = serve(rich_site.output)

    assert not broken_rules(browser, axe, [home + address for address in RICH])


def test_no_sideways_scrolling(browser: Browser, home: str, addresses: list[str]) -> None:
    """No page is wider than the window, whatever that is made to; what is too wide scrolls inside itself."""
    page = browser.new_page()
    wide = []
    for address in addresses:
        page.goto(home + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shown, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
            assert shown == width
            if needed > width:
                wide.append((address, width))
    page.close()

    assert not wide


def luminance(colour: str) -> float:
    """Return the relative luminance of a CSS colour `rgb(…)`, as WCAG 2.2 defines it."""
    channels = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = ((c / 12.92) if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast_of_code(opened: Open, scheme: Any) -> None:
    """Each of Pygments' classes has at least 4.5 : 1 on the ground of a code block, in both schemes."""
    page = opened(EVERYTHING, scheme=scheme)
    colours = page.evaluate("""() => {
        const spans = [...document.querySelectorAll('.highlight span[class]')];
        const ground = getComputedStyle(spans[0].closest('.highlight')).backgroundColor;
        return spans.map(span => [span.className, getComputedStyle(span).color, ground]);
    }""")
    poor = {}
    for name, text, ground in colours:
        darker, lighter = sorted((luminance(text), luminance(ground)))
        ratio = (lighter + 0.05) / (darker + 0.05)
        if ratio < 4.5:
            poor[name] = round(ratio, 2)

    assert len(colours) > 60
    assert not poor


def test_schemes_differ(opened: Open) -> None:
    """The dark scheme is dark and the light one light."""
    grounds = {}
    for scheme in SCHEMES:
        page = opened(LOAD_BALANCE, scheme=scheme)
        grounds[scheme] = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert grounds["dark"] < 0.05 < 0.9 < grounds["light"]


def test_strict_policy_refuses_nothing(browser: Browser, home: str, addresses: list[str]) -> None:
    """Under the strictest content security policy every page has its style and the console stays empty."""
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        page.goto(home + address)
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    page.close()

    assert not said
    assert all(url.startswith(home) for url in asked)


def test_words_come_in_order(opened: Open) -> None:
    """Read from top to bottom, as a screen reader does: where one is, the title, the text, the share link."""
    page = opened(LOAD_BALANCE)
    text = page.inner_text("body")
    landmarks = ["Archives", "March 2012", "Load balance between", "Today I", "--every 3", "local", "Post to Twitter"]

    assert [text.index(mark) for mark in landmarks] == sorted(text.index(mark) for mark in landmarks)


def test_skip_link(opened: Open) -> None:
    """The first Tab shows the skip link, and Enter goes to the content."""
    page = opened(LOAD_BALANCE)
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")

    assert box is not None and box["y"] >= 0
    assert reached == "theme:main"


def test_focus_is_visible(opened: Open) -> None:
    """Whatever Tab reaches has an outline."""
    page = opened(LOAD_BALANCE)
    bare = []
    for _ in range(page.locator("a, [tabindex='0']").count()):
        page.keyboard.press("Tab")
        style, name = page.evaluate(
            "[getComputedStyle(document.activeElement).outlineStyle, document.activeElement.outerHTML.slice(0, 80)]"
        )
        if style == "none":
            bare.append(name)

    assert not bare


def test_code_scrolls_by_keyboard(opened: Open) -> None:
    """On a telephone a long line of code that is no command scrolls inside its block, with the arrow keys too."""
    page = opened(STYLE, width=320)
    code = page.locator(".highlight:not(.snippet *) pre").first
    code.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(100):
        if code.evaluate("code => code.scrollLeft > 0"):
            break
        page.wait_for_timeout(20)
    assert code.evaluate("code => code.scrollLeft > 0")
    lines = code.evaluate("code => code.getClientRects().length && getComputedStyle(code).whiteSpace")

    assert lines == "pre"


def test_desktop_shows_commands_whole(opened: Open) -> None:
    """On a desktop the commands of 2012, and what to type instead, need no scrolling."""
    page = opened(LOAD_BALANCE, width=1440)
    hidden = page.evaluate(
        "[...document.querySelectorAll('.snippet pre')].filter(pre => pre.scrollWidth > pre.clientWidth).length"
    )

    assert hidden == 0


def test_share_link_is_a_plain_link(opened: Open) -> None:
    """The link that the browser would follow is the one that was made, title and address whole."""
    page = opened(LOAD_BALANCE)
    link = page.get_by_role("link", name="Post to Twitter")
    address = link.evaluate("link => link.href")
    box = link.bounding_box()

    assert address == (
        "https://x.com/intent/tweet?text=Load%20balance%20between%20source%20IPs%20in%20Linux"
        "&url=https%3A%2F%2Fwww.woitasen.com.ar%2F2012%2F03%2Fload-balance-between-source-ips-in-linux%2F"
    )
    assert box is not None and min(box["width"], box["height"]) >= 24


def test_on_paper(opened: Open) -> None:
    """Print has the words and the commands whole, and none of the navigation."""
    page = opened(LOAD_BALANCE, width=700, scheme="dark")
    page.emulate_media(media="print")
    shown = {name: page.locator(name).first.is_visible() for name in ("h1", ".prose", "pre", ".share", "header nav")}
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    wrapping = page.evaluate("getComputedStyle(document.querySelector('pre')).whiteSpace")
    parted = page.evaluate("getComputedStyle(document.querySelector('.snippet-verdict')).breakAfter")

    assert parted == "avoid"  # a verdict stands with its code
    assert shown == {"h1": True, ".prose": True, "pre": True, ".share": False, "header nav": False}
    assert luminance(ground) == 1.0
    assert wrapping == "pre-wrap"


def test_lists_keep_their_marks_on_paper(opened: Open) -> None:
    """They stand in the room before a list, as a quotation and a box stand off their bar."""
    page = opened(STYLE, width=700)
    page.emulate_media(media="print")
    room = page.evaluate(
        "Object.fromEntries(['ul', 'ol', 'blockquote', '.admonition'].map(name => "
        "[name, parseFloat(getComputedStyle(document.querySelector(`.prose ${name}`)).paddingInlineStart)]))"
    )

    assert min(room.values()) > 10, room


def test_no_line_ends_within_an_option(opened: Open) -> None:
    """In a sentence, however narrow the page; Chromium ends one behind `--` otherwise."""
    page = opened(STYLE)
    broken = {}
    for width in range(320, 420, 10):
        page.set_viewport_size({"width": width, "height": 900})
        lines = page.evaluate("[...document.querySelectorAll('p .unbroken')].map(word => word.getClientRects().length)")
        broken[width] = sum(each != 1 for each in lines)

    assert len(lines) > 1
    assert set(broken.values()) == {0}
