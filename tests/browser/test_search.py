"""The search page in Chromium, below a folder and under the headers of HOSTING.md: what is found, and what is not."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import STRICT_POLICY, Site, need
from playwright.sync_api import Browser

# What Pagefind needs besides: to compile its program, and to load its index.
POLICY = STRICT_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'")


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a search, published for an address below a folder."""
    need(importlib.util.find_spec("pagefind_bin"), "Pagefind", "pip install 'pagefind[bin]'")
    site = Site(tmp_path_factory.mktemp("searched"))
    site.post("zebras", "A zebra crosses.\n", title="Of <b> zebras")
    site.post("other", "Nothing of them.\n")
    site.post("unready", "A zebra in a draft.\n", status="draft")
    site.post("unlisted", "A zebra that is hidden.\n", status="hidden")
    site.settings("SEARCH = True")
    site.built("publishconf.py", SITEURL="https://example.org/blog")
    served = site.folder / "served"
    served.mkdir()
    (served / "blog").symlink_to(site.output)
    return site


def test_a_reader_finds_what_is_published(searched: Site, serve: Callable[..., str], browser: Browser) -> None:
    """Nothing is inline or from elsewhere, and other pages load nothing of it."""
    html = (searched.output / "search/index.html").read_text(encoding="utf-8")
    for name in ("search/index.html", "index.html"):
        file = searched.output / name
        file.write_text(file.read_text(encoding="utf-8").replace("https://example.org", ""), encoding="utf-8")
    address = serve(searched.folder / "served", policy=POLICY)
    page, problems = browser.new_page(), list[str]()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}/blog/search/?q=zebra")

    page.wait_for_selector(".found a")
    assert [title.replace("\u00a0", " ") for title in page.locator(".found a").all_inner_texts()] == ["Of <b> zebras"]
    assert page.locator(".search [role=status]").inner_text() == "1 page found"
    assert page.locator(".found mark").first.inner_text().startswith("zebra")
    assert page.locator(".found a").first.get_attribute("href") == "/blog/2026/01/zebras/"
    page.fill("input", "unicorn")
    page.wait_for_selector(".found:empty", state="attached")
    page.wait_for_function("document.querySelector('[role=status]').textContent === '0 pages found'")
    assert problems == []
    assert re.search(r"/immutable/search\.\w+\.js", html)
    assert "/search." not in searched.page("2026/01/zebras")


def test_a_preview_has_the_page_and_no_index(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.post("first")
    site.settings("SEARCH = True")
    site.built()

    assert "The index is made when the site is published." in site.page("search")
    assert '<a href="/search/" aria-current="page">Search</a>' in site.page("search")
    assert not (site.output / "pagefind").exists()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """Pagefind, and the theme's template."""
    site = Site(tmp_path)
    site.post("first")
    search = site.folder / "plugins/search.py"
    text = search.read_text(encoding="utf-8")
    search.write_text(
        text.replace('"pagefind_bin"', '"not_installed"').replace('which("pagefind")', 'which("not-installed")'),
        encoding="utf-8",
    )
    site.settings("SEARCH = True")
    without_program = site.build("publishconf.py")
    site.settings('THEME = "simple"')
    without_template = site.build()

    assert without_program.returncode == without_template.returncode == 1
    assert "error: SEARCH needs Pagefind, which is not installed." in without_program.stderr
    assert "error: SEARCH: the theme simple has no templates/search.html." in without_template.stderr
