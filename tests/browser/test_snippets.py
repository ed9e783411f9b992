"""What a reader does with a snippet: points at words, goes through them by keyboard, taps, selects, copies."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import PROJECT, Site
from playwright.sync_api import Browser, BrowserContext, Locator, Page

LOAD_BALANCE = "/2012/03/load-balance-between-source-ips-in-linux/"
STYLE = "/style/"
SOURCE = (PROJECT / "content/posts/load-balance-between-source-ips-in-linux.md").read_text(encoding="utf-8")
COMMANDS = re.findall("^iptables .*$", SOURCE, re.MULTILINE)
# Of a transcript, what its reader would type.
TYPED = """sudo iptables -N web
iptables -A web -p tcp -m multiport --dports 80,443 -m comment --comment "the web & <script>" -j ACCEPT
iptables -A INPUT -j web
iptables -S web"""

# One round trip of a new connection (RFC 6928) carries some 14 KB.
ONE_ROUND_TRIP = 14_000


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Return a desktop whose clipboard the page may use."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    """Return a new page at an address."""
    page = context.new_page()
    page.goto(address)
    return page


def clipboard(page: Page) -> str:
    """Return the text on the clipboard."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def shown_for(word: Locator) -> str:
    """Return the sentence that is visible for a word, or nothing."""
    return str(
        word.evaluate("""word => {
            const style = getComputedStyle(word, '::after');
            return style.content === 'none' || style.visibility !== 'visible' ? '' : style.content;
        }""")
    )


def word_of(page: Page, words: str) -> Locator:
    """Return the first place on a page that explains some words."""
    return page.locator("[aria-description]").filter(has_text=re.compile(f"^{re.escape(words)}$")).first


@pytest.mark.parametrize("words", ["-t nat", "-A POSTROUTING", "-m statistic", "--every 3", "--to 192.168.1.203"])
def test_hover_and_focus_show_the_sentence(reader: BrowserContext, home: str, words: str) -> None:
    """Pointing at a word shows what it does, and so does focus; otherwise nothing stands there."""
    page = opened(reader, home + LOAD_BALANCE)
    word = word_of(page, words)
    sentence = word.get_attribute("aria-description")
    before = shown_for(word)
    word.hover()
    hovered = shown_for(word)
    page.mouse.move(0, 0)
    word.focus()
    focused = shown_for(word)

    assert sentence and sentence in hovered and sentence in focused
    assert before == ""


def test_a_tap_shows_the_sentence(browser: Browser, home: str) -> None:
    """On a telephone a tap does, without leaving the word, and the sentence is within the screen."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = opened(context, home + LOAD_BALANCE)
    word = word_of(page, "-A POSTROUTING")
    word.tap()
    shown = shown_for(word)
    left, right = word.evaluate("""word => {
        const style = getComputedStyle(word, '::after');
        const box = word.closest('.snippet-explained').getBoundingClientRect();
        return [box.left + parseFloat(style.left), box.right - parseFloat(style.right)];
    }""")
    address = page.url
    context.close()

    assert "add a rule at the end" in shown
    assert 0 <= left < right <= 320
    assert address == home + LOAD_BALANCE


def test_sentences_need_no_script(browser: Browser, home: str) -> None:
    """With scripts off the words and the list say the same, and there is no button that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, home + LOAD_BALANCE)
    word_of(page, "--every 3").focus()
    listed = page.locator(".snippet-apart dd").first
    is_folded = not listed.is_visible()
    page.locator(".snippet-apart summary").click()
    is_open, buttons = listed.is_visible(), page.locator("button").count()
    context.close()

    assert is_folded and is_open
    assert buttons == 0


def test_tab_reaches_every_sentence_once(reader: BrowserContext, home: str) -> None:
    """By keyboard alone each sentence of the post is shown, and none twice."""
    page = opened(reader, home + LOAD_BALANCE)
    wanted = page.evaluate(
        "[...document.querySelectorAll('.snippet-apart dt:not(.snippet-again) + dd')].map(entry => entry.textContent)"
    )
    reached: list[str] = []
    page.locator("main").focus()
    while "share" not in str(page.evaluate("document.activeElement.closest('nav')?.className ?? ''")):
        page.keyboard.press("Tab")
        sentence = page.evaluate("document.activeElement.getAttribute('aria-description')")
        reached += [sentence] if sentence else []

    assert sorted(reached) == sorted(text.replace("\u00a0", " ") for text in wanted)


def test_screen_readers_hear_the_sentence(reader: BrowserContext, home: str) -> None:
    """To assistive technology, a word's description is its sentence: Chromium hands on none of a folded list's."""
    page = opened(reader, home + LOAD_BALANCE)
    session = reader.new_cdp_session(page)
    tree: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    described = {node["description"]["value"] for node in tree if node.get("description", {}).get("value")}
    said = set(
        page.evaluate(
            "[...document.querySelectorAll('[aria-description]')].map(word => word.getAttribute('aria-description'))"
        )
    )

    assert said and said <= described


def test_the_code_is_one_text(reader: BrowserContext, home: str) -> None:
    """Selected by hand and copied, the commands are as typed, and nothing else."""
    page = opened(reader, home + LOAD_BALANCE)
    page.locator("[aria-description]").first.hover()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.snippet code'))")
    page.keyboard.press("Control+C")

    assert clipboard(page).rstrip("\n").split("\n") == COMMANDS


def test_a_prompt_is_not_copied(reader: BrowserContext, home: str) -> None:
    """A selection that goes over prompts leaves them behind."""
    page = opened(reader, home + STYLE)
    page.evaluate("getSelection().selectAllChildren([...document.querySelectorAll('code')].find(code => "
                  "code.querySelector('.gp')))")  # fmt: skip
    page.keyboard.press("Control+C")

    assert clipboard(page).rstrip("\n") == f"{TYPED}\n-N web"


def test_the_button_copies_what_is_typed(reader: BrowserContext, home: str) -> None:
    """The button copies commands without prompts, output and a last line end, and says so to all."""
    page = opened(reader, home + STYLE)
    button = page.locator(".highlight:has(.gp) > .copy")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[role=status]').textContent === 'Copied'")

    assert button.inner_text() == "Copied"
    assert clipboard(page) == TYPED


def test_one_round_trip(browser: Browser, home: str, showcase: Site) -> None:
    """The first view of the first post is three requests, and less than a new connection carries at once."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + LOAD_BALANCE, wait_until="networkidle")
    page.close()
    loaded = [address for address in asked if not address.startswith("data:")]
    files = [showcase.output / address.removeprefix(home + "/") for address in loaded]
    weights = [len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 9)) for file in files]

    assert len(loaded) <= 3
    assert sum(weights) < ONE_ROUND_TRIP


def test_nothing_moves(browser: Browser, home: str, addresses: list[str]) -> None:
    """No page shifts while it loads, nor when a word is pointed at, on a phone and on a desk."""
    pages = {width: browser.new_page(viewport={"width": width, "height": 900}) for width in (320, 1280)}
    moved = {}
    # A busy machine shows a page in pieces, now and then; what moves by itself does each time.
    for address in addresses * 3:
        if moved.get((address, 320), 1) == moved.get((address, 1280), 1) == 0:
            continue
        for page in pages.values():
            page.goto(home + address, wait_until="commit")  # half a second without requests is waited for at once
        for width, page in pages.items():
            page.wait_for_load_state("networkidle")
            for word in page.locator("[aria-description]").all()[:3]:
                word.hover()
            moved[address, width] = page.evaluate("""new Promise(done => {
                let shift = 0;
                new PerformanceObserver(seen => seen.getEntries().forEach(entry => { shift += entry.value; }))
                    .observe({type: 'layout-shift', buffered: true});
                setTimeout(() => done(shift), 50);
            })""")
    for page in pages.values():
        page.close()

    assert set(moved.values()) == {0}
