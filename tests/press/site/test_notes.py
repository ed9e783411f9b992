"""plugins/press/site/notes.py: the same files as Pelican's own writer, written or rendered when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Template
from pelican.paginator import PaginationRule
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import SafeDatetime
from pelican.writers import Writer
from press.site.notes import NotingWriter

SETTINGS = {
    **DEFAULT_CONFIG,
    "PAGINATED_TEMPLATES": {"index": None, "tag": 2},
    "DEFAULT_PAGINATION": 3,
    "PAGINATION_PATTERNS": [PaginationRule(*each) for each in DEFAULT_CONFIG["PAGINATION_PATTERNS"]],
}
CONTEXT = {"SITEURL": "https://e.org", "SITENAME": "A", "localsiteurl": "https://e.org"}
PAGE = Template(
    "{{ output_file }} {{ SITEURL }} {{ articles|join }} {% if articles_page %}{{ articles_page.object_list|join }} of "
    "{{ articles_paginator.num_pages }}, {{ articles_previous_page }}, {{ articles_next_page }}{% endif %}"
)
POST = SimpleNamespace(
    title="A", url="a.html", date=SafeDatetime(2026, 1, 1), summary="s", get_static_links=set,
    get_content=lambda _: "words",
)  # fmt: skip

#: What Pelican refuses to write.
REFUSED = {"the same twice", "a page and a feed", "two on purpose", "outside", "at the root"}
#: Calls of a writer.
Calls = Callable[[Any], object]


def page(writer: Any, name: str, template: str = "page", count: int = 0, **named: Any) -> None:
    """Have a page written."""
    if count:
        named |= {"articles": [*range(count)], "dates": [*reversed(range(count))]}
    writer.write_file(name, PAGE, CONTEXT, template_name=template, **named)


def feed(writer: Any, path: str | None, **named: Any) -> Any:
    """Have a feed written."""
    return writer.write_feed([POST], CONTEXT | {"FEED_DOMAIN": "https://e.org"}, path=path, **named)


CALLS: list[tuple[str, Calls]] = [
    ("a page", lambda to: page(to, "a.html")),
    ("no page", lambda to: (page(to, ""), page(to, False))),
    ("in a folder, with names of its own", lambda to: page(to, "a b/ünï%20☃/index.html")),
    ("relative", lambda to: page(to, "a/b/c.html", relative_urls=True)),
    ("a list on one page", lambda to: page(to, "list.html", "list", 7)),
    ("a list on several", lambda to: page(to, "index.html", "index", 7)),
    ("a list on just two", lambda to: page(to, "index.html", "index", 6)),
    ("a short list", lambda to: page(to, "tag/a.html", "tag", 1)),
    ("a list with a number of its own", lambda to: page(to, "tag/a.html", "tag", 5, url="tag/a.html")),
    ("a list of nothing", lambda to: page(to, "index.html", "index", articles=[], dates=[])),
    ("a list that is given apart", lambda to: page(to, "index.html", "index", paginated={"articles": [1, 2, 3, 4]})),
    ("a list that is not to be spread", lambda to: page(to, "index.html", "index", 7, paginated={})),
    ("a feed", lambda to: feed(to, "feeds/all.xml")),
    ("the same twice", lambda to: (page(to, "a.html"), page(to, "a.html"))),
    ("a page and a feed", lambda to: (page(to, "a.html"), feed(to, "a.html"))),
    ("one on purpose", lambda to: (page(to, "a.html"), page(to, "a.html", override_output=True, url="x"))),
    ("one on purpose first", lambda to: (page(to, "a.html", override_output=True), page(to, "a.html", count=2))),
    ("two on purpose", lambda to: [page(to, "a.html", override_output=True) for _ in range(2)]),
    ("outside", lambda to: page(to, "../a.html")),
    ("at the root", lambda to: page(to, "/a.html")),
    ("dots in a name", lambda to: page(to, "a..b.html")),
]  # fmt: skip


def outcome(calls: Calls, writer: Any, finish: Callable[[], object]) -> str | dict[str, str]:
    """What was written, or which error was raised; that of Pelican's names the whole path."""
    folder = Path(writer.output_path)
    try:
        calls(writer)
        finish()
    except Exception as error:
        return str(error).replace(f"{folder}/", "")
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(("name", "calls"), CALLS, ids=[name for name, _ in CALLS])
@pytest.mark.parametrize("when", ["at once", "together", "when asked for"])
def test_it_writes_what_pelican_writes(tmp_path: Path, name: str, calls: Calls, when: str) -> None:
    """And fails where Pelican fails, in its words."""
    folder = tmp_path / "output"
    folder.mkdir()
    theirs = Writer(str(folder), SETTINGS)
    expected = outcome(calls, theirs, lambda: None)
    assert isinstance(expected, str) == (name in REFUSED), expected
    folder.rename(tmp_path / "theirs")
    folder.mkdir()
    ours = NotingWriter(Writer(str(folder), SETTINGS), SETTINGS, when == "when asked for")
    ours.shared = dict(CONTEXT)

    if when == "together":
        ours.defer()

    def finish() -> None:
        ours.write_deferred()
        if ours.is_lazy:
            assert not [*folder.iterdir()]
            for noted in sorted(ours.notes, reverse=True):
                ours.write(noted, ours.make())

    assert outcome(calls, ours, finish) == expected


def test_a_feed_without_a_file_is_returned(tmp_path: Path) -> None:
    writer = NotingWriter(Writer(str(tmp_path), SETTINGS), SETTINGS, False)

    assert feed(writer, None, url="all.xml").feed["title"] == "A"
    assert writer.notes == {}


def test_a_page_is_written_once(tmp_path: Path) -> None:
    """What is noted later is written at once."""
    writer = NotingWriter(Writer(str(tmp_path), SETTINGS), SETTINGS, False)
    writer.defer()
    page(writer, "a.html")
    writer.write_deferred()
    (tmp_path / "a.html").unlink()
    page(writer, "b.html")

    writer.write_deferred()

    assert [path.name for path in tmp_path.iterdir()] == ["b.html"]


def test_a_page_outside_of_the_output_is_refused_as_it_is_noted(tmp_path: Path) -> None:
    """And not only when somebody asks for it."""
    writer = NotingWriter(Writer(str(tmp_path), SETTINGS), SETTINGS, True)

    with pytest.raises(RuntimeError, match="break out of output directory"):
        page(writer, "../a.html")
