"""The menu of a site, made from what it has: a Pelican plugin that adds `menu()`, `home()` and
`links_of("SOCIAL")` to templates.

First come the lists of posts (archives, tags and so on) that have a page, then the categories, then the pages in the
order of their `Sortorder:` and titles, and then what MENUITEMS names. Pelican's DISPLAY_PAGES_ON_MENU and
DISPLAY_CATEGORIES_ON_MENU are honoured; `Menu: no` in the header of a page leaves it out, and `Menu: yes` puts it in.

A theme names the lists in its own words: their `title` is empty, and `list` is what Pelican calls them.
"""

import math
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from addresses import address_of_file, from_root, list_file, list_page
from jinja2 import pass_context
from jinja2.runtime import Context
from languages.templates import language_of_page
from pelican import Pelican, signals

#: The lists in the order of the menu, and those that say nothing new where they would have one entry.
_LISTS = ("archives", "series_list", "categories", "tags", "authors", "search")
_OF_SEVERAL = frozenset({"authors", "categories"})
#: Settings that are lists of links: each a title and an address.
LINKS = ("MENUITEMS", "LINKS", "SOCIAL")
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0", "none"})
#: Pages that no menu leads to: the front page, which the name of the site does, and the one that hosts show.
_NOT_IN_MENU = frozenset({"index.html", "404.html"})


class Item(NamedTuple):
    """One item: its title or, for a list, the name of that; its address; whether it leads to the page it is on; and the
    language of its title, if that is known.
    """

    title: str
    address: str
    is_current: bool = False
    list: str = ""
    language: str = ""


def wrong_links(settings: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each setting that should be a list of titles and addresses, and is not."""
    for name in LINKS:
        links = settings.get(name) or ()
        if not isinstance(links, list | tuple) or not all(
            isinstance(each, list | tuple) and len(each) >= 2 and each[0] and isinstance(each[1], str) for each in links
        ):
            yield (
                f"{name} must be a list of pairs, each a title and an address, such as "
                f'{name} = [("Source code", "https://example.org/")]'
            )


def links_of(settings: dict[str, Any], name: str, root: str) -> list[Item]:
    """Return the links of a setting. An address without a leading slash is taken as one below `root`, the site's."""
    links = [(str(title), str(address)) for title, address, *_ in settings.get(name) or ()]
    return [Item(title, from_root(root, address)) for title, address in links]


def _is_on_menu(page: Any, is_shown: bool) -> bool:
    wish = str(getattr(page, "menu", "")).strip().lower()
    if not page.save_as or page.save_as in _NOT_IN_MENU or wish in _NO:
        return False
    return is_shown or wish in _YES


def _order(page: Any) -> tuple[float, str, str]:
    """Pages without a number come last."""
    try:
        place = float(getattr(page, "sortorder", math.inf))
    except ValueError:
        place = math.inf
    return math.inf if math.isnan(place) else place, str(page.title).casefold(), page.url


class Menu:
    """The menu of one site. `context` is Pelican's, which has the pages when all sources are read."""

    def __init__(self, settings: dict[str, Any], context: dict[str, Any]) -> None:
        self.settings, self.context = settings, context

    def items(self, root: str, here: str, language: str) -> Iterator[Item]:
        """Yield the items of the menu, with addresses below `root`, as the page in the file `here` shows them, which is
        in a language. A page that is translated into that is linked in its translation.
        """
        for item, file in self._entries:
            yield item._replace(address=f"{root}/{item.address}", is_current=file == here)
        for page in self._pages:
            shown = next((each for each in getattr(page, "versions", ()) if each.lang == language), page)
            yield Item(shown.title, f"{root}/{shown.url}", shown.save_as == here, language=shown.lang)
        for item in links_of(self.settings, "MENUITEMS", root):
            yield item._replace(is_current=item.address == f"{root}/{address_of_file(here)}")

    def home(self, root: str, here: str) -> Item:
        """The front page: the list of posts, unless that is elsewhere and a page takes its place."""
        pages = (*(self.context.get("pages") or ()), *(self.context.get("hidden_pages") or ()))
        is_page = any(page.save_as == "index.html" for page in pages)
        file = "index.html" if is_page else list_file(self.settings, "index")
        address = "" if file in ("", "index.html") else list_page(self.settings, "index")
        return Item("", f"{root}/{address}", is_current=file == here)

    @cached_property
    def _entries(self) -> list[tuple[Item, str]]:
        """What the site itself has for the menu besides pages, each with its file; the same everywhere."""
        return [*self._lists(), *self._categories()]

    def _lists(self) -> Iterator[tuple[Item, str]]:
        front = list_file(self.settings, "index")
        if front not in ("", "index.html"):
            yield Item("", list_page(self.settings, "index"), list="index"), front
        for name in _LISTS:
            file = list_file(self.settings, name)
            if file and (name not in _OF_SEVERAL or len(self.context.get(name) or ()) > 1):
                yield Item("", list_page(self.settings, name), list=name), file

    def _categories(self) -> Iterator[tuple[Item, str]]:
        if self.settings["DISPLAY_CATEGORIES_ON_MENU"] and self.settings["CATEGORY_SAVE_AS"]:
            for category, _ in self.context.get("categories") or ():
                yield Item(str(category), category.url), str(category.save_as)

    @cached_property
    def _pages(self) -> list[Any]:
        """The pages on the menu, in its order."""
        is_shown = bool(self.settings["DISPLAY_PAGES_ON_MENU"])
        return [page for page in sorted(self.context.get("pages") or (), key=_order) if _is_on_menu(page, is_shown)]


def refuse_wrong_links(pelican: Pelican) -> None:
    """End the program if a setting is not a list of links."""
    wrong = [*wrong_links(pelican.settings)]
    if wrong:
        sys.exit(f"error: {'; '.join(wrong)}")


def extend_templates(generator: Any) -> None:
    """Add the functions to the templates of a Pelican generator."""
    menu = Menu(generator.settings, generator.context)

    @pass_context
    def items(context: Context) -> list[Item]:
        here = str(context.get("output_file", ""))
        return [*menu.items(str(context["SITEURL"]), here, language_of_page(context))]

    @pass_context
    def home(context: Context) -> Item:
        return menu.home(str(context["SITEURL"]), str(context.get("output_file", "")))

    @pass_context
    def links(context: Context, name: str) -> list[Item]:
        return links_of(generator.settings, name, str(context["SITEURL"]))

    generator.env.globals["menu"] = items
    generator.env.globals["home"] = home
    generator.env.globals["links_of"] = links


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(refuse_wrong_links)
    signals.generator_init.connect(extend_templates)
