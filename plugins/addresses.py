"""Which pages a site has, and at which addresses: a Pelican plugin that keeps a theme from linking to missing pages.

Settings decide whether there are pages of tags, authors and years, and where. It adds to templates:

- `tag|own_page`: the address of the page of a tag, a category, an author or a series;
- `list_page("archives")`: that of a page in DIRECT_TEMPLATES;
- `address_of_file(output_file)`: that of the page itself;
- `period_page(post.date, "year")`: that of the archive of a year, month or day.

Each is empty if there is no such page, and begins below the root of the site: `from_root(address)` puts that before it,
unless it is an address on another site.

A setting for an address that does not match the one for its file is corrected before anything is read, and a `Save_as:`
in the header of a post needs no `URL:` beside it.
"""

import logging
import re
from datetime import datetime
from typing import Any

from jinja2 import pass_context
from pelican import Pelican, signals
from pelican.urlwrappers import URLWrapper

log = logging.getLogger(__name__)

_INDEX = re.compile(r"(?:^|(?<=/))index\.html$")
_ON_THIS_SITE = re.compile(r"(?!/|#|\?|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
#: The lists in Pelican's context of what may have a page each, by the template of such a page.
LISTS = {"tag": "tags", "category": "categories", "author": "authors", "series": "series_list"}
#: Pages of lists, as their settings begin.
_PAGES_OF_LISTS = (*map(str.upper, LISTS), "YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE")
_SAVE_AS = "_SAVE_AS"
_INDEX_FILE = "index.html"


def address_of_file(save_as: str) -> str:
    """Return the address of a file of the site: that of its folder for an index.html."""
    return _INDEX.sub("", save_as)


def from_root(root: str, address: str) -> str:
    """Return an address with the root of the site before it, if it has no leading slash and names no other site."""
    return f"{root}/{address}" if _ON_THIS_SITE.match(address) else address


def list_page(settings: dict[str, Any], name: str) -> str:
    """Return the address of one of Pelican's direct templates, such as `archives`; empty if it has no page."""
    file = list_file(settings, name)
    return str(settings.get(f"{name.upper()}_URL") or address_of_file(file)) if file else ""


def list_file(settings: dict[str, Any], name: str) -> str:
    """Return the file of one of Pelican's direct templates below the root of the site; empty if it has none."""
    is_there = name in settings["DIRECT_TEMPLATES"]
    return str(settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html") or "") if is_there else ""


def period_page(settings: dict[str, Any], date: datetime, period: str) -> str:
    """Return the address of the archive of the `year`, `month` or `day` of a date; empty if there is none."""
    setting = f"{period.upper()}_ARCHIVE"
    save_as = settings[f"{setting}_SAVE_AS"]
    if not save_as:
        return ""
    return str(settings[f"{setting}_URL"] or address_of_file(str(save_as))).format(date=date)


def leads_to(address: str, file: str) -> bool:
    """Whether any host shows a file at an address: both are patterns of the settings, below the root of the site."""
    address, file = address.strip("/"), file.lstrip("/")
    return file in (address, f"{address}.html", f"{address}/{_INDEX_FILE}".lstrip("/"))


def fit_together(settings: dict[str, Any]) -> None:
    """Make each file of the settings fit its address, in place.

    `TAG_SAVE_AS = TAG_URL + "index.html"` means a file in a folder, and the address itself if that is a file's. Where
    the two of a list lead to different places, the address becomes that of the file, with a warning.
    """
    for name in [name.removesuffix(_SAVE_AS) for name in settings if name.endswith(_SAVE_AS)]:
        address, file = settings.get(f"{name}_URL"), settings[f"{name}{_SAVE_AS}"]
        if not (isinstance(address, str) and isinstance(file, str) and address and file):
            continue
        if file == address + _INDEX_FILE and not address.endswith("/"):
            settings[f"{name}{_SAVE_AS}"] = address if address.endswith(".html") else f"{address}/{_INDEX_FILE}"
        elif name in _PAGES_OF_LISTS and not leads_to(address, file):
            settings[f"{name}_URL"] = address_of_file(file)
            log.warning("%s_URL leads to %s, but the file is %s: links lead to that", name, address, file)


def lead_to_own_file(content: Any) -> None:
    """Give a post, page or file of Pelican's that says where it is saved, and no address, that of its file."""
    if hasattr(content, "override_save_as") and not hasattr(content, "override_url"):
        content.override_url = address_of_file(str(content.override_save_as))


class Addresses:
    """The addresses of one site. `context` is Pelican's, which has the lists when all sources are read."""

    def __init__(self, settings: dict[str, Any], context: dict[str, Any]) -> None:
        self.settings, self.context = settings, context
        self._listed: dict[str, set[str]] = {}

    def own_page(self, thing: URLWrapper) -> str:
        """The address of the page of a tag, a category, an author or a series; empty if it has none, such as the tag of
        a draft.
        """
        template = type(thing).__name__.lower()
        has_pages = self.settings.get(f"{template.upper()}_SAVE_AS") and thing.save_as
        if not has_pages or thing.slug not in self._slugs(LISTS[template]):
            return ""
        return str(thing.url)

    def _slugs(self, name: str) -> set[str]:
        if name not in self._listed:
            self._listed[name] = {thing.slug for thing, _ in self.context.get(name, ()) if thing.slug}
        return self._listed[name]

    def list_page(self, name: str) -> str:
        """The address of one of the direct templates."""
        return list_page(self.settings, name)

    def period_page(self, date: datetime, period: str) -> str:
        """The address of an archive."""
        return period_page(self.settings, date, period)


def extend_templates(generator: Any) -> None:
    """Add all of this to the templates of a Pelican generator."""
    addresses = Addresses(generator.settings, generator.context)
    generator.env.filters["own_page"] = addresses.own_page
    generator.env.globals["address_of_file"] = address_of_file
    generator.env.globals["from_root"] = pass_context(lambda context, to: from_root(str(context["SITEURL"]), to))
    generator.env.globals["list_page"] = addresses.list_page
    generator.env.globals["period_page"] = addresses.period_page


def begin(pelican: Pelican) -> None:
    """Mend the settings of a site before its first source is read."""
    fit_together(pelican.settings)


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(begin)
    signals.generator_init.connect(extend_templates)
    signals.content_object_init.connect(lead_to_own_file)
