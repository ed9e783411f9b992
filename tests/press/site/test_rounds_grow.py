"""plugins/press/: building and previewing grow with the posts, and not with their square.

Two sizes are measured in one run, each in a process of its own, and only the ratio of the two times is held, without
what a single post takes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import Site as SiteOfThisProject
from press.site.reading import Reading
from press.site.site import Site

#: How many posts there are, and how many times as many.
POSTS, TIMES = 50, 4
#: Four times the posts may take four times the time, and somewhat more for the noise of the machine.
MOST_RATIO = 5.5


def preview() -> None:
    """Read all posts, and ask for each page."""
    site = Site(Path("pelicanconf.py"))
    site.look()
    for address in site.addresses():
        assert site.answer(address)
    site.close()


def build() -> None:
    """Read all posts, and write each page."""
    output = Path("output")
    output.mkdir()
    Reading(Path("pelicanconf.py"), output, is_lazy=False).run()
    assert (output / "tags/linux/index.html").is_file()


def seconds(site: SiteOfThisProject, work: object) -> float:
    """The time of processors that some work takes in a new process, with those that this starts."""
    assert callable(work)
    result, sink = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.chdir(site.folder)
            sys.path.insert(0, str(site.folder / "plugins"))
            work()
            os.write(sink, str(sum(os.times()[:4])).encode())
        finally:
            os._exit(0)
    os.close(sink)
    with os.fdopen(result) as answer:
        found = answer.read()
    os.waitpid(process, 0)
    return float(found)


@pytest.mark.measures_time
@pytest.mark.starts_programs
@pytest.mark.parametrize("work", [preview, build])
def test_work_grows_with_the_posts(tmp_path: Path, work: object) -> None:
    sites = []
    for count in (1, POSTS, POSTS * TIMES):
        (tmp_path / str(count)).mkdir()
        site = SiteOfThisProject(tmp_path / str(count))
        for number in range(count):
            site.post(f"post-{number}", date=f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}")
        sites.append(site)
    start, fewer, more = (seconds(site, work) for site in sites)

    assert more - start < MOST_RATIO * (fewer - start)
