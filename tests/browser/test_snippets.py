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


def focused(page: Page) -> str:
    """Return what has the focus: the sentence of a word, or else the text of whatever it is."""
    return str(page.evaluate(
        "document.activeElement.getAttribute('aria-description') ?? document.activeElement.textContent.trim()"
    ))  # fmt: skip


def sentences(page: Page, block: int) -> list[str]:
    """Return the sentences of a block of code, in order."""
    found = page.locator(".snippet-explained").nth(block).locator("[aria-description]")
    return [str(each.get_attribute("aria-description")) for each in found.all()]


def test_tab_stops_at_each_block_once(reader: BrowserContext, home: str) -> None:
    """From the top of the page it is at most twelve stops to the first link that shares the post."""
    page = opened(reader, home + LOAD_BALANCE)
    stops = []
    while "share" not in str(page.evaluate("document.activeElement.closest('nav')?.className ?? ''")):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    before = stops[:-1]

    assert [each for each in before if each in sentences(page, 0)] == [sentences(page, 0)[0], sentences(page, 1)[0]]
    assert before[0] == "Skip to content" and len(before) <= 12


def test_arrow_keys_go_from_word_to_word(reader: BrowserContext, home: str) -> None:
    """Each word of a block is shown in order; Tab and Shift-Tab come back to the word that was left."""
    page = opened(reader, home + LOAD_BALANCE)
    wanted = sentences(page, 0)
    page.locator("[aria-description]").first.focus()
    reached = [focused(page)]
    for _ in wanted[1:]:
        page.keyboard.press("ArrowRight")
        reached.append(focused(page))
    page.keyboard.press("ArrowRight")
    last = focused(page)
    page.keyboard.press("ArrowLeft")
    left = focused(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    back = focused(page)
    page.keyboard.press("Home")

    assert (reached, last, left, back) == (wanted, wanted[-1], wanted[-2], wanted[-2])
    assert focused(page) == wanted[0]


def test_escape_hides_a_sentence(reader: BrowserContext, home: str) -> None:
    """Until the next word, and leaves the focus where it is."""
    page = opened(reader, home + LOAD_BALANCE)
    word = word_of(page, "--every 3")
    word.focus()
    before = shown_for(word)
    page.keyboard.press("Escape")
    hidden, where = word.evaluate("word => getComputedStyle(word, '::after').display"), focused(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")

    assert (hidden, where) == ("none", word.get_attribute("aria-description"))
    assert before and shown_for(word) == before
    assert word.evaluate("word => getComputedStyle(word, '::after').display") != "none"


def test_without_a_script_a_link_leads_past_the_words(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, home + LOAD_BALANCE)
    link = page.locator(".snippet-past")
    link.focus()
    is_seen = link.bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    found = page.locator(":focus").inner_text()
    context.close()

    assert is_seen and is_seen["height"] > 10
    assert found == "Post to Twitter"


def test_all_of_a_command_is_seen_at_any_width(browser: Browser, home: str) -> None:
    """It goes on below itself, between options; no sentence covers anything; what is selected has no more line ends."""
    page = browser.new_page()
    page.goto(home + LOAD_BALANCE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for width in (320, 360, 390, 640, 641, 960, 992, 1168, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("""() => {
            const blocks = [...document.querySelectorAll('.snippet pre')];
            const wide = blocks.filter(pre => pre.scrollWidth > pre.clientWidth);
            const words = [...document.querySelectorAll('.snippet [aria-description]')];
            const options = words.filter(word => !word.closest('.snippet-nft'));
            const broken = options.filter(word => word.getBoundingClientRect().height > 40);
            const over = words.filter(word => {
                word.focus();
                const block = word.closest('.snippet-explained');
                const room = parseFloat(getComputedStyle(block, '::after').height);
                const own = getComputedStyle(word, '::after');
                return own.position !== 'absolute' || parseFloat(own.height) > room + 1;
            });
            return [wide, broken, over].map(each => each.length);
        }""")
        assert found == [0, 0, 0], width
    text = page.evaluate(
        "(getSelection().selectAllChildren(document.querySelector('.snippet code')), getSelection().toString())"
    )
    page.close()

    assert text.strip().split("\n") == COMMANDS


def test_the_first_button_copies_what_works_today(reader: BrowserContext, home: str) -> None:
    """The commands that are refused come last, by a name that says so."""
    page = opened(reader, home + LOAD_BALANCE)
    copied = {}
    for button in page.locator(".copy:visible").all():
        button.click()
        copied[str(button.get_attribute("aria-label"))] = clipboard(page).split("\n")

    assert [*copied] == [
        "Copy for today: the commands that iptables takes now",
        "Copy as written: the commands that iptables refuses now",
    ]
    today, as_written = copied.values()
    assert as_written == COMMANDS
    assert today == [re.sub(r"(--every \d)", r"\1 --packet 0", command) for command in COMMANDS]


def test_screen_readers_hear_the_sentence(reader: BrowserContext, home: str) -> None:
    """To assistive technology, a word's description is its sentence: Chromium hands on none of a folded list's."""
    page = opened(reader, home + LOAD_BALANCE)
    session = reader.new_cdp_session(page)
    tree: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    described = {node["description"]["value"] for node in tree if node.get("description", {}).get("value")}
    said = set(
        page.evaluate(
            "[...document.querySelectorAll('[aria-description]:not(details *)')]"
            ".map(word => word.getAttribute('aria-description'))"
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
    button = page.locator(".highlight:has(.gp) > .copies > .copy")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[role=status]').textContent === 'Copied'")

    assert button.inner_text() == "Copied"
    assert clipboard(page) == TYPED


def test_the_same_in_nftables_is_copied(reader: BrowserContext, home: str) -> None:
    """Once it is unfolded, as lines that a shell takes, each word with its sentence; one for each command is below."""
    page = opened(reader, home + LOAD_BALANCE)
    page.locator(".snippet-nft > summary").click()
    page.locator(".snippet-nft > .highlight .copy").click()
    page.wait_for_function("document.querySelector('[role=status]').textContent === 'Copied'")
    word = page.locator(".snippet-nft [aria-description]", has_text="snat to numgen inc mod 3 map")
    word.hover()

    assert clipboard(page).split("\n")[-1] == (
        "nft 'add rule ip nat POSTROUTING counter snat to numgen inc mod 3 map "
        "{ 0 : 192.168.1.201, 1 : 192.168.1.202, 2 : 192.168.1.203 }'"
    )
    assert "count what comes here from 0 to 2" in shown_for(word)

    page.locator(".snippet-nft details > summary").click()
    page.locator(".snippet-nft details .copy").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('mod 1 0'))")
    assert clipboard(page).split("\n")[-1] == (
        "nft 'add rule ip nat POSTROUTING numgen inc mod 1 0 counter snat to 192.168.1.203'"
    )


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
