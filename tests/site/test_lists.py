"""The theme's lists: of tags, categories, authors and times, divided into pages, and linked only where they exist."""

import json

import pytest
from addresses import fit_together
from conftest import Site
from site_pages import HOME, Page, dead_links, page_of

EACH = 20
SETTINGS = """
AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
AUTHORS_SAVE_AS = "authors/index.html"
CATEGORIES_SAVE_AS = "categories/index.html"
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with one more post than a page has, all by two authors, and with every list there is."""
    site = Site(tmp_path_factory.mktemp("many"))
    site.settings(SETTINGS)
    for number in range(EACH + 1):
        site.post(f"post-{number:02}", authors="Ana Ruiz, Bo Li", category="Networks")
    site.built(settings="publishconf.py")
    return site


#: A list, and its heading.
LISTS = {
    "tags/linux": "Linux",
    "categories/networks": "Networks",
    "authors/ana-ruiz": "Ana Ruiz",
    "authors/bo-li": "Bo Li",
    "2026": "2026",
    "2026/01": "January 2026",
}


@pytest.mark.starts_programs
@pytest.mark.parametrize("address", LISTS)
def test_a_long_list_has_pages(many: Site, address: str) -> None:
    first, second = page_of(many, address), page_of(many, f"{address}/page/2")

    assert len(first.all("article")) == EACH and len(second.all("article")) == 1
    assert first.all("a", rel="next") == [{"rel": "next", "href": f"{HOME}/{address}/page/2/"}]
    assert second.all("a", rel="prev") == [{"rel": "prev", "href": f"{HOME}/{address}/"}]
    assert not first.all("a", rel="prev") and not second.all("a", rel="next")
    assert second.all("link", rel="canonical") == [{"rel": "canonical", "href": f"{HOME}/{address}/page/2/"}]
    assert first.text("h1") == [LISTS[address]] and second.text("h1") == [f"{LISTS[address]}, page 2"]
    assert first.text("title") != second.text("title")


@pytest.mark.starts_programs
def test_a_post_names_all_its_authors(many: Site) -> None:
    page = page_of(many, "2026/01/post-00")
    data = json.loads(page.text("script")[0])
    written = [each["href"] for each in page.all("a", rel="author")]

    assert written == [f"{HOME}/authors/ana-ruiz/", f"{HOME}/authors/bo-li/"]
    assert "by Ana Ruiz, Bo Li, in Networks" in page.text("p")[2]
    assert [each["content"] for each in page.all("meta", property="article:author")] == ["Ana Ruiz", "Bo Li"]
    assert page.meta("author") == "Ana Ruiz, Bo Li"
    assert [(each["name"], each["url"]) for each in data["author"]] == [
        ("Ana Ruiz", f"{HOME}/authors/ana-ruiz/"),
        ("Bo Li", f"{HOME}/authors/bo-li/"),
    ]


@pytest.mark.starts_programs
def test_there_is_a_list_of_all(many: Site) -> None:
    for address, names in {"authors": ["Ana Ruiz", "Bo Li"], "categories": ["Networks"], "tags": ["Linux"]}.items():
        page = page_of(many, address)
        listed = [text for text in page.text("li") if "posts" in text]

        assert listed == [f"{name} 21 posts" for name in names]
        assert len(page.text("title")) == 1 and page.meta("description")


def test_nothing_leads_to_lists_that_are_not_there(site: Site) -> None:
    """Nor is a post listed once more than it is there, on pages that are not divided."""
    site.settings("PAGINATED_TEMPLATES = {}")
    for number in range(EACH + 1):
        site.post(f"post-{number:02}", authors="Ana Ruiz, Bo Li", category="Networks")
    site.built()
    html = site.page("2026/01/post-00")

    assert "by Ana Ruiz, Bo Li<" in html and "/authors/" not in html and "/categories/" not in html
    assert not (site.output / "authors").exists() and not (site.output / "categories").exists()
    for address in ("", "tags/linux", "2026", "2026/01"):
        page = Page(site.page(address))
        assert len(page.all("article")) == EACH + 1 and not page.all("a", rel="next"), address


#: An address and a file of the settings, and what becomes of them.
PAIRS = {
    ("tag/{slug}.html", "tag/{slug}.html"): ("tag/{slug}.html", "tag/{slug}.html"),
    ("tag/{slug}", "tag/{slug}.html"): ("tag/{slug}", "tag/{slug}.html"),
    ("/tag/{slug}/", "tag/{slug}/index.html"): ("/tag/{slug}/", "tag/{slug}/index.html"),
    ("tag/{slug}.html", "tag/{slug}.htmlindex.html"): ("tag/{slug}.html", "tag/{slug}.html"),
    ("tag/{slug}", "tag/{slug}index.html"): ("tag/{slug}", "tag/{slug}/index.html"),
    ("tags/{slug}/", "tag/{slug}.html"): ("tag/{slug}.html", "tag/{slug}.html"),
    ("tag/{slug}.html", "tags/{slug}/index.html"): ("tags/{slug}/", "tags/{slug}/index.html"),
    ("tags/{slug}/", ""): ("tags/{slug}/", ""),
    ("", "tags/{slug}/index.html"): ("", "tags/{slug}/index.html"),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_an_address_and_its_file_fit_together(pair: tuple[str, str]) -> None:
    settings = dict(zip(("TAG_URL", "TAG_SAVE_AS"), pair, strict=True))
    fit_together(settings)

    assert tuple(settings.values()) == PAIRS[pair]


def test_a_list_is_linked_where_its_file_is(site: Site) -> None:
    """On each of its pages, and the first post's too; one setting of a pair is enough."""
    site.settings(
        """
TAG_URL = "tag/{slug}.html"
TAG_SAVE_AS = TAG_URL + "index.html"
AUTHOR_SAVE_AS = "author/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "category/{slug}.html"
PAGINATED_TEMPLATES = dict.fromkeys(PAGINATED_TEMPLATES, 1)
"""
    )
    for number in range(2):
        site.post(f"post-{number}", authors="Ana", category="Networks")
    result = site.build()
    page = page_of(site, "2026/01/post-0")
    second = Page((site.output / "tag/linux/page/2/index.html").read_text(encoding="utf-8"))

    assert page.all("a", rel="tag") == [{"rel": "tag", "href": "/tag/linux.html"}]
    assert page.all("a", rel="author") == [{"rel": "author", "href": "/author/ana.html"}]
    assert page.all("a", href="/category/networks.html")
    assert second.all("a", rel="prev") == [{"rel": "prev", "href": "/tag/linux.html"}]
    assert page_of(site, "page/2").all("a", rel="prev") == [{"rel": "prev", "href": "/"}]
    assert dead_links(site.output) == []
    assert "AUTHOR_URL leads to authors/{slug}/, but the file is author/{slug}.html" in result.stderr
