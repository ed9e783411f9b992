"""The plain form of a post, for feed readers: a Pelican plugin.

A feed reader has its own style and its own keyboard handling. What a page adds for its readers (classes, Tab stops,
sentences that appear under a word, drawings, collapsed lists) is useless there, or shows as clutter. So a feed gets the
words, the code and the verdict on it as paragraphs, in elements that all feed readers know.

A feed leaves the site, so all its addresses are absolute: those of a preview name the public site (CANONICAL_SITE).

A page may contain control characters, written as `&#12;`; a feed may not (XML 1.0, 2.2), so they are left out.
"""

from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from feedgenerator import get_tag_uri
from languages.feeds import name_languages, turned
from pelican import signals
from xml_characters import fit_for_xml

#: Elements that stay, and the attributes they keep.
KEPT: dict[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title", "width", "height"),
    "video": ("src", "controls", "width", "height"),
    "audio": ("src", "controls"),
    "abbr": ("title",),
    "time": ("datetime",),
    "ol": ("start",),
    "th": ("colspan", "rowspan", "scope"),
    "td": ("colspan", "rowspan"),
    "q": ("cite",),
    "blockquote": ("cite",),
    **{f"h{level}": () for level in range(1, 7)},
    **dict.fromkeys(
        ("p", "ul", "li", "dl", "dt", "dd", "pre", "hr", "br", "table", "caption", "thead", "tbody", "tr"), ()
    ),
    **dict.fromkeys(("code", "kbd", "samp", "em", "strong", "i", "b", "del", "ins", "sub", "sup"), ()),
}
#: Elements that are dropped with everything in them.
DROPPED = frozenset({"svg", "button", "script", "style", "details", "template"})
EMPTY = frozenset({"br", "hr", "img"})

#: Attributes that contain an address.
ADDRESSES = frozenset({"href", "src", "cite"})


class PlainForm(HTMLParser):
    """Rewrites HTML with only what is in `KEPT`; the text of other elements stays, except for those in `DROPPED`.

    `address` is that of the page, against which relative addresses are resolved; without it they stay unchanged.
    """

    def __init__(self, address: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.pieces: list[str] = []
        self.dropped: list[str] = []
        self.is_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep, unwrap or drop an element."""
        if self.dropped:
            self.dropped += [tag] if tag not in EMPTY else []
        elif tag in DROPPED:
            self.dropped.append(tag)
        elif self._is_kept(tag):
            kept = [(name, escape(self._whole(name, value or ""))) for name, value in attrs if name in KEPT[tag]]
            self.pieces.append(f"<{tag}" + "".join(f' {name}="{value}"' for name, value in kept) + ">")
        self.is_code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """End an element that was kept, or one that was dropped."""
        if self.dropped:
            while self.dropped and self.dropped.pop() != tag:
                pass
        elif self._is_kept(tag) and tag not in EMPTY:
            self.pieces.append(f"</{tag}>")
        self.is_code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self.dropped:
            self.pieces.append(escape(data, quote=False))

    def _whole(self, name: str, value: str) -> str:
        """The value of an attribute, with an address made absolute."""
        if name not in ADDRESSES:
            return value
        try:
            return urljoin(self.address, value)
        except ValueError:  # what looks like an address but is not one, such as `http://[`
            return value

    def _is_kept(self, tag: str) -> bool:
        """Whether an element stays; markup within code is only for the page, like its colours."""
        return tag in KEPT and not (self.is_code and tag == "b")


def plain(html: str, address: str = "") -> str:
    """Return a post's HTML in the form for feed readers; `address` is that of the post."""
    form = PlainForm(address)
    form.feed(html)
    form.close()
    return fit_for_xml("".join(form.pieces))


def make_plain(context: dict[str, Any], feed: Any) -> None:
    """Give a feed and its entries absolute addresses and their languages, and each entry its plain form and the title
    that its author typed.

    `context` is Pelican's, `feed` a feedgenerator feed.
    """
    site = str(context.get("CANONICAL_SITE") or context["SITEURL"]).rstrip("/") + "/"
    posts = {f"{site}{each.url}": each for post in context["articles"] for each in (post, *post.translations)}
    feed.feed["link"] = feed.feed["id"] = urljoin(site, feed.feed["link"])
    for entry in feed.items:
        entry["link"] = urljoin(site, entry["link"].lstrip("/"))
        entry["title"] = getattr(posts.get(entry["link"]), "raw_title", entry["title"])
        entry["unique_id"] = get_tag_uri(entry["link"], entry["pubdate"])
    name_languages(feed, {link: post.lang for link, post in posts.items()}, context["DEFAULT_LANG"])
    for entry in feed.items:
        for part in ("content", "description"):
            if entry.get(part):
                entry[part] = turned(plain(entry[part], entry["link"]), entry["language"])


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.feed_generated.connect(make_plain)
