"""Lighthouse, as search engines and hosts run it: a telephone on a slow line, 100 in everything.

How fast a page is depends on what else the machine does, so `make test` leaves that out. To have it too:

    LIGHTHOUSE=all .venv/bin/pytest tests/browser/test_lighthouse.py
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import NODE_MODULES, NPM, STRICT_POLICY, Site, need

PAGES = ["/", "/2012/03/load-balance-between-source-ips-in-linux/", "/2012/03/my-two-commits-to-the-linux-kernel/"]
CATEGORIES = ["accessibility", "best-practices", "seo"]
RUNS = 1
if os.environ.get("LIGHTHOUSE") == "all":
    CATEGORIES, RUNS = ["performance", *CATEGORIES], 5


def judged(addresses: list[str], executable: str) -> list[dict[str, Any]]:
    """Return for each page what Lighthouse gives it in each category, of 100, and the names of what fell short."""
    node = need(shutil.which("node"), "Node", "apt-get install nodejs")
    need(NODE_MODULES / "lighthouse/core/index.js", "Lighthouse", NPM)
    program = Path(__file__).with_name("lighthouse.mjs")
    command = [node, str(program), executable, ",".join(CATEGORIES), *addresses]
    told = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def test_lighthouse(chromium: str, whole_site: Site, serve: Callable[..., str]) -> None:
    """The front page and both posts have 100 each time.

    Where speed is asked for, the best of some runs counts, since other programs delay a page.
    """
    # Lighthouse asks for robots.txt from within the page, which the strict policy does not let a page do.
    home = serve(whole_site.output, STRICT_POLICY + "; connect-src 'self'")
    best = {page: dict.fromkeys(CATEGORIES, 0) for page in PAGES}
    fell_short: dict[str, list[str]] = {}
    for _ in range(RUNS):
        if not (pages := [page for page in PAGES if set(best[page].values()) != {100}]):
            break
        for page, found in zip(pages, judged([home + page for page in pages], chromium), strict=True):
            best[page] = {name: max(score, best[page][name]) for name, score in found["scores"].items()}
            fell_short[page] = found["short"]

    assert best == {page: dict.fromkeys(CATEGORIES, 100) for page in PAGES}, fell_short
