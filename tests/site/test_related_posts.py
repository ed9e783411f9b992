"""plugins/related_posts.py: the posts that share the rarest tags, in an order that never changes."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from conftest import Site
from related_posts import RelatedPosts
from site_pages import page_of


def post(name: str, tags: str, day: int = 1) -> SimpleNamespace:
    """A post as Pelican has it, as far as it matters here."""
    named = [SimpleNamespace(slug=tag) for tag in tags.split()]
    return SimpleNamespace(url=name, tags=named, date=datetime(2026, 1, day, tzinfo=UTC), translations=[])


ALL = [post("a", "linux nat"), post("b", "linux", 3), post("c", "linux", 2), post("d", "nat"), post("e", "linux", 2)]


@pytest.mark.parametrize(
    ("name", "tags", "count", "found"),
    [
        ("a", "linux nat", 3, "d b c"),  # `nat` is rarer; then the newer ones, and of the same day by address
        ("a", "nat linux", 3, "d b c"),
        ("x", "linux nat", 2, "a d"),
        ("x", "linux", 9, "b c e a"),
        ("x", "rain", 3, ""),
        ("x", "", 3, ""),
        ("a", "linux nat", 0, ""),
    ],
)
def test_the_most_related_come_first(name: str, tags: str, count: int, found: str) -> None:
    own = next((each for each in ALL if each.url == name), post(name, tags))
    for posts in (ALL, ALL[::-1]):
        assert [each.url for each in RelatedPosts(posts, count).of(own)] == found.split()


def test_a_translation_is_not_a_related_post() -> None:
    original, other = post("a", "linux"), post("b", "linux")
    translation = post("a-es", "linux")
    translation.translations = [original]

    assert [each.url for each in RelatedPosts([original, other], 3).of(translation)] == ["b"]


def test_they_stand_below_a_post(site: Site) -> None:
    for name, tags in {"one": "Linux, NAT", "two": "NAT", "three": "rain"}.items():
        site.post(name, tags=tags)
    site.settings("RELATED_POSTS = 3\nREADING_TIME = True")
    site.built()

    assert "Related posts" in site.page("2026/01/one")
    assert page_of(site, "2026/01/one").text("li").count("Two") == 1
    assert "Related posts" not in site.page("2026/01/three")
    assert "by Diego Woitasen, 1 minute to read" in site.page("2026/01/one")
