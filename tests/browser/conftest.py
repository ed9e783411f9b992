"""A real Chromium, and a page with everything that a post may hold."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import NODE_MODULES, NPM, Site, need
from playwright.sync_api import Browser, sync_playwright
from pygments.token import STANDARD_TYPES

EVERYTHING = """
A paragraph with `code`, a [link](https://example.org/), <kbd>Ctrl</kbd>, an <abbr title="Source NAT">SNAT</abbr> and a
note[^1]. And a_very_long_word_{long}.

## A heading with `--code`

> A quotation.

| option | packets | what it does |
| --- | ---: | :---: |
| --mode | 3 | {long} |

- one
    1. two

term
: what it means

```{{.sh iptables="1.4.10"}}
iptables -t nat -A POSTROUTING  -m statistic --mode nth --every 3 -j SNAT --to 192.168.1.201
```

```sh
# a comment
for port in 22 80; do iptables -A INPUT -p tcp --dport "$port" -j ACCEPT; done  # and then some more, so that it scrolls
```

```{{.sh unchecked="it is shown for its form"}}
iptables -A FORWARD
```

```sh
iptables -A INPUT -s 192.0.2.1 -j DROP
```

<div class="highlight"><pre><code>{tokens}</code></pre></div>

[^1]: The note.
"""


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return where the Chromium that is installed on this machine is."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return need(found, "Chromium", "apt-get install chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return a running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    """Return axe-core's script."""
    return need(NODE_MODULES / "axe-core" / "axe.min.js", "axe-core", NPM)


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the project's site with the page of the theme's elements, at /style/, and one more post, at
    /2026/01/everything/, with long words and every class of Pygments.
    """
    site = Site(tmp_path_factory.mktemp("showcase")).with_content()
    tokens = "\n".join(f'<span class="{name}">{name}: text</span>' for name in STANDARD_TYPES.values() if name)
    site.post("everything", EVERYTHING.format(tokens=tokens, long="x" * 60), title="Everything " + "t" * 50)
    site.built(STYLE_PAGE="1")
    return site


@pytest.fixture(scope="session")
def home(showcase: Site, serve: Callable[[Path], str]) -> str:
    """Return the address at which the site above is served, under a strict content security policy."""
    return serve(showcase.output)


@pytest.fixture(scope="session")
def addresses(showcase: Site) -> list[str]:
    """Return the address of each page of the site, below `home`."""
    files = sorted(file.relative_to(showcase.output) for file in showcase.output.rglob("*.html"))
    return ["/" + str(file).removesuffix("index.html") for file in files]
