"""Limits of hosts, reported when a site exceeds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drytables.pelican_plugin.further_checks import Trouble

from .facts.loads import SCRIPTS, STYLES
from .facts.pages import Page
from .files.netlify_cloudflare import (
    HEADERS,
    LONGEST_HEADER_LINE,
    LONGEST_REDIRECT,
    MOST_HEADER_RULES,
    MOST_REDIRECTS,
    REDIRECTS,
    read_by_cloudflare,
)  # fmt: skip
from .wanted import POLICY


def beyond_limits(files: Mapping[str, str]) -> Iterator[Trouble]:
    """Warn of what Cloudflare Pages would read over in `_headers` and `_redirects`, by the names of files."""
    lines = files.get(HEADERS, "").splitlines()
    rules = sum(not line.startswith(" ") for line in lines)
    if rules > MOST_HEADER_RULES:
        yield _warning(HEADERS, f"has {rules} rules, of which Cloudflare Pages reads the first {MOST_HEADER_RULES}")
    longest = max(lines, key=len, default="")
    if len(longest) > LONGEST_HEADER_LINE:
        name = longest.strip().partition(":")[0]
        words = f"has a line of {len(longest)} characters, `{name}`, and Cloudflare Pages reads over one of more than "
        yield _warning(HEADERS, f"{words}{LONGEST_HEADER_LINE}; move styles and scripts out of the pages")
    redirects = files.get(REDIRECTS, "").splitlines()
    rules = read_by_cloudflare(redirects)
    if rules > MOST_REDIRECTS:
        yield _warning(REDIRECTS, f"has {rules} rules for Cloudflare Pages, which reads the first {MOST_REDIRECTS}")
    long = next((line for line in redirects if len(line) > LONGEST_REDIRECT), None)
    if long is not None:
        words = f"has a line of {len(long)} characters, and Cloudflare Pages reads over one of more than "
        yield _warning(REDIRECTS, f"{words}{LONGEST_REDIRECT}: {long[:60]}…")


def scripts_from_elsewhere(pages: Mapping[str, Page], sources: Mapping[str, object]) -> Iterator[Trouble]:
    """Warn of what pages load from elsewhere and what may itself load more, unless the settings say what that is."""
    first: dict[str, str] = {}
    for name, page in pages.items() if not sources else ():
        for load in page.loads:
            if load.directive in (SCRIPTS, STYLES) and "://" in load.source:
                first[load.source] = min(name, first.get(load.source, name))
    for source, name in sorted(first.items()):
        words = f"loads scripts or styles from {source}; what those load in turn is forbidden."
        advice = f'Say what that is, or [] for nothing: {POLICY} = {{"font-src": ["{source}"]}}'
        yield _warning(name, f"{words} {advice}")


def _warning(name: str, words: str) -> Trouble:
    return Trouble(name, words, "warning")
