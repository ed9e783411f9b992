"""plugins/press/serve: what the machine keeps the preview from is shown as soon as it lets it, without a save."""

import contextlib
import resource
from collections.abc import Iterator

import pytest
from conftest import Site
from previews import Preview

pytestmark = pytest.mark.starts_programs

FIRST = "/2026/01/first/"


@contextlib.contextmanager
def no_room(preview: Preview) -> Iterator[None]:
    """Let the process that has the site write nothing, as on a disk that is full."""
    worker = preview.processes()[1]
    before = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(worker, resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("title", ["First", "Another"])
def test_a_tab_follows_when_there_is_room_again(site: Site, preview: Preview, title: str) -> None:
    """Nobody asks for anything meanwhile."""
    assert "alpha" in preview.get(FIRST)[1]
    with no_room(preview):
        site.post("first", "beta\n", title=title)
        events = preview.events(FIRST)
        told = next(data for name, data in events if name == "report" and data)
        assert "File too large" in told

    assert "reload" in (name for name, _ in events)
    assert "beta" in preview.get(FIRST)[1]
    assert preview.report(FIRST) == ""


def test_a_page_that_could_not_be_written_is_rendered_again(site: Site, preview: Preview) -> None:
    """Though all else of the site could be read."""
    preview.get("/")
    with no_room(preview):
        events = preview.events(FIRST)
        assert "File too large" in next(events)[1]

    assert "reload" in (name for name, _ in events)
    assert "alpha" in preview.get(FIRST)[1]
