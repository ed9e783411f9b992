"""plugins/press/site/kept_pages.py: a build renders those pages of which something changed, and no others."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.site import premises
from press.site.notes import NotingWriter
from press.site.reading import Reading

if TYPE_CHECKING:
    from .conftest import SmallSite

TEMPLATES = {
    "index": "{% for each in articles %}{{ each.title }}: {{ each.summary }}{% endfor %}",
    "archives": "{% for each in dates %}{{ each.title }} {% endfor %}",
    "article": "{{ article.content }}",
    "page": "{{ page.content }}",
}
ALL = {
    "archives.html", "authors.html", "categories.html", "category/posts.html", "index.html", "onemd.html",
    "pages/about.html", "tags.html", "two.html",
}  # fmt: skip


@pytest.fixture
def site(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """Return a site of two posts and a page, on a day that does not end."""
    monkeypatch.setattr(premises, "today", lambda: date(2026, 11, 28))
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["comparing"]')
    small.write("plugins/comparing.py", "def register():\n    pass\n")
    for name, text in TEMPLATES.items():
        small.write(f"theme/templates/{name}.html", text)
    small.post(text="First words.")
    small.post("two.md", "Second words.", slug="two")
    small.write("content/pages/about.md", "Title: About\n\nThis site.\n")
    return small


def built(site: SmallSite) -> tuple[set[str], dict[str, str]]:
    """Build in a process of its own, and return which pages were rendered, and all that are there."""

    def build() -> object:
        rendered = []
        write = NotingWriter.write
        NotingWriter.write = lambda self, name, writer: (rendered.append(name), write(self, name, writer))[1]  # type: ignore[method-assign,func-returns-value]
        Reading(Path("pelicanconf.py"), Path("output"), is_lazy=False).run()
        return rendered

    shutil.rmtree("output", ignore_errors=True)
    names = {*site.in_a_process(build)}
    output = Path("output")
    return names, {str(file.relative_to(output)): file.read_text(encoding="utf-8") for file in output.rglob("*.html")}


def built_clean(site: SmallSite) -> dict[str, str]:
    """All pages of a build that nothing is kept for."""
    shutil.move("cache", "aside")
    try:
        return built(site)[1]
    finally:
        shutil.rmtree("cache")
        shutil.move("aside", "cache")


#: What is edited => which pages are rendered anew.
EDITS: list[tuple[Callable[[SmallSite], object], set[str]]] = [
    (lambda site: None, set()),
    (lambda site: site.post(text="Other words."), {"onemd.html", "index.html"}),
    (lambda site: site.post(text="A [link]({filename}two.md) and `code`."), {"onemd.html", "index.html"}),
    (lambda site: site.write("content/pages/about.md", "Title: About\n\nThat site.\n"), {"pages/about.html"}),
    (lambda site: site.post(text="First words.", title="Another title"), ALL - {"onemd.html"} | {"another-title.html"}),
    (lambda site: site.post(text="First words.", tags="new"), ALL | {"tag/new.html"}),
    (lambda site: site.post(text="First words.", summary="In short."), ALL),
    (lambda site: site.post(text="A picture: ![]({static}/images/a.png)"), ALL),
    (lambda site: site.post("three.md", "More."), ALL | {"threemd.html"}),
    (lambda site: (site.folder / "content/posts/two.md").unlink(), ALL - {"two.html"}),
    (lambda site: site.write("theme/templates/archives.html", "archives"), ALL),
    (lambda site: site.write("theme/static/style.css", "p {}"), ALL),
    (lambda site: site.write("content/images/a.png", "picture"), ALL),
    (lambda site: site.write("plugins/comparing.py", "def register():\n    'Do nothing.'\n"), ALL),
    (lambda site: site.settings('SITENAME = "Another"'), ALL),
]


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_what_is_rendered_anew(site: SmallSite, edit: Callable[[SmallSite], object], expected: set[str]) -> None:
    """The page of a text that changed, and those that show it; all pages after any other edit."""
    rendered, _ = built(site)
    assert rendered == ALL

    edit(site)
    rendered, pages = built(site)

    assert rendered == expected
    assert pages == built_clean(site)
    rendered, again = built(site)
    assert (rendered, again) == (set(), pages)


def test_a_summary_of_its_own_is_a_text_too(site: SmallSite) -> None:
    site.post(text="First words.", summary="In short.")
    built(site)
    site.post(text="First words.", summary="In other words.")

    rendered, pages = built(site)

    assert rendered == {"onemd.html", "index.html"}
    assert pages == built_clean(site)


#: What templates and plugins may do with texts, for the page of all titles => which pages the text of one is in.
WAYS: dict[str, tuple[str, str, set[str]]] = {
    "a template shows the text of another post": (
        "{% for each in dates %}{{ each.content|length }}{% endfor %}", "", {"archives.html"},
    ),
    "in a way of Jinja": ("{{ dates|map(attribute='content')|join }}", "", {"archives.html"}),
    "by the metadata": ("{% for each in dates %}{{ each.metadata.summary }}{% endfor %}", "", {"archives.html"}),
    "by all that a post has": (
        "{% for each in dates %}{{ each.__dict__._content }}{% endfor %}", "", {"archives.html"},
    ),
    "a filter is given the text": (
        "{% for each in dates %}{{ each.content|measured }}{% endfor %}",
        "measured = len\n", {"archives.html"},
    ),
    "a filter is given the post, and may keep what it finds": (
        "{% for each in dates %}{{ each|measured }}{% endfor %}",
        "import functools\n@functools.cache\ndef measured(post):\n    return len(post.content)\n", ALL,
    ),
    "a function that Jinja runs a template for, and that may keep it": (
        "{% for each in dates %}{{ each|measured }}{% endfor %}",
        """
import functools, jinja2
@functools.cache
def measured(post):
    return jinja2.Template("{{ post.content }}").render(post=post)
""", ALL,
    ),
    "a filter of a plugin that says what becomes of texts": (
        "{% for each in dates %}{{ each|measured }}{% endfor %}",
        "TEXT_FACTS = ()\ndef measured(post):\n    return len(post.content)\n", {"archives.html"},
    ),
    "the address of a post is made of its summary": (
        "{% for each in dates %}{{ each.url }} {% endfor %}",
        "def number(generator):\n    generator.settings['ARTICLE_URL'] = '{slug}.html#{summary}'\n"
        "signals.article_generator_init.connect(number)\n",
        ALL,
    ),
    "a plugin compares all texts": (
        "{% for each in dates %}{{ each.longest }}{% endfor %}",
        """
def compare(generators):
    for post in generators[0].articles:
        post.longest = max(len(each._content) for each in generators[0].articles)

signals.all_generators_finalized.connect(compare)
""", ALL,
    ),
    "a plugin counts something in each text, and shows the sum": (
        "{{ words }}",
        """
TEXT_FACTS = ("words",)

def count(content):
    content.words = len((content._content or "").split())

def add_up(generators):
    generators[0].context["words"] = sum(each.words for each in generators[0].articles)

signals.content_object_init.connect(count)
signals.all_generators_finalized.connect(add_up)
""", ALL,
    ),
}  # fmt: skip
PLUGIN = """
from pelican import signals

def measured(post):
    return ""
{}
def add(generator):
    generator.env.filters["measured"] = measured

def register():
    signals.generator_init.connect(add)
"""


@pytest.mark.parametrize("way", WAYS)
def test_wherever_a_text_goes(site: SmallSite, way: str) -> None:
    """Of a plugin nobody knows what it keeps, unless it says so."""
    template, plugin, expected = WAYS[way]
    site.settings('FORMATTED_FIELDS = ["summary"]')
    site.post(text="First words.", summary="In short.")
    site.post("two.md", "Second words.", slug="two", summary="In short.")
    site.write("theme/templates/archives.html", template)
    site.write("plugins/comparing.py", PLUGIN.format(plugin))
    built(site)
    site.post(text="Many more words than before.", summary="Otherwise.")

    rendered, pages = built(site)

    assert rendered == expected | {"onemd.html", "index.html"}
    assert pages == built_clean(site)


#: What nobody can keep: it may be another thing in the next build.
UNKEPT = {
    "a function that tells the time": ("import datetime\nJINJA_GLOBALS = {'now': datetime.datetime.now}", ""),
    "the time itself": ("import datetime\nBUILT = datetime.datetime.now()", ""),
    "an object that nobody can look into": ("import threading\nLOCK = threading.Lock()", ""),
    "a file that is written meanwhile": (
        "def write(post):\n    open('log', 'a').write('rendered')\n    return ''\nJINJA_FILTERS = {'do': write}",
        "{{ article|do }}",
    ),
    "an error": (
        "import logging\ndef fail(post):\n    logging.getLogger('a').error('no')\n    return ''\n"
        "JINJA_FILTERS = {'do': fail}",
        "{{ article|do }}",
    ),
}


@pytest.mark.parametrize("what", UNKEPT)
def test_what_may_be_another_the_next_time(site: SmallSite, what: str) -> None:
    settings, template = UNKEPT[what]
    site.settings(settings)
    site.write("theme/templates/article.html", template)
    built(site)

    rendered, _ = built(site)

    assert rendered >= {"onemd.html", "two.html"}


#: Gives each post and all pages what it finds outside of the site, in a way that nobody sees.
LOOKING_ELSEWHERE = """
import os
from pelican import signals

def give(generators):
    for post in generators[0].articles:
        post.mark = os.path.exists("mark")
        post._content += f"<!-- {post.mark} -->"

def tell(generator):
    generator.env.globals["is_marked"] = os.path.exists("mark")

def register():
    signals.all_generators_finalized.connect(give)
    signals.generator_init.connect(tell)
"""


@pytest.mark.parametrize("shown", ["{{ article.mark }}", "{{ article.content }}", "{{ is_marked }}"])
def test_what_a_plugin_finds_elsewhere(site: SmallSite, shown: str) -> None:
    """It shows in what templates are given."""
    site.write("plugins/comparing.py", LOOKING_ELSEWHERE)
    site.write("theme/templates/article.html", shown)
    built(site)
    assert built(site)[0] == set()

    site.write("mark", "")
    rendered, pages = built(site)

    assert rendered >= {"onemd.html", "two.html"}
    assert "True" in pages["onemd.html"]


def test_what_a_program_says_may_be_another_each_time(site: SmallSite) -> None:
    run = "import subprocess\n\ndef register():\n    signals.generator_init.connect(ask)\n\n"
    ask = "from pelican import signals\ndef ask(generator):\n    subprocess.run(['true'])\n"
    site.write("plugins/comparing.py", run + ask)
    built(site)

    assert built(site)[0] == ALL


def test_each_page_is_rendered_each_day(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can see that a template tells the year."""
    built(site)
    monkeypatch.setattr(premises, "today", lambda: date(2026, 11, 29))

    assert built(site)[0] == ALL


def test_a_file_from_elsewhere(site: SmallSite) -> None:
    """What a filter reads outside of the site's folders counts as what a plugin reads with the posts."""
    site.write("data/word.txt", "before")
    site.settings("JINJA_FILTERS = {'with_word': lambda text: text + open('data/word.txt').read()}")
    site.write("theme/templates/article.html", "{{ article.content|with_word }}")
    built(site)
    assert built(site)[0] == set()

    site.write("data/word.txt", "after")
    rendered, pages = built(site)

    assert rendered == ALL
    assert "after" in pages["onemd.html"]


def test_warnings_are_given_again(site: SmallSite, caplog: pytest.LogCaptureFixture) -> None:
    """They tell of what is wrong in a page, also if that is not rendered."""
    site.post(text="To [nowhere]({filename}nowhere.md).")

    def said() -> object:
        caplog.clear()
        Reading(Path("pelicanconf.py"), Path("output"), is_lazy=False).run()
        return [record.getMessage() for record in caplog.records if "nowhere" in record.getMessage()]

    first = site.in_a_process(said)

    assert first
    assert site.in_a_process(said) == first


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _of_another_version(file: Path) -> None:
    file.write_bytes(b"of another version\n" * 1000)


def _with_a_page_changed(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE pages SET content = ?", (b"another",))


def _with_other_tables(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE pages (path TEXT)")


def _where_no_page_can_be_looked_for(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE pages RENAME COLUMN known TO other")


DAMAGES = [
    _cut_short, _of_another_version, _with_a_page_changed, _with_other_tables, _where_no_page_can_be_looked_for,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_not_taken(site: SmallSite, damage: Callable[[Path], None]) -> None:
    _, before = built(site)
    (database,) = Path("cache/press").glob("*/pages.db")
    damage(database)

    rendered, pages = built(site)

    assert (rendered, pages) == (ALL, before)
    assert built(site)[1] == before


def test_pages_of_earlier_sites_make_room(site: SmallSite) -> None:
    """They are as large as the site itself; what was read of these sites is not, and stays."""
    for number in range(4):
        site.settings(f"NUMBER = {number}")
        built(site)

    assert len([*Path("cache/press").glob("*/pages.db")]) == 2
    assert len([*Path("cache/press").glob("*/sources.db")]) == 4


def test_several_processes_write_what_is_kept(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with a connection of its own to the database."""
    monkeypatch.setattr("press.site.processes.processors", lambda: 3)
    monkeypatch.setattr("press.site.notes._WORTH_A_PROCESS_THAT_COPIES", 2)
    _, before = built(site)
    site.post("two.md", "Other words.", slug="two")

    rendered, pages = built(site)

    assert rendered == {"two.html", "index.html"}
    assert {name for name in pages if pages[name] != before[name]} == rendered
    assert built(site) == (set(), pages)
