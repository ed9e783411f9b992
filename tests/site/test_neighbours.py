"""plugins/neighbours.py: each post leads to those beside it, and finding them takes no walk through all posts."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Site, press_environment
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
@pytest.mark.starts_programs
def test_time_grows_with_the_posts(tmp_path: Path) -> None:
    """400 posts take less than 5 times as long as 100. Cards are left out: each takes the same time."""

    def seconds(count: int) -> float:
        site = Site(tmp_path / str(count))
        site.settings('PLUGINS.remove("social_images")')
        for number in range(count):
            site.post(f"post-{number}", date=f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Site.built would start it warm, and then its time is not counted as that of a child of this process.
        command = [sys.executable, "-m", "press", "build", "pelicanconf.py"]
        subprocess.run(command, cwd=site.folder, env=press_environment(), check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime

    few, many = seconds(100), seconds(400)

    assert 0 < many < 5 * few
