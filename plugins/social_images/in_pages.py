"""What pages and links have to know of the images: where the card of a post is, and the icon itself."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pelican.generators import ArticlesGenerator

#: The card of the site, below its root, and the name of a post's in its folder.
SITE_CARD = _CARD = "card.png"
#: What the theme must have for icons.
ICON = "static/icon.svg"


def card(post: Any) -> str:
    """Return where the card of a post is, below the root of the site: `card.png` beside the post's index.html, and
    `name.card.png` beside any other name.html.
    """
    folder, slash, page = post.save_as.rpartition("/")
    name = _CARD if page == "index.html" else f"{page.removesuffix('.html')}.{_CARD}"
    return f"{folder}{slash}{name}"


def with_cards(generator: Any) -> Iterator[Any]:
    """Yield the posts that have a card of their own: the published and the hidden ones, in all languages."""
    lists = (generator.articles, generator.translations, generator.hidden_articles, generator.hidden_translations)
    return (post for post in chain(*lists) if card(post) != SITE_CARD)


def names_of_cards(generators: Sequence[Any]) -> list[str]:
    """Return the files of all cards, to which links may lead; in a preview they are named, and not drawn."""
    return [
        SITE_CARD,
        *(card(post) for each in generators if isinstance(each, ArticlesGenerator) for post in with_cards(each)),
    ]


def add_filter(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    generator.env.filters["card"] = card


def give_icon(generator: Any) -> None:
    """Give the templates the icon, if the theme has one, as an address that contains all of it."""
    file = Path(generator.settings["THEME"], ICON)
    if not file.is_file():
        return
    icon = file.read_text(encoding="utf-8")
    one_line = re.sub(r">\s+<", "><", icon.strip()).replace('"', "'")
    generator.env.globals["ICON"] = "data:image/svg+xml," + quote(one_line, safe="='/:,.-()")
