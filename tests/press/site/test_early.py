"""plugins/press/site/early.py: the page of a post whose text changed is there before the site is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.edition import Ahead
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

PAGE, STYLE = "/onemd.html", "/theme/style.css"
#: What the header and the theme of the small site show of a post.
ARTICLE = "{{ article.title }} {{ article.content }} {{ article.longest_text }}"
#: Gives each post something that depends on the texts of all, as plugins that find similar posts do.
LONGEST = """
from pelican import signals

def compare(generators):
    for generator in generators:
        for post in getattr(generator, "articles", ()):
            post.longest_text = max(len(each._content) for each in generator.articles)

def register():
    signals.all_generators_finalized.connect(compare)
"""
#: Adds to each text after all were read.
ADDS = LONGEST.replace("post.longest_text =", "post._content +=").replace("max(", "str(").replace(
    "len(each._content) for each in generator.articles", "7"
)  # fmt: skip


def ready(small: SmallSite, plugin: str = "") -> None:
    """Give a site two posts, a stylesheet, and a plugin."""
    small.write("plugins/comparing.py", plugin or "def register():\n    pass\n")
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["comparing"]')
    small.write("theme/static/style.css", "p {}")
    small.write("theme/templates/article.html", ARTICLE)
    small.post(text="First words.")
    small.post("two.md", slug="two")


def seen(site: Site) -> list[str | None]:
    """Return which addresses are ready ahead of a look, with their texts."""
    found = site.look(frozenset({PAGE, STYLE, "/two.html", "/index.html", "/nothing.html"}))
    if not isinstance(found, Ahead):
        return []
    return [f"{address} {answer.body.decode()}" for address in sorted(found.ready) if (answer := site.answer(address))]


SAVES: list[tuple[Callable[[SmallSite], object], bool]] = [
    # what is saved => whether it is enough to put the new text into the page
    (lambda small: small.post(text="Other words."), True),
    (lambda small: small.post(text="A picture: ![]({static}/images/a.png)"), False),
    (lambda small: small.post(text="Other words.", title="Other title"), False),
    (lambda small: small.post(text="Other words.", status="draft"), False),
    (lambda small: (small.post(text="Other words."), small.post("two.md", slug="two", text="Other")), False),
    (lambda small: (small.post(text="Other words."), small.write("theme/static/style.css", "a {}")), False),
    (lambda small: small.write("theme/templates/article.html", "changed"), False),
    (lambda small: small.post("three.md"), False),
    (lambda small: (small.folder / "content/posts/one.md").unlink(), False),
    (lambda small: small.write("content/posts/one.md", "Title: broken\nDate: never\n\nText"), False),
]


@pytest.mark.parametrize(("save", "is_enough"), SAVES)
def test_only_a_text_is_shown_early(small: SmallSite, save: Callable[[SmallSite], object], is_enough: bool) -> None:
    """Of all other changes, any page may tell."""
    ready(small)

    def play() -> list[object]:
        site = Site(Path("pelicanconf.py"))
        site.look()
        before = seen(site)
        save(small)
        early, again = seen(site), seen(site)
        page = site.answer(PAGE)
        edition = site.look()
        assert not isinstance(edition, Ahead)
        last = site.answer(PAGE)
        return [before, early, again, page == last, [edition.number, list(edition.changed)]]

    before, early, again, is_same, edition = small.in_a_process(play)
    assert before == []
    assert bool(early) == is_enough
    assert early == again
    assert is_same or not is_enough
    assert edition[0] == 2
    if is_enough:
        assert [each.split()[0] for each in early] == [PAGE, STYLE]
        assert "Other words." in early[0]
        assert edition[1] == ["content/posts/one.md"]


def test_a_second_save_before_the_look(small: SmallSite) -> None:
    """The page is renewed again; a save that changes more than the text ends that."""
    ready(small)

    def play() -> list[object]:
        site = Site(Path("pelicanconf.py"))
        site.look()
        pages = []
        saves: list[tuple[str, dict[str, str]]] = [("Two.", {}), ("Three.", {}), ("Four.", {"tags": "odd"})]
        for text, header in saves:
            small.post(text=text, **header)
            pages.append(" ".join(map(str, seen(site))))
        answer = site.answer(PAGE)
        return [*pages, answer and answer.body.decode()]

    two, three, four, last = small.in_a_process(play)
    assert ("Two." in two, "Three." in three, four, "Four." in last) == (True, True, "", True)


#: Looks at each page that is written.
LOOKS = """
from pelican import signals

def look(path, context):
    open(path).read()

def register():
    signals.content_written.connect(look)
"""
PLUGINS = [(LONGEST, [True, False]), (ADDS, [False, False]), (LOOKS, [False, False])]


@pytest.mark.parametrize(("plugin", "expected"), PLUGINS)
def test_with_a_plugin_that_looks_at_all_texts(small: SmallSite, plugin: str, expected: list[bool]) -> None:
    """What it made of the last texts is shown once at most, until the next look."""
    ready(small, plugin)

    def play() -> list[bool]:
        site = Site(Path("pelicanconf.py"))
        site.look()
        were_early = []
        for text in ("Longer words than before.", "Still longer words than ever before."):
            small.post(text=text)
            were_early.append(bool(seen(site)))
            site.look()
        return were_early

    assert small.in_a_process(play) == expected


COUNTS = """
from pelican import signals

ROUNDS = []

def note(generator, metadata):
    metadata["noted"] = "yes"

def count(generators):
    ROUNDS.append(len(generators))

def register():
    signals.article_generator_context.connect(note)
    signals.all_generators_finalized.connect(count)
"""


def test_with_a_plugin_that_keeps_something_of_each_round(small: SmallSite) -> None:
    """What it kept since the last post was read is nothing that it kept of the post."""
    ready(small, COUNTS)

    def play() -> bool:
        site = Site(Path("pelicanconf.py"))
        site.look()
        small.post(text="Words.", tags="new")
        site.look()
        small.post(text="Other words.", tags="new")
        return bool(seen(site))

    assert small.in_a_process(play)
