"""A site that is small enough to be read in no time, in the process of the tests."""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from docutils.core import publish_parts
from markdown import Markdown
from pelican.settings import DEFAULT_CONFIG
from press.site.opened import heard
from press.site.read_ahead import ReadAhead
from press.site.reading import Reading

_TEMPLATES = ("index", "article", "page", "archives", "period_archives", "tags", "tag", "categories", "category",
              "authors", "author")  # fmt: skip
_SETTINGS = """
PATH, OUTPUT_PATH, CACHE_PATH, THEME = "content", "output", "cache", "theme"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS, PLUGINS = ["posts"], ["pages"], ["images"], []
TIMEZONE, DEFAULT_LANG, DEFAULT_CATEGORY = "UTC", "en", "misc"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


class SmallSite:
    """A site of stock Pelican with a theme of a word a template; in the folder in which the tests stand."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.were_read = folder, list[str]()
        self.receivers: list[tuple[Any, Callable[..., object]]] = []
        _load_what_reads_posts()
        for name in _TEMPLATES:
            self.write(f"theme/templates/{name}.html", f"{name} {{{{ article.content if article }}}}")
        self.write("pelicanconf.py", _SETTINGS)
        for name in ("posts", "pages"):
            (folder / "content" / name).mkdir(parents=True)

    def write(self, name: str, text: str) -> Path:
        """Write a file, which looks as if it had been there for a while."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        an_hour_ago = time.time() - 3600
        os.utime(file, (an_hour_ago, an_hour_ago))
        return file

    def post(self, name: str = "one.md", text: str = "Words.", **header: str) -> Path:
        """Write a post."""
        fields = {"title": name, "date": "2026-01-01", **header}
        head = "".join(f"{field.title()}: {value}\n" for field, value in fields.items())
        return self.write(f"content/posts/{name}", f"{head}\n{text}\n")

    def settings(self, lines: str) -> None:
        """Add lines to the settings."""
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write(f"{lines}\n")

    def reading(self) -> Reading:
        """A Pelican that knows only what is kept on the disk."""
        return Reading(Path("pelicanconf.py"), Path("output"), is_lazy=True)

    def read_again(self, reading: Reading) -> list[str]:
        """Run a round, and return the names of the posts that were read in it, rather than remembered."""
        self.were_read.clear()
        reading.run()
        return sorted(self.were_read)

    def read(self) -> list[str]:
        """Run a round in a process of its own, and return the names of the posts that were read in it."""
        names: list[str] = self.in_a_process(lambda: self.read_again(self.reading()))
        return names

    def in_a_process(self, work: Callable[[], object]) -> Any:
        """Do something in a process of its own, which may load plugins, and return what JSON keeps of the result."""
        result, sink = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                heard()  # what the tests did is not what the process does
                os.write(sink, json.dumps(work()).encode())
            finally:
                os._exit(0)
        os.close(sink)
        with os.fdopen(result) as answer:
            found = json.loads(answer.read())
        os.waitpid(process, 0)
        return found

    def on(self, signal: Any, receiver: Callable[..., object]) -> None:
        """Connect to a signal of Pelican's, as a plugin does, until the end of the test."""
        signal.connect(receiver)
        self.receivers.append((signal, receiver))


def _of_others() -> Iterator[str]:
    """The modules of this project that are loaded, but for those of press."""
    ours = tuple(f"{PROJECT / name}{os.sep}" for name in ("plugins", "tests"))
    for name, module in sys.modules.items():
        if name.partition(".")[0] != "press" and (getattr(module, "__file__", None) or "").startswith(ours):
            yield name


@functools.cache
def _load_what_reads_posts() -> None:
    """Once, and not in each process that reads some."""
    publish_parts(":a: b\n\nWords.\n", writer="html4css1")
    Markdown(extensions=[*DEFAULT_CONFIG["MARKDOWN"]["extension_configs"]]).convert("Words.")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """Return a site without posts."""
    monkeypatch.chdir(tmp_path)
    for name in {"tests", *_of_others()}:  # whatever is loaded is taken for a plugin, and all its files are read
        monkeypatch.delitem(sys.modules, name, raising=False)
    before = logging.getLogger().level
    site = SmallSite(tmp_path)
    read = ReadAhead._read

    def read_and_note(self: ReadAhead, name: str) -> object:
        site.were_read.append(Path(name).name)
        return read(self, name)

    monkeypatch.setattr(ReadAhead, "_read", read_and_note)
    yield site
    for signal, receiver in site.receivers:
        signal.disconnect(receiver)
    logging.getLogger().setLevel(before)
