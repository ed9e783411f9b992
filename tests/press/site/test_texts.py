"""plugins/press/site/texts.py: whoever reads the text of a post is noted, in whatever way that is done."""

from __future__ import annotations

import copy
import json
import operator
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pelican.contents
import pytest
from pelican import signals
from press.site import processes
from press.site.reading import Reading
from press.site.texts import Reads, read_elsewhere

if TYPE_CHECKING:
    from .conftest import SmallSite

READS: dict[str, Callable[[Any], object]] = {
    "the content": lambda post: post.content,
    "the summary": lambda post: post.summary,
    "by a function": lambda post: post.get_content("https://example.org"),
    "before links are resolved": lambda post: post._content,
    "a function of Python's": operator.attrgetter("content"),
    "in the metadata": lambda post: post.metadata["summary"],
    "if it is there": lambda post: post.metadata.get("summary"),
    "with all of the metadata": lambda post: {**post.metadata},
    "in a copy of the metadata": lambda post: post.metadata.copy()["summary"],
    "in a copy by the library": lambda post: copy.copy(post.metadata)["summary"],
    "in a dictionary": lambda post: dict(post.metadata),
    "joined with others": lambda post: {"a": 1} | post.metadata,
    "joined to others": lambda post: post.metadata | {"a": 1},
    "by the values": lambda post: [*post.metadata.values()],
    "in JSON": lambda post: json.dumps(post.metadata, default=str),
    "in bytes": lambda post: pickle.dumps(dict(post.metadata)),
    "among all attributes": lambda post: vars(post),
    "in a copy of the post": lambda post: copy.copy(post).content,
}
#: What has nothing of the text.
OTHERS: dict[str, Callable[[Any], object]] = {
    "the title": lambda post: post.title,
    "the title in the metadata": lambda post: post.metadata["title"],
    "whether there is a summary": lambda post: "summary" in post.metadata,
    "the names of fields": lambda post: [*post.metadata],
    "the address": lambda post: (post.url, post.save_as),
    "the files that it links to": lambda post: post.get_static_links(),
    "another text for it": lambda post: setattr(post, "_content", ""),
}


def noted(small: SmallSite, read: Callable[[Any], object]) -> set[str]:
    """The sources of which somebody has read the text."""
    found: list[Reads] = []

    def look(generator: Any) -> None:
        with read_elsewhere() as reads:
            read(generator.articles[0])
        found.append(reads)

    small.on(signals.article_generator_finalized, look)
    small.post(summary="In short.")
    small.reading().run()
    return found[0].elsewhere


@pytest.mark.parametrize("way", READS)
def test_who_reads_a_text_is_noted(small: SmallSite, way: str) -> None:
    assert noted(small, READS[way]) == {"Article posts/one.md"}


@pytest.mark.parametrize("way", OTHERS)
def test_who_reads_anything_else_is_not(small: SmallSite, way: str) -> None:
    assert noted(small, OTHERS[way]) == set()


def test_a_summary_is_made_once_however_many_lists_it_is_on(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each process; what is made of a whole text is not held for that long."""
    for name in ("index", "tag", "category"):
        small.write(f"theme/templates/{name}.html", "{% for each in articles %}{{ each.summary }}{% endfor %}")
    for number in range(20):
        small.post(f"{number}.md", tags=f"t{number}, t{number + 1}, all", category=f"c{number}")
    monkeypatch.setattr(processes, "processors", lambda: 1)

    def made() -> int:
        texts = list[str]()
        shorten = pelican.contents.truncate_html_words
        pelican.contents.truncate_html_words = lambda text, *rest: (texts.append(text), shorten(text, *rest))[1]
        Reading(Path("pelicanconf.py"), Path("output"), is_lazy=False).run()
        return len(texts)

    assert small.in_a_process(made) == 20
