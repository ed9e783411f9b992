"""plugins/taxonomy: each tag, category and author has one page, an address that can be read, and each post once."""

import pytest
from conftest import Site
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Tag
from site_pages import Page, page_of
from taxonomy.names import same_name, spellings, with_own_addresses

#: Tags, and the last part of the address of each.
ADDRESSES = {
    "C": "c", "C++": "c-plus-plus", "C#": "c-sharp", ".NET": "dot-net", "NET": "net", "Node.js": "node-dot-js",
    "F*": "f-star", "g++": "g-plus-plus", "a/b": "a-slash-b", "ab": "ab", "Cafe": "cafe", "Café": "café",
    "C!": "c-exclamation-mark", "???": "question-mark-question-mark-question-mark", ".": "dot", "🎉": "party-popper",
    "北京": "北京", "背景": "背景", "Ünique": "unique", "load balancing": "load-balancing", "R&D": "r-and-d",
}  # fmt: skip


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a post for each of these tags, and more spellings of some."""
    site = Site(tmp_path_factory.mktemp("tagged"))
    site.settings('AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"\nCATEGORY_SAVE_AS = CATEGORY_URL + "index.html"')
    for number, tag in enumerate(ADDRESSES):
        site.post(f"post-{number:02}", tags=f"{tag}, all", authors="J. Smith", category="C++")
    site.post("many", tags="C, C++, C#, c, all", authors="J. Smith, j. smith", category="C#")
    site.post("spelled", tags="Load-Balancing, load balancing", category="C")
    site.post("hidden", status="hidden", tags="c")
    site.warnings = site.build()  # type: ignore[attr-defined]
    assert site.warnings.returncode == 0, site.warnings.stderr  # type: ignore[attr-defined]
    return site


@pytest.mark.starts_programs
@pytest.mark.parametrize("tag", ADDRESSES)
def test_a_tag_has_a_page_of_its_own(tagged: Site, tag: str) -> None:
    page = page_of(tagged, f"tags/{ADDRESSES[tag]}")
    posts = [str(each["href"]) for each in page.all("a", rel="bookmark")]

    assert page.text("h1") == [tag]
    assert len(posts) == len(set(posts)) == (2 if tag in ("C", "C++", "C#", "load balancing") else 1)
    assert f"/tags/{ADDRESSES[tag]}/" in [each["href"] for each in page_of(tagged, "tags").all("a", rel="tag")]


@pytest.mark.starts_programs
def test_the_same_tag_is_shown_once(tagged: Site) -> None:
    many, spelled, hidden = (page_of(tagged, f"2026/01/{name}") for name in ("many", "spelled", "hidden"))

    assert [each["href"] for each in many.all("a", rel="tag")] == [
        "/tags/c/", "/tags/c-plus-plus/", "/tags/c-sharp/", "/tags/all/"
    ]  # fmt: skip
    assert [each["href"] for each in spelled.all("a", rel="tag")] == ["/tags/load-balancing/"]
    assert [each["href"] for each in hidden.all("a", rel="tag")] == ["/tags/c/"]
    assert [each["href"] for each in many.all("a", rel="author")] == ["/authors/j-smith/"]
    assert len(list((tagged.output / "categories").iterdir())) == 3
    assert len(Page(tagged.page("categories/c-sharp")).all("article")) == 1


@pytest.mark.starts_programs
def test_two_spellings_are_named(tagged: Site) -> None:
    said = tagged.warnings.stderr  # type: ignore[attr-defined]

    assert said.count("warning[two-spellings]") == 3
    assert "the tag `c` is also written `C`" in said and "content/posts/hidden.md:4:7" in said
    assert "the tag `Load-Balancing` is also written `load balancing`" in said and "spelled.md:4:7" in said
    assert "the author `j. smith` is also written `J. Smith`" in said and "many.md:6:20" in said


def test_own_rules_keep_their_meaning(site: Site) -> None:
    """A site whose rules give two tags one address wants one page."""
    site.settings('TAG_REGEX_SUBSTITUTIONS = [("postgres.*", "postgres"), (r"[+]+", "p"), (r"\\s+", "-")]')
    site.post("one", tags="PostgreSQL, Postgres, C++, C")
    site.built()

    assert {each.name for each in (site.output / "tags").iterdir()} == {"postgres", "cp", "c", "index.html"}
    assert [each["href"] for each in page_of(site, "2026/01/one").all("a", rel="tag")] == [
        "/tags/postgres/", "/tags/cp/", "/tags/c/"
    ]  # fmt: skip


def test_the_most_frequent_spelling_is_used() -> None:
    assert spellings({"linux": 3, "Linux": 2, "LINUX": 2, "nat": 1, "NAT": 1}) == {
        "linux": "linux", "Linux": "linux", "LINUX": "linux", "nat": "NAT", "NAT": "NAT"
    }  # fmt: skip
    assert same_name("Cafe\u0301") == same_name("CAFÉ") != same_name("Cafe")


def test_whatever_two_names_are_they_have_two_addresses() -> None:
    """Also where a name is spelled as the words of another one's signs, and in whatever order they come."""
    names = ["C++", "c plus plus", "c plus-sign plus-sign", "C ++", "?", "!", "? ?", "e", "é", "è", "ê"]
    things = {name: Tag(name, DEFAULT_CONFIG) for name in names}
    own = with_own_addresses(things, DEFAULT_CONFIG)
    again = with_own_addresses({name: things[name] for name in reversed(names)}, DEFAULT_CONFIG)
    slugs = {name: own.get(name, things[name]).slug for name in names}

    assert len({*slugs.values()}) == len(names), slugs
    assert {name: thing.slug for name, thing in own.items()} == {name: thing.slug for name, thing in again.items()}
