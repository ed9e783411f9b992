"""Whatever stands in a post comes out as text: no title, tag, mark or command makes the browser do anything."""

from collections.abc import Callable

import pytest
from conftest import Site
from playwright.sync_api import Browser

SCRIPT = "<script>window.hacked = 1</script>"
IMAGE = '"><img src=x onerror="window.hacked = 1">'
LINK = "javascript:window.hacked=1"

POST = f"""
```{{.sh unchecked='{SCRIPT}{IMAGE}'}}
iptables -A FORWARD
```

```{{.sh iptables="1.4.10" title="{SCRIPT}"}}
iptables -A INPUT -m statistic --mode nth --every 3 -m comment --comment '{SCRIPT}"{IMAGE}' -j DROP
```

```sh
iptables -A INPUT -m string --algo bm --string '</code></pre>{SCRIPT}' -j DROP
iptables -A INPUT -m comment --comment "{LINK}" -j DROP
iptables -A INPUT -s "<{SCRIPT}>" -j DROP
```

```console
root@"><{SCRIPT}:~# iptables -A INPUT -j DROP
{SCRIPT}{IMAGE}
```

    iptables -A INPUT -j LOG --log-prefix "{SCRIPT}"
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a post that is full of attacks, and another post, beside which it is named."""
    site = Site(tmp_path_factory.mktemp("hostile_site"))
    site.post("neighbour")
    site.post("hostile", POST, title=f"{LINK} {SCRIPT}{IMAGE} '", tags=f"{LINK}, {SCRIPT}, {IMAGE}",
              summary=f"`{SCRIPT}` & `{IMAGE}`")  # fmt: skip
    site.settings("DRYTABLES_FAIL = False")
    site.built()
    return site


def test_hostile_text_is_text(browser: Browser, hostile: Site, serve: Callable[..., str]) -> None:
    """On a host that forbids nothing, no page of such a site runs or loads anything of it, or links to a script."""
    home = serve(hostile.output, policy="default-src * data: 'unsafe-inline'")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for file in sorted(hostile.output.rglob("*.html")):
        address = f"{home}/{file.relative_to(hostile.output)}"
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        for word in page.locator("[aria-description]").all():
            word.hover()
        assert page.evaluate("window.hacked") is None, address
        assert page.evaluate("document.querySelectorAll('img, [onerror], a[href^=javascript]').length") == 0, address
    page.close()

    assert all(each.startswith((home, "data:image/svg+xml,")) and not each.endswith("/x") for each in asked)


def test_hostile_text_is_readable(browser: Browser, hostile: Site, serve: Callable[..., str]) -> None:
    """It is shown as it was typed: in the heading, in the code, in what is explained of it."""
    page = browser.new_page()
    page.goto(serve(hostile.output) + "/2026/01/hostile/")
    code = "\n".join(page.locator("pre").all_inner_texts())
    sentences = page.evaluate("[...document.querySelectorAll('[aria-description]')].map(each => each.ariaDescription)")
    heading = page.locator("h1").inner_text()
    page.close()

    assert SCRIPT in heading
    assert code.count(SCRIPT) >= 7
    assert any(SCRIPT in sentence for sentence in sentences)
