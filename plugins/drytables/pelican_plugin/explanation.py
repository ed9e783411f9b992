"""Where the site explains how commands are checked: the page that DRYTABLES_EXPLAINED_AT names, if it is there."""

from __future__ import annotations

from typing import Any

from ..formats.html.site import link_to_explanation

_FILENAME = "{filename}"
_PUBLIC = ("published", "hidden")


def address(named: str, context: dict[str, Any]) -> str:
    """Return the address, for a page of the site without a leading slash; empty if there is no such page.

    `named` is the setting. With `{filename}` it is a source of the site, perhaps with the id of a heading; otherwise it
    is an address already. `context` is Pelican's, after all sources were read.
    """
    if not named.startswith(_FILENAME):
        return named
    source, hash_sign, fragment = named.removeprefix(_FILENAME).lstrip("/").partition("#")
    page = context["generated_content"].get(source)
    if page is None or page.status not in _PUBLIC or (fragment and f'id="{fragment}"' not in page._content):
        return ""
    return f"{page.url}{hash_sign}{fragment}"


def without_links(contents: list[Any], named: str) -> None:
    """Take the links to the explanation out of posts and pages, in place: where they lead there is nothing."""
    start = link_to_explanation(named).partition(">")[0] + ">"
    for content in contents:
        if content is None or start not in content._content:
            continue
        before, *parts = content._content.split(start)
        # Typography may have changed the words of the link.
        content._content = before + "".join(part.partition("</a>")[2] for part in parts)
