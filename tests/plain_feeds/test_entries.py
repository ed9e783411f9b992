"""plugins/plain_feeds/: feeds of the site and of its tags, in three formats, alike in a preview and when published.

They are held here to what the feed validators of the W3C and of jsonfeed.org ask for: RFC 4287, RFC 3339, the RSS
Advisory Board's profile, and JSON Feed 1.1.
"""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from conftest import Site
from plain_feeds.plain_form import KEPT
from site_pages import LOAD_BALANCE, entries


def test_the_feed_is_plain_and_whole(whole_site: Site) -> None:
    """The post on load balancing has its verdict and the commands to type today, and nothing of the page's workings."""
    newer, _ = entries(whole_site.output / "feeds/all.atom.xml")
    content = newer["content"]
    names = {
        name
        for tag in re.findall(r"<\w+((?: [\w-]+=\"[^\"]*\")*)", content)
        for name in re.findall(r"[\w-]+(?==)", tag)
    }

    assert "Refused since iptables 1.4.11." in content
    assert "--every 3 --packet 0 -j SNAT --to 192.168.1.201\n" in content
    assert names <= {"href"}
    assert set(re.findall(r"<(\w+)", content)) <= {*KEPT}
    assert newer["link"].endswith(f"/{LOAD_BALANCE}/")


def test_a_previews_feed_names_the_public_site(site: Site) -> None:
    """SETTINGS.md: `CANONICAL_SITE` is what feed links name, even in a preview."""
    site.settings('CANONICAL_SITE = FEED_DOMAIN = "https://example.org"')
    site.post("first", "[this](/tags/) and a note[^1]\n\n[^1]: here\n", title='A "title" -- typed')
    feed = (site.built() / "feeds/all.atom.xml").read_text(encoding="utf-8")
    (entry,) = entries(site.output / "feeds/all.atom.xml")

    assert entry["link"] == "https://example.org/2026/01/first/"
    assert entry["title"] == 'A "title" -- typed'
    assert "<id>tag:example.org,2026-01-01:/2026/01/first/</id>" in feed
    assert "<id>https://example.org/</id>" in feed
    assert 'href="https://example.org/tags/"' in entry["content"]
    assert 'href="https://example.org/2026/01/first/#fn:1"' in entry["content"]


@pytest.mark.parametrize(("save_as", "leads_to"), [('"tags/{slug}/index.html"', "/tags/linux/"), ('""', "/")])
def test_the_feed_of_a_tag_leads_to_its_page_if_there_is_one(site: Site, save_as: str, leads_to: str) -> None:
    """Else to the front page: a feed is published even then."""
    site.settings(f"TAG_SAVE_AS = {save_as}")
    site.post("first", tags="Linux")
    assert site.build("publishconf.py", SITEURL="https://example.org").returncode == 0

    feed = (site.output / "feeds/tags/linux.atom.xml").read_text(encoding="utf-8")
    assert f'<link href="https://example.org{leads_to}" rel="alternate"' in feed


ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://[^/]+/"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": {"name": TEXT}, "required": ["name"], "additionalProperties": False},
}
#: https://www.jsonfeed.org/version/1.1/, as far as it is used here.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items", "home_page_url", "feed_url"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "description": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "language": TEXT,
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_html", "date_published", "authors", "language"],
                "additionalProperties": False,
                "properties": {
                    **dict.fromkeys(("id", "title", "summary", "language"), TEXT),
                    **dict.fromkeys(("url", "image"), ADDRESS),
                    **dict.fromkeys(("date_published", "date_modified"), MOMENT),
                    "content_html": {"type": "string"},
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": TEXT, "uniqueItems": True},
                },
            },
        },
    },
}


class Addresses(HTMLParser):
    """The addresses in some HTML, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take them."""
        has = dict(attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "poster", "cite")]
        self.addresses += [each.split()[0] for each in (has.get("srcset") or "").split(",") if each.strip()]
        self.ids.add(has.get("id") or "")


def is_whole(html: str, url: str) -> bool:
    """Whether all addresses are whole, and each link to a place in the entry finds it there."""
    found = Addresses(html)
    within = [each.partition("#")[2] for each in found.addresses if each.startswith(f"{url}#")]
    return all(re.match(r"https?://[^/]+/|mailto:", each) for each in found.addresses) and {*within} <= found.ids


def check_atom(file: Path) -> list[ElementTree.Element]:
    """Hold a feed to RFC 4287, and return its entries."""
    feed = ElementTree.parse(file).getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert [each.text for each in element.findall(f"{ATOM}author/{ATOM}name")]
        assert re.match(r"(https?|tag):\S+$", element.findtext(f"{ATOM}id") or "")
        relations = [(link.get("rel"), link.get("href")) for link in element.findall(f"{ATOM}link")]
        assert all(re.match(r"https?://[^/]+/", href or "") for _, href in relations)
        assert len({*relations}) == len(relations) and relations[0][0] == "alternate"
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len({*ids}) == len(ids) and None not in ids
    for entry in entries:
        assert is_whole(entry.findtext(f"{ATOM}content") or "", entry.find(f"{ATOM}link").attrib["href"])  # type: ignore[union-attr]
    return entries


def check_rss(file: Path) -> None:
    """Hold a feed to the profile of the RSS Advisory Board."""
    (channel,) = ElementTree.parse(file).getroot()
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert channel.find(f"{ATOM}link").attrib["rel"] == "self"  # type: ignore[union-attr]
    for item in channel.findall("item"):
        assert item.findtext("title") and (item.findtext("link") or "").startswith("https://")
        assert item.find("guid").attrib == {"isPermaLink": "false"}  # type: ignore[union-attr]
        parsedate_to_datetime(item.findtext("pubDate") or "")
        assert item.findtext("{http://purl.org/dc/elements/1.1/}creator")


def check_json(file: Path) -> list[dict[str, Any]]:
    """Hold a feed to JSON Feed 1.1, and return its items."""
    feed = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(feed, JSON_FEED)
    assert all(is_whole(item["content_html"], item["url"]) for item in feed["items"])
    return [*feed["items"]]


MEANING = """\
<details><summary>Q</summary>A</details>

[other](../other/) and a note[^1]; ![](/images/a.png) <video src="v.mp4" poster="p.png" title="Film"></video>

[^1]: here &#12;
"""
RICH = """DEAD_LINKS = ""
FEED_ALL_RSS, FEED_RSS_SUMMARY_ONLY = "feeds/all.rss.xml", False
TAG_FEED_RSS = "feeds/tags/{slug}.rss.xml"
"""


def test_all_feeds_are_valid_and_alike_in_a_preview_and_when_published(site: Site) -> None:
    """Each is named by the pages that it is about, and by no other; entries have all that is known of a post."""
    site.settings(RICH)
    site.post("one", MEANING, tags="all, R & D", modified="2026-02-03", title="`x` & <y>")
    site.post("two", "Text\n", tags="all", lang="es")
    feeds = site.built() / "feeds"
    preview = {file.relative_to(feeds).as_posix(): file.read_bytes() for file in feeds.rglob("*.*")}

    assert sorted(preview) == [
        "all.atom.xml", "all.json", "all.rss.xml",
        "tags/all.atom.xml", "tags/all.rss.xml", "tags/r-and-d.atom.xml", "tags/r-and-d.rss.xml",
    ]  # fmt: skip
    for file in feeds.rglob("*.atom.xml"):
        check_atom(file)
    for file in feeds.rglob("*.rss.xml"):
        check_rss(file)
    (one,) = check_atom(feeds / "tags/r-and-d.atom.xml")
    assert [each.get("term") for each in one.findall(f"{ATOM}category")] == ["all", "R & D"]
    assert one.findtext(f"{ATOM}updated", "").startswith("2026-02-03")
    items = {item["url"].split("/")[-2]: item for item in check_json(feeds / "all.json")}
    assert items["two"]["language"] == "es"
    assert (items["one"]["title"], items["one"]["tags"]) == ("x & <y>", ["all", "R & D"])
    assert "A</div>" in items["one"]["content_html"] and ">Film</a>" in items["one"]["content_html"]
    named = re.findall(r'rel="alternate" type="([^"]*)"[^>]* href="/([^"]*)"', site.page("tags/r-and-d"))
    assert [address for _, address in named if address.startswith("feeds/")] == [
        "feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json",
        "feeds/tags/r-and-d.atom.xml", "feeds/tags/r-and-d.rss.xml",
    ]  # fmt: skip

    site.built("publishconf.py")
    assert {name: (feeds / name).read_bytes() for name in preview} == preview


def test_a_site_without_feeds_or_posts(site: Site) -> None:
    """No page names a feed that is not there, and a feed without posts does not tell the time."""
    site.settings("FEED_ALL_ATOM = TAG_FEED_ATOM = None")
    empty = site.built() / "feeds/all.json"
    assert check_json(empty) == []
    assert "atom+xml" not in (site.output / "index.html").read_text(encoding="utf-8")

    site.settings('FEED_ALL_JSON = None\nFEED_ALL_ATOM = "feeds/all.atom.xml"')
    assert check_atom(site.built() / "feeds/all.atom.xml") == []
    assert "<updated>1970-01-01T00:00:00" in (site.output / "feeds/all.atom.xml").read_text(encoding="utf-8")
    assert not empty.exists()
