"""Pages and feeds of a site that was built, taken apart for the tests."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

from conftest import Site

LOAD_BALANCE = "2012/03/load-balance-between-source-ips-in-linux"
TWO_COMMITS = "2012/03/my-two-commits-to-the-linux-kernel"
HOME = "https://www.woitasen.com.ar"


#: Attributes that lead somewhere.
_LINKS = ("href", "src")


class Page(HTMLParser):
    """A page, taken apart: its elements with their attributes, and the text of those that hold words."""

    TEXTS = {"title", "h1", "p", "li", "pre", "script", "time"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element, and begin a text if it holds one."""
        self.elements.append((tag, dict(attrs)))
        if tag in self.TEXTS:
            self._open.append((tag, []))

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if self._open and self._open[-1][0] == tag:
            self.texts.append((tag, "".join(self._open.pop()[1])))

    def handle_data(self, data: str) -> None:
        """Add to every text that is open."""
        for _, pieces in self._open:
            pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Return the attributes of each `tag` that has these attributes."""
        return [has for name, has in self.elements if name == tag and attributes.items() <= has.items()]

    def text(self, tag: str) -> list[str]:
        """Return the text of each `tag`."""
        return [text for name, text in self.texts if name == tag]

    def meta(self, name: str) -> str | None:
        """Return what the page's head says of `name`."""
        found = [each for each in self.all("meta") if name in (each.get("name"), each.get("property"))]
        return found[0]["content"] if found else None


def dead_links(output: Path, root: str = "") -> list[tuple[str, str]]:
    """Return every link of the pages in a folder that leads to no file or id there, after the page that it is on.

    `root` is the path at which a host shows the folder, such as `/blog`; what is on other hosts is not looked at.
    """
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in output.rglob("*.html")}
    ids = {file: {has.get("id") for _, has in page.elements} for file, page in pages.items()}
    dead = []
    for file, page in pages.items():
        here = f"https://host{root}/{quote(file.relative_to(output).as_posix())}"
        for target in (str(has[name]) for _, has in page.elements for name in _LINKS if has.get(name) is not None):
            address = urlsplit(urljoin(here, target))
            if address.netloc == "host" and not _is_there(output, address, root, ids):
                dead.append((file.relative_to(output).as_posix(), target))
    return dead


def _is_there(output: Path, address: SplitResult, root: str, ids: dict[Path, set[str | None]]) -> bool:
    if not f"{address.path}/".startswith(f"{root}/"):
        return False
    there = output / unquote(address.path.removeprefix(root)).lstrip("/")
    there = there / "index.html" if there.is_dir() else there
    return there.is_file() and (not address.fragment or unquote(address.fragment) in ids.get(there, {address.fragment}))


def page_of(site: Site, address: str) -> Page:
    """Return a page of a site that was built."""
    return Page(site.page(address))


def entries(feed: Path) -> list[dict[str, Any]]:
    """Return what each entry of an Atom feed says."""
    atom = "{http://www.w3.org/2005/Atom}"
    return [
        {
            "title": entry.findtext(f"{atom}title"),
            "link": entry.find(f"{atom}link").attrib["href"],  # type: ignore[union-attr]
            "published": entry.findtext(f"{atom}published"),
            "summary": entry.findtext(f"{atom}summary"),
            "content": entry.findtext(f"{atom}content"),
        }
        for entry in ElementTree.parse(feed).getroot().findall(f"{atom}entry")
    ]
