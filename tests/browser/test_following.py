"""plugins/press/serve/front/browser: a tab of `make serve` follows what is saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page, Route, expect
from previews import PATIENCE, Preview, preview_of

REFUSED = "Refused:\n\n```sh\niptables -A INPUT --no-such-option\n```\n"
LONG = "\n\n".join(f"Paragraph {number}." for number in range(90))
REPORT = "press-report"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a few posts, one for each test that changes one."""
    site = Site(tmp_path_factory.mktemp("followed"))
    site.settings("TYPOGRIFY = False")  # it would put unbreakable blanks between the words that are waited for
    for name in ("first", "second", "third", "long"):
        site.post(name, f"{name}\n\n{LONG}" if name == "long" else f"Alpha of {name}.\n")
    return site


@pytest.fixture(scope="module")
def preview(site: Site) -> Iterator[Preview]:
    """Return a preview of that site."""
    with preview_of(site) as preview:
        yield preview


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Return a tab; whatever is wrong with a script on it fails the test."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


@pytest.fixture(autouse=True)
def mended(site: Site) -> Iterator[None]:
    """Leave no post broken for the next test."""
    yield
    for name in ("second", "third"):
        site.post(name, f"Alpha of {name}.\n")


def opened(tab: Page, preview: Preview, address: str) -> Page:
    """Show a page, with a mark on it that is lost when it is loaded anew."""
    tab.goto(preview.address + address)
    tab.evaluate("window.isSame = true")
    return tab


def is_same(tab: Page) -> bool:
    """Whether the page was not loaded anew."""
    return bool(tab.evaluate("window.isSame"))


def test_a_save_is_shown_and_other_pages_are_left_alone(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/first/")
    other = opened(tab.context.new_page(), preview, "/2026/01/second/")

    site.post("first", "Beta.\n")

    expect(tab.get_by_text("Beta.")).to_be_visible()
    assert is_same(other)
    site.post("second", "Gamma.\n")
    expect(other.get_by_text("Gamma.")).to_be_visible()


def test_the_place_on_the_page_stays_though_it_grows_above(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/long/")
    find = "[...document.querySelectorAll('p')].find(each => each.textContent === 'Paragraph 50.')"
    tab.evaluate(f"{find}.scrollIntoView()")
    tab.evaluate("scrollBy(0, -200)")
    before = tab.evaluate(f"{find}.getBoundingClientRect().top")

    site.post("long", f"Much more.\n\n{'Above. ' * 500}\n\n{LONG}")

    expect(tab.get_by_text("Much more.")).to_be_attached()
    tab.wait_for_load_state()
    assert abs(tab.evaluate(f"{find}.getBoundingClientRect().top") - before) < 2


def test_the_place_stays_though_the_browser_goes_to_the_fragment_once_more(
    site: Site, preview: Preview, tab: Page
) -> None:
    """As WebKit does when all of the page is there and after that, and as this page has Chromium do."""
    site.post("third", f"## Far\n\n{LONG}")
    preview.wait_for("/2026/01/third/", lambda status, body: "Paragraph 50." in body)
    tab.add_init_script("""addEventListener('load', () => {
        const go = () => document.getElementById('far').scrollIntoView();
        go();
        setTimeout(() => { go(); setTimeout(() => { window.hasGone = true; }, 100); }, 100);
    })""")
    opened(tab, preview, "/2026/01/third/#far").wait_for_function("window.hasGone")
    tab.evaluate("scrollBy(0, 900)")
    before = tab.evaluate("scrollY")

    site.post("third", f"## Far\n\n{LONG}\n\nOne more.")

    expect(tab.get_by_text("One more.")).to_be_attached()
    tab.wait_for_function("window.hasGone")
    assert abs(tab.evaluate("scrollY") - before) < 2


def test_a_stylesheet_is_exchanged_without_loading_the_page(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/third/")

    with (site.folder / "theme" / "static" / "style.css").open("a", encoding="utf-8") as sheet:
        sheet.write("\nbody { outline: 3px solid rgb(1, 2, 3); }\n")

    tab.wait_for_function("getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'")
    tab.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert is_same(tab)


def test_of_stylesheets_saved_one_after_the_other_the_last_stays(site: Site, preview: Preview, tab: Page) -> None:
    """Though it is loaded before an earlier one; and one that is gone is not shown any more, until it comes back."""
    opened(tab, preview, "/2026/01/third/")
    sheet = site.folder / "theme" / "static" / "style.css"
    good = sheet.read_text(encoding="utf-8")
    held: list[Route] = []
    fresh = "**/style.css?press=*"
    tab.route(fresh, lambda route: held.append(route))

    def save(number: int) -> None:
        sheet.write_text(f"{good}\nbody {{ outline: 3px solid rgb(0, 0, {number}); }}\n", encoding="utf-8")

    def wait_for(number: int) -> None:
        tab.wait_for_function(f"getComputedStyle(document.body).outlineColor === 'rgb(0, 0, {number})'")
        tab.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")

    for number in (1, 2):
        with tab.expect_request(fresh):
            save(number)
    for route in reversed(held):
        route.continue_()
    tab.unroute(fresh)

    wait_for(2)
    sheet.unlink()
    tab.wait_for_function("getComputedStyle(document.body).outlineStyle === 'none'")
    save(3)
    wait_for(3)
    assert is_same(tab)


def test_a_picture_that_changed_loads_the_pages_that_show_it(site: Site, preview: Preview, tab: Page) -> None:
    pictures = site.folder / "content" / "images"
    pictures.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    (pictures / "a.svg").write_text(svg.format(10), encoding="utf-8")
    site.post("pictured", "![A]({static}/images/a.svg)\n")
    preview.wait_for("/images/a.svg", lambda status, body: status == 200)
    other = opened(tab.context.new_page(), preview, "/2026/01/third/")
    opened(tab, preview, "/2026/01/pictured/")

    (pictures / "a.svg").write_text(svg.format(20), encoding="utf-8")

    tab.wait_for_function("document.querySelector('img[alt=A]')?.naturalWidth === 20")
    assert is_same(other)


def test_a_report_lies_over_the_last_good_page_until_it_is_mended(
    site: Site, preview: Preview, tab: Page, axe: Path
) -> None:
    opened(tab, preview, "/2026/01/first/")
    before = tab.evaluate("document.body.outerHTML")

    site.post("second", REFUSED.replace("option", f"option -m comment --comment '{'long ' * 30}'"))

    report = tab.get_by_role("alertdialog", name="Not built: this is the last good page")
    expect(report).to_be_visible()
    expect(report).to_contain_text("error[unknown-option]: unknown option `--no-such-option`")
    expect(report).to_contain_text("content/posts/second.md:10:19")
    caret, line = (
        next(each for each in report.locator("pre").inner_text().splitlines() if mark in each)
        for mark in ("^^^", "iptables -A")
    )
    assert caret.index("^") == line.index("--no-such-option")
    assert is_same(tab)
    assert tab.evaluate("document.body.outerHTML") == before
    for width, scheme in ((320, "light"), (1000, "dark")):
        tab.set_viewport_size({"width": width, "height": 640})
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        tab.add_script_tag(path=axe)
        assert tab.evaluate("axe.run('press-report').then(result => result.violations.map(each => each.id))") == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        # Words are broken where a telephone ends, and lines of an excerpt nowhere.
        pre, excerpt = report.locator("pre"), report.locator(".excerpt")
        height = "each => each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight)"
        assert round(excerpt.evaluate(height)) == excerpt.inner_text().count("\n") == 3
        heading = report.locator("pre > span").first
        assert heading.evaluate("each => each.offsetWidth") <= pre.evaluate("each => each.clientWidth")

    site.post("second", "Mended.\n")

    expect(tab.locator(REPORT)).to_have_count(0)


def test_a_dead_link_is_shown_until_it_is_mended(site: Site, preview: Preview, tab: Page) -> None:
    """By the save that mends it, and by one of the post that it leads to."""
    opened(tab, preview, "/2026/01/first/")
    report = tab.get_by_role("alertdialog")

    site.post("second", "To [the third](thirdd.md) and [its part](third.md#part).\n")

    expect(report).to_contain_text("error[dead-link]: `thirdd.md` leads nowhere")
    expect(report).to_contain_text("content/posts/second.md:7:16")
    expect(report).to_contain_text("did you mean `third.md`?")
    site.post("second", "To [the third](third.md) and [its part](third.md#part).\n")
    expect(report).to_contain_text("error[dead-anchor]: `third.md#part` leads to a place that")
    expect(report).not_to_contain_text("thirdd.md")
    site.post("third", "## Part\n")
    expect(tab.locator(REPORT)).to_have_count(0)


def test_a_report_that_was_closed_stays_so_until_the_next(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/first/")
    for close in (lambda: tab.keyboard.press("Escape"), lambda: tab.get_by_role("button", name="Close").click()):
        site.post("third", REFUSED)
        expect(tab.locator(REPORT)).to_be_attached()
        close()
        expect(tab.locator(REPORT)).to_have_count(0)
        tab.reload()
        preview.ask("/2026/01/first/")
        expect(tab.locator(REPORT)).to_have_count(0)
        site.post("third", "Mended.\n")
        preview.wait_for("/2026/01/third/", lambda status, body: "Mended" in body)
        tab.wait_for_function("sessionStorage.getItem('press: closed report') === null")


def test_a_report_leaves_the_keys_to_whoever_types(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/first/")
    tab.evaluate("document.body.prepend(Object.assign(document.createElement('input'), { id: 'field' }))")
    tab.focus("#field")
    tab.keyboard.type("half a ")

    site.post("third", REFUSED)
    expect(tab.get_by_role("alertdialog")).to_be_visible()
    tab.keyboard.type("word")
    tab.keyboard.press("Enter")
    site.post("second", REFUSED)
    expect(tab.get_by_role("alertdialog")).to_contain_text("second.md")
    tab.keyboard.type("s")

    expect(tab.locator("#field")).to_have_value("half a words")
    expect(tab.get_by_role("alert")).to_contain_text("Not built")
    tab.locator("#field").blur()
    tab.keyboard.press("Escape")
    expect(tab.locator(REPORT)).to_have_count(0)


@pytest.mark.parametrize(
    "hostile", [":not(html, body) { display: none !important }", "dialog, button, pre { all: unset; color: red }"]
)
def test_no_style_of_the_page_reaches_the_report(site: Site, preview: Preview, tab: Page, hostile: str) -> None:
    opened(tab, preview, "/2026/01/first/")
    tab.add_style_tag(content=hostile)

    site.post("third", REFUSED)

    expect(tab.get_by_role("alertdialog").locator("pre")).to_be_visible()
    assert (
        tab.get_by_role("alertdialog").locator("pre").evaluate("each => getComputedStyle(each).whiteSpace")
        == "pre-wrap"
    )
    site.post("third", "Mended.\n")
    expect(tab.locator(REPORT)).to_have_count(0)


def test_a_tab_that_was_hidden_catches_up(site: Site, preview: Preview, tab: Page) -> None:
    opened(tab, preview, "/2026/01/first/")
    hide = """hidden => {
        const value = hidden ? 'hidden' : 'visible';
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    tab.evaluate(hide, True)
    site.post("first", "While you slept.\n")
    preview.wait_for("/2026/01/first/", lambda status, body: "slept" in body)
    assert is_same(tab)

    tab.evaluate(hide, False)

    expect(tab.get_by_text("While you slept.")).to_be_visible()


def test_a_tab_follows_the_next_preview_on_the_same_port(site: Site, tab: Page) -> None:
    with preview_of(site) as before:
        opened(tab, before, "/2026/01/first/")
        before.stop()
    site.post("first", "Written while nobody was there.\n")

    with preview_of(site, "--port", str(before.port)):
        expect(tab.get_by_text("Written while nobody was there.")).to_be_visible()


def test_a_tab_goes_where_its_post_goes(site: Site, preview: Preview, tab: Page) -> None:
    """To the same place on its page. At the address before are the nearest ones, for whoever asks for that."""
    site.post("moving", LONG, status="draft")
    preview.wait_for("/drafts/moving/", lambda status, body: status == 200)
    opened(tab, preview, "/drafts/moving/")
    find = "[...document.querySelectorAll('p')].find(each => each.textContent === 'Paragraph 50.')"
    tab.evaluate(f"{find}.scrollIntoView()")
    before = tab.evaluate(f"{find}.getBoundingClientRect().top")

    site.post("moving", LONG)
    tab.wait_for_url("**/2026/01/moving/")
    site.post("moving", LONG, slug="weiter-ß")
    tab.wait_for_url("**/2026/01/weiter-%C3%9F/")
    tab.wait_for_load_state()

    assert abs(tab.evaluate(f"{find}.getBoundingClientRect().top") - before) < 2
    tab.goto(preview.address + "/2026/01/moving/")
    tab.get_by_role("link", name="/2026/01/weiter-ß/").click()
    expect(tab.get_by_text("Paragraph 1.")).to_be_attached()
    (site.folder / "content" / "posts" / "moving.md").unlink()
    expect(tab.get_by_role("heading", name="Page not found")).to_be_visible()


def test_the_first_start_with_faults_shows_them_then_what_could_be_read_and_then_the_site(
    tmp_path: Path, tab: Page, axe: Path
) -> None:
    site = Site(tmp_path)
    site.post("only", REFUSED)
    settings = site.folder / "pelicanconf.py"
    good = settings.read_text(encoding="utf-8")
    site.settings("SITENAME = (")
    with preview_of(site) as preview:
        tab.goto(preview.address + "/2026/01/only/")
        expect(tab.get_by_role("heading", name="The site cannot be shown yet")).to_be_visible()
        expect(tab.get_by_role("main")).to_contain_text("SyntaxError")
        expect(tab.locator(REPORT)).to_have_count(0)
        tab.add_script_tag(path=axe)
        assert tab.evaluate("axe.run().then(result => result.violations.map(each => each.id))") == []

        settings.write_text(good, encoding="utf-8")

        report = tab.get_by_role("alertdialog", name="Not built: this is what could be read")
        expect(report).to_contain_text("unknown option `--no-such-option`")
        expect(tab.get_by_text("Refused:")).to_be_visible()
        site.post("only", "Mended.\n")

        expect(tab.get_by_text("Mended.")).to_be_visible()


def test_more_tabs_than_a_browser_has_connections(site: Site, preview: Preview, tab: Page) -> None:
    tabs = [opened(tab.context.new_page(), preview, "/2026/01/long/") for _ in range(8)]

    site.post("long", f"In all tabs.\n\n{LONG}")

    for each in tabs:
        expect(each.get_by_text("In all tabs.")).to_be_attached()


def test_a_theme_as_strict_as_can_be_is_followed_too(site: Site, preview: Preview, tab: Page) -> None:
    policy = "default-src &#39;none&#39;; style-src &#39;self&#39;"
    base = site.folder / "theme" / "templates" / "base.html"
    text = base.read_text(encoding="utf-8")
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n<base href="https://example.org/">'
    base.write_text(text.replace("<head>", head, 1), encoding="utf-8")
    preview.wait_for("/2026/01/first/", lambda status, body: "<base" in body)
    opened(tab, preview, "/2026/01/first/")

    base.write_text(text, encoding="utf-8")

    expect(tab.locator("base")).to_have_count(0)
