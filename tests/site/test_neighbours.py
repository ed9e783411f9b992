"""plugins/neighbours.py: each post leads to those beside it, and finding them takes no walk through all posts."""

from time import thread_time
from types import SimpleNamespace

import pytest
from conftest import Site
from neighbours import give_neighbours
from site_pages import page_of


def test_a_post_leads_to_the_ones_beside_it(site: Site) -> None:
    for day in (1, 2, 3):
        site.post(f"day-{day}", date=f"2026-01-0{day}")
    site.post("unlisted", status="hidden")
    site.built()

    def beside(name: str) -> list[tuple[str | None, str | None]]:
        links = page_of(site, f"2026/01/{name}").all("a")
        return [(link["rel"], link["href"]) for link in links if link.get("rel") in ("prev", "next")]

    older, newer = ("prev", "/2026/01/day-{}/"), ("next", "/2026/01/day-{}/")
    assert beside("day-1") == [(newer[0], newer[1].format(2))]
    assert beside("day-2") == [(older[0], older[1].format(1)), (newer[0], newer[1].format(3))]
    assert beside("day-3") == [(older[0], older[1].format(2))]
    assert beside("unlisted") == []


def test_a_lone_post_has_no_neighbours(site: Site) -> None:
    site.post("alone")
    site.built()

    assert "Other posts" not in site.page("2026/01/alone")


@pytest.mark.measures_time
def test_time_grows_with_the_posts() -> None:
    """Four times the posts take about four times as long; with a walk for each post it would be sixteen times. That of
    a whole build is held in tests/press.
    """

    def seconds(count: int) -> float:
        generator = SimpleNamespace(articles=[SimpleNamespace() for _ in range(count)])
        times = []
        for _ in range(5):
            start = thread_time()
            give_neighbours(generator)
            times.append(thread_time() - start)
        return min(times)

    assert seconds(8_000) < 8 * seconds(2_000)
