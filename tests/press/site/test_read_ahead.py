"""plugins/press/site/read_ahead.py: whatever a source is, it is read as Pelican reads it, by as many as there are."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pelican import Pelican, signals
from pelican.settings import read_settings
from press.site import read_ahead

if TYPE_CHECKING:
    from .conftest import SmallSite

SOURCES = {
    "good.md": "Title: Good\nDate: 2026-01-01\n\nWords.\n",
    "undated.md": "Title: Undated\n\nWords.\n",
    "dated-oddly.md": "Title: Odd\nDate: the other day\n\nWords.\n",
    "headless.md": "Words.\n",
    "skipped.md": "Title: Skipped\nDate: 2026-01-01\nStatus: skip\n\nWords.\n",
    "unknown.md": "Title: Unknown\nDate: 2026-01-01\nStatus: wip\n\nWords.\n",
    "draft.md": "Title: Draft\nStatus: draft\n\nWords.\n",
    "good.rst": "Restructured\n############\n\n:date: 2026-01-02\n\nWords.\n",
    "good.html": '<html><head><title>H</title><meta name="date" content="2026-01-03"></head><body>W</body></html>',
    "empty.md": "",
    "picture.png": "no post",
}


def outcome(site: SmallSite, caplog: pytest.LogCaptureFixture, reading: Any) -> tuple[list[tuple[str, str]], list[str]]:
    """Which posts there are after a round, and what was said."""
    posts: list[tuple[str, str]] = []

    def note(generator: Any) -> None:
        for group in (generator.articles, generator.drafts, generator.hidden_articles):
            posts.extend((post.title, post.status) for post in group)

    site.on(signals.article_generator_finalized, note)
    caplog.clear()
    reading.run()
    said = sorted(words for _, level, words in caplog.record_tuples if level >= logging.WARNING)
    return sorted(posts), said


def test_it_is_as_if_pelican_had_read_them(small: SmallSite, caplog: pytest.LogCaptureFixture) -> None:
    """The good and the bad, in each round, and in a process that remembers."""
    for name, text in SOURCES.items():
        small.write(f"content/posts/{name}", text)
    reading = small.reading()
    ours = [outcome(small, caplog, each) for each in (reading, reading, small.reading())]
    theirs = outcome(small, caplog, Pelican(read_settings("pelicanconf.py")))

    assert [title for title, _ in ours[0][0]] == ["Draft", "Good", "H", "Restructured"]
    assert ours == [theirs, theirs, theirs]


@pytest.mark.starts_programs
@pytest.mark.parametrize("processors", [1, 2, 5])
def test_all_are_read_however_many_read_them(
    small: SmallSite, processors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of their own or not; what changes later is read by whoever comes."""
    monkeypatch.setattr("press.site.processes.processors", lambda: processors)
    monkeypatch.setattr(read_ahead, "_WORTH_A_PROCESS", 2)
    for number in range(11):
        small.post(f"{number}.md")
    reading = small.reading()
    reading.run()

    assert len(reading.memory.sources) == 11
    assert small.read() == []
    small.post("3.md", "Other words.")
    assert small.read_again(reading) == ["3.md"]


def test_what_was_installed_need_not_be_looked_at_again(small: SmallSite) -> None:
    """Its version is part of the fingerprint: a post that opens files of hundreds of packages has none of them."""

    def look_around(generator: Any) -> None:
        Path(pytest.__file__).read_bytes()

    small.on(signals.article_generator_preread, look_around)
    small.post()
    reading = small.reading()
    reading.run()

    (remembered,) = reading.memory.sources.values()
    assert [Path(seen.path).name for seen in remembered.files] == ["one.md"]
