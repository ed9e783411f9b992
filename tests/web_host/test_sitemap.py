"""The sitemap is valid, lists what readers may find and nothing else, and says when that changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import NODE_MODULES, NPM, Site, need
from web_host.facts.entry import Entry
from web_host.files.sitemap import sitemaps

lxml = pytest.importorskip("lxml.etree", reason="lxml is missing; install it with: make setup-for-tests")

_NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "h": "http://www.w3.org/1999/xhtml"}
#: The protocol's schema leaves links to XHTML's, of which they are one element.
_LINK = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
<xs:element name="link"><xs:complexType><xs:attribute name="rel" use="required" fixed="alternate"/>
<xs:attribute name="hreflang" type="xs:language" use="required"/>
<xs:attribute name="href" type="xs:anyURI" use="required"/></xs:complexType></xs:element></xs:schema>"""
_BOTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="{protocol}"/>
<xs:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="{link}"/></xs:schema>"""


@pytest.fixture
def schema(tmp_path: Path) -> Any:
    """Return the protocol's own schema, with that of links."""
    protocol = need(NODE_MODULES / "sitemap/schema/sitemap.xsd", "the sitemap protocol's schema", NPM)
    link, both = tmp_path / "link.xsd", tmp_path / "both.xsd"
    link.write_text(_LINK, encoding="utf-8")
    both.write_text(_BOTH.format(protocol=protocol.as_uri(), link=link.as_uri()), encoding="utf-8")
    return lxml.XMLSchema(lxml.parse(both))


def entries(sitemap: str) -> dict[str, str]:
    """When each address changed; empty if that is not said."""
    found = ElementTree.fromstring(sitemap).findall("s:url", _NAMES)
    return {str(each.findtext("s:loc", "", _NAMES)): str(each.findtext("s:lastmod", "", _NAMES)) for each in found}


@pytest.mark.starts_programs
def test_a_sitemap_is_valid_by_the_schema_of_the_protocol(published: Site, schema: Any) -> None:
    schema.assertValid(lxml.parse(published.output / "sitemap.xml"))


#: Each page of the site in conftest.py that is listed, and when it changed. A list of posts does so with each of them,
#: and a page in another language names no day of its translation.
LISTED = {
    "": "2026-02-03T04:05:00-03:00", "2026/": "2026-02-03T04:05:00-03:00", "2026/01/": "2026-02-03T04:05:00-03:00",
    "archives/": "2026-02-03T04:05:00-03:00", "tags/": "2026-02-03T04:05:00-03:00",
    "tags/linux/": "2026-02-03T04:05:00-03:00", "posts/moved/": "2026-02-03T04:05:00-03:00",
    "posts/styled/": "2026-01-01", "es/2026/01/moved/": "2026-01-01",
}  # fmt: skip


@pytest.mark.starts_programs
@pytest.mark.parametrize(("site", "folder"), [("published", ""), ("below_folder", "/blog")])
def test_it_lists_what_readers_may_find_with_true_dates(site: str, folder: str, request: Any) -> None:
    built: Site = request.getfixturevalue(site)

    listed = entries((built.output / "sitemap.xml").read_text(encoding="utf-8"))

    assert listed == {f"https://localhost{folder}/{path}": when for path, when in LISTED.items()}


@pytest.mark.starts_programs
def test_translations_name_one_another(published: Site) -> None:
    root = ElementTree.parse(published.output / "sitemap.xml").getroot()

    links = [
        {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("h:link", _NAMES)}
        for url in root.findall("s:url", _NAMES)
    ]
    both = {"en": "https://localhost/posts/moved/", "es": "https://localhost/es/2026/01/moved/"}
    assert [each for each in links if each] == [both, both]


def test_a_large_site_has_an_index_of_several() -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 3, 2)]
    pages = [Entry(f"https://a.example/{day.day}&/", day) for day in days]

    files = sitemaps(pages, "https://a.example", most=2)

    assert [*files] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    index = ElementTree.fromstring(files["sitemap.xml"]).findall("s:sitemap", _NAMES)
    said = {each.findtext("s:loc", "", _NAMES): each.findtext("s:lastmod", "", _NAMES) for each in index}
    assert said == {
        "https://a.example/sitemap-1.xml": "2026-01-02",
        "https://a.example/sitemap-2.xml": "2026-01-03",
    }
    assert [*entries(files["sitemap-2.xml"])] == ["https://a.example/3&/"]


def test_a_site_without_pages_has_no_sitemap() -> None:
    assert sitemaps([], "https://a.example") == {}
