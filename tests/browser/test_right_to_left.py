"""A page in a language that runs from right to left: it is a mirror of the others, but for its code and its English."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Site
from playwright.sync_api import Browser, Page

TEXT = """
نص عربي فيه `iptables --mode` وغيرها[^1].

> اقتباس

- بند
- [x] منجز

!!! note
    انتبه

```sh
iptables -A INPUT -s 192.0.2.1 -j DROP
```

| عمود | رقم |
| --- | --- |
| كلمة | 3 |

## واحد

## اثنان

### ثلاثة

## أربعة

[^1]: حاشية
"""
#: An element, and the sides where it has more and less of a bar or an indent.
SIDES = [
    ("blockquote", "borderRightWidth", "borderLeftWidth"),
    (".admonition", "borderRightWidth", "borderLeftWidth"),
    (".prose > ul", "paddingRight", "paddingLeft"),
    ("th", "paddingLeft", "paddingRight"),
    (".table-of-contents .below", "paddingRight", "paddingLeft"),
]


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Return the address of a post in Arabic."""
    site = Site(tmp_path_factory.mktemp("arabic"))
    site.post("mirror", TEXT, title="حظر شبكة", lang="ar")
    return serve(site.built()) + "/ar/2026/01/mirror/"


def opened(browser: Browser, address: str, width: int) -> Page:
    """Return a page in a window of a width."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    return page


def test_bars_and_indents_are_on_the_right(browser: Browser, arabic: str) -> None:
    page = opened(browser, arabic, 1200)
    measured = {
        selector: page.locator(selector).first.evaluate(
            "(each, names) => names.map(name => parseFloat(getComputedStyle(each)[name]))", [wide, narrow]
        )
        for selector, wide, narrow in SIDES
    }

    assert all(wide > narrow for wide, narrow in measured.values()), measured
    assert page.locator(".margin").first.bounding_box()["x"] > page.locator("h1").bounding_box()["x"]  # type: ignore[index]
    page.close()


@pytest.mark.parametrize("selector", ["p > code", ".highlight", ".highlight pre", ".snippet-verdict"])
def test_code_and_what_is_said_of_it_run_from_left_to_right(browser: Browser, arabic: str, selector: str) -> None:
    page = opened(browser, arabic, 1200)

    assert page.locator(selector).first.evaluate("each => getComputedStyle(each).direction") == "ltr"
    page.close()


@pytest.mark.parametrize("width", [320, 1200])
def test_it_is_as_wide_as_the_window_and_accessible(browser: Browser, arabic: str, axe: Path, width: int) -> None:
    page = opened(browser, arabic, width)
    page.evaluate(axe.read_text(encoding="utf-8"))

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [each["id"] for each in page.evaluate("axe.run()")["violations"]] == []
    page.close()
