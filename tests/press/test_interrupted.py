"""plugins/press/: builds that are ended at any moment, beside each other and beside a preview, leave a whole site.

KILLS=100 for a long run, SEED for other moments.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Site, press_environment
from previews import preview_of

pytestmark = pytest.mark.starts_programs

KILLS, SEED = int(os.environ.get("KILLS", "3")), int(os.environ.get("SEED", "1"))
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
COMMAND = [sys.executable, "-m", "press", "build", "pelicanconf.py", "--output", "output", "--require", "drytables"]


def started(site: Site) -> "subprocess.Popen[str]":
    """Start a build."""
    return subprocess.Popen(
        COMMAND, cwd=site.folder, env=press_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def numbered(tmp_path: Path) -> Site:
    """Return a site whose number is on each page."""
    site = Site(tmp_path)
    for number in range(12):
        site.post(f"post-{number}")
    (site.folder / "content/pages/about.md").write_text(
        "Title: About\n\n## What happens to a command\n", encoding="utf-8"
    )
    site.settings("import pathlib\nSITENAME = pathlib.Path('number').read_text()")
    give_number(site, 0)
    return site


def give_number(site: Site, number: int) -> None:
    """Change all pages."""
    (site.folder / "number").write_text(f"Number {number}", encoding="utf-8")


def number_of(site: Site) -> int:
    """The number that all pages of the site in place have, of which none is missing."""
    pages = [*site.output.rglob("*.html")]
    numbers = {re.findall(r"Number (\d+)", page.read_text(encoding="utf-8"))[-1] for page in pages}
    posts = [*site.output.glob("2026/01/post-*/index.html")]
    assert len(posts) == 12 and len(numbers) == 1, (len(posts), numbers)
    assert (site.output / "theme/style.css").is_file() and (site.output / "favicon.ico").is_file()
    return int(numbers.pop())


def leftovers(site: Site) -> list[str]:
    """What there is beside the output that no build should leave."""
    return sorted(path.name for path in site.folder.iterdir() if path.name.startswith(("output.", ".output.new")))


def test_ended_at_any_moment(numbered: Site) -> None:
    """The old site is in place, or the new one; the next build clears up."""
    moments = random.Random(SEED)
    start = time.monotonic()
    numbered.built()
    longest = time.monotonic() - start
    before = 0
    for number in range(1, KILLS + 1):
        give_number(numbered, number)
        build, ending = started(numbered), moments.choice(SIGNALS)
        time.sleep(moments.uniform(0.2, 1.1) * longest)
        build.send_signal(ending)
        said = build.communicate()[1]
        assert "Traceback" not in said, said
        assert number_of(numbered) in (before, number)
        before = number_of(numbered)

    give_number(numbered, KILLS + 1)
    numbered.built()
    assert number_of(numbered) == KILLS + 1
    assert leftovers(numbered) == []


def test_builds_beside_each_other_and_beside_a_preview(numbered: Site) -> None:
    """All end well, the last one's site is in place, and the preview shows what was saved last."""
    numbered.built()
    with preview_of(numbered) as preview:
        for number in range(1, max(2, KILLS // 4)):
            give_number(numbered, number)
            post = numbered.post("post-3", f"Saved-{number}.")
            builds = [started(numbered), started(numbered)]
            preview.wait_for("/2026/01/post-3/", lambda _, page, number=number: f"Saved-{number}." in page)
            for build in builds:
                said = build.communicate()[1]
                assert (build.returncode, "Traceback" in said) == (0, False), said
            assert number_of(numbered) == number
            assert f"Saved-{number}." in numbered.page("2026/01/post-3")
            assert post.is_file()

    assert leftovers(numbered) == []
