"""The page for a missing address: the site's own 404 page, with the addresses that may be meant."""

import re
from html import escape
from urllib.parse import quote

_PARAGRAPH = re.compile(rb"</p\s*>", re.IGNORECASE)
_PLACES = (re.compile(rb"</main\s*>", re.IGNORECASE), re.compile(rb"</body\s*>", re.IGNORECASE))
_PLAIN = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Page not found</title>
<main>
<h1>Page not found</h1>
<p>This site has no page of its own to say so (<code>404.html</code>).</p>
</main>
"""


def missing_page(own: bytes | None, address: str, nearest: tuple[str, ...]) -> bytes:
    """Return the HTML for an address that has nothing, from the site's own page if it has one."""
    page = own or _PLAIN
    if not nearest:
        return page
    block = _block(address, nearest).encode()
    for place in _PLACES:
        ends = [found.start() for found in place.finditer(page)]
        if ends:
            # Where the last paragraph stands, so that this is set as the theme sets text.
            paragraphs = [found.end() for found in _PARAGRAPH.finditer(page, 0, ends[-1])]
            at = paragraphs[-1] if paragraphs else ends[-1]
            return page[:at] + block + page[at:]
    return page + block


def _block(address: str, nearest: tuple[str, ...]) -> str:
    links = "".join(f'<li><a href="{escape(quote(each))}">{escape(each)}</a></li>\n' for each in nearest)
    return f"<p>The preview has nothing at <code>{escape(address)}</code>. Close to it are:</p>\n<ul>\n{links}</ul>\n"
