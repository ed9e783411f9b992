"""A real browser shows every page under the policy that was written for it, and runs what is in the pages."""

from collections.abc import Callable, Iterator

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page

_INLINE = """
<p style="color: rgb(1, 2, 3)" id="styled">Styled.</p>

| a | b |
| --- | ---: |
| 1 | 2 |

<style>#styled { font-style: italic }</style>
<script>document.documentElement.dataset.inline = "ran"</script>
<button onclick="document.documentElement.dataset.handler = 'ran'">Press</button>
<iframe src="/about/" title="About" srcdoc="&lt;p style='color: red'>Within.&lt;/p>"></iframe>

```sh
iptables -A INPUT -s 192.0.2.0/24 -j DROP
```
"""
#: Has the browser tell of each violation, before anything of the page is read.
_WATCH = """addEventListener("securitypolicyviolation", (event) =>
  (window.violations ??= []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))"""


#: One page of each kind, and the one that has styles and scripts within.
_PAGES = ("", "2012/", "archives/", "tags/", "tags/linux/", "about/", "search/", "404.html", "2026/01/inline/",
          "2012/03/load-balance-between-source-ips-in-linux/")  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a search that was published, and with a post that has styles and scripts within."""
    site = Site(tmp_path_factory.mktemp("policy")).with_content()
    site.post("inline", _INLINE)
    site.settings("SEARCH = True")
    site.built("publishconf.py", SITEURL="http://127.0.0.1")
    return site


@pytest.fixture(scope="module")
def watched(published: Site, serve: Callable[..., str], browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a page of the site under the site's own policy, and notes violations."""
    lines = (published.output / "_headers").read_text(encoding="utf-8").splitlines()
    policy = next(line.partition(": ")[2] for line in lines if "Content-Security-Policy" in line)
    for file in published.output.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("http://127.0.0.1/", "/"), encoding="utf-8")
    home = serve(published.output, policy)
    page = browser.new_page()
    page.add_init_script(_WATCH)

    def opened(address: str) -> Page:
        page.goto(f"{home}/{address}", wait_until="load")
        return page

    yield opened
    page.close()


def test_no_page_breaks_the_policy(watched: Callable[[str], Page]) -> None:
    broken = {address: watched(address).evaluate("window.violations ?? []") for address in _PAGES}

    assert {address: found for address, found in broken.items() if found} == {}


def test_what_is_in_a_page_has_its_effect(watched: Callable[[str], Page]) -> None:
    page = watched("2026/01/inline/")

    page.get_by_role("button", name="Press").click()
    assert page.evaluate("({...document.documentElement.dataset})") == {"inline": "ran", "handler": "ran"}
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") == "rgb(1, 2, 3)"
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).fontStyle") == "italic"


def test_a_search_works_under_the_policy(watched: Callable[[str], Page]) -> None:
    page = watched("search/")

    page.get_by_role("searchbox").fill("balance")
    page.locator("ol.found a").first.wait_for()
    assert page.evaluate("window.violations ?? []") == []


def test_what_somebody_else_puts_into_a_page_does_not_run(watched: Callable[[str], Page]) -> None:
    page = watched("about/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.bad = 1\">')")
    page.wait_for_function("window.violations?.length")
    assert page.evaluate("window.bad") is None
