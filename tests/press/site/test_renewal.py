"""plugins/press/site/renewal.py: a build renders the pages that are not what they were, and no others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from odd_plugin import KINDS, PLUGIN
from press.site.notes import NotingWriter, Written
from press.site.reading import Reading

pytestmark = pytest.mark.starts_programs

POSTS = ("a.md", "b.md", "c.md")
PAGES = ("a.html", "b.html", "c.html")
#: Pages without a post of their own.
LISTS = ("archives.html", "author/ann.html", "authors.html", "categories.html", "category/posts.html", "index.html",
         "tags.html")  # fmt: skip


def built(small: Any) -> list[str]:
    """Build the site in a process of its own, and return the files of the pages that were rendered."""

    def build() -> list[str]:
        names, write = list[str](), NotingWriter._write_one

        def noting(self: NotingWriter, name: str) -> Written:
            names.append(name)
            return write(self, name)

        NotingWriter._write_one = noting  # type: ignore[method-assign]
        Reading(Path("pelicanconf.py"), Path("output"), is_lazy=False).run()
        return sorted(names)

    shutil.rmtree("output", ignore_errors=True)
    names: list[str] = small.in_a_process(build)
    return names


def output() -> dict[str, bytes]:
    """What was built."""
    return {str(file): file.read_bytes() for file in Path("output").rglob("*") if file.is_file()}


def as_if_clean(small: Any) -> bool:
    """Whether a build comes to the same as one that nothing is kept for."""
    built(small)
    warm = output()
    shutil.rmtree("cache")
    built(small)
    return warm == output()


@pytest.fixture
def three(small: Any) -> Any:
    """Return a site with three posts, of which the front page shows the titles."""
    small.settings('AUTHOR = "Ann"')
    small.write("theme/templates/index.html", "{% for post in articles %}{{ post.title }} {% endfor %}")
    for name in POSTS:
        small.post(name, f"Words of {name}.", slug=name[0])
    return small


def change_text(small: Any) -> None:
    small.post("b.md", "Other words.", slug="b")


def change_title(small: Any) -> None:
    small.post("b.md", "Words of b.md.", slug="b", title="Other")


def add_post(small: Any) -> None:
    small.post("d.md", slug="d")


def change_template(small: Any) -> None:
    small.write("theme/templates/article.html", "new {{ article.content }}")


def link(small: Any) -> None:
    small.post("c.md", "[b]({filename}b.md)", slug="c")


CHANGES: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "nothing": (lambda small: None, ()),
    "a text": (change_text, ("b.html", "index.html")),
    "a title": (change_title, ("b.html", "index.html")),
    "another post": (add_post, (*PAGES, "d.html", *LISTS)),
    "a template": (change_template, (*PAGES, *LISTS)),
    "a setting": (lambda small: small.settings('SITENAME = "New"'), (*PAGES, *LISTS)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_pages_that_are_the_same_are_not_rendered(three: Any, change: str) -> None:
    edit, rendered = CHANGES[change]
    assert built(three) == sorted((*PAGES, *LISTS))
    edit(three)
    assert built(three) == sorted(rendered)
    assert as_if_clean(three)


def test_a_page_is_rendered_when_a_post_moves_that_it_links_to(three: Any) -> None:
    """Also if another page had worked out the same text before."""
    three.write("theme/templates/index.html", "{{ articles|map(attribute='content')|join }}")
    link(three)
    built(three)
    three.post("b.md", "Words of b.md.", slug="elsewhere")
    assert {"c.html", "index.html"} < {*built(three)}
    assert as_if_clean(three)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_plugin_has_from_elsewhere_is_never_kept_too_long(three: Any, kind: str) -> None:
    three.write("plugins/odd.py", PLUGIN)
    three.write("data/odd.txt", "one")
    three.settings(f'PLUGIN_PATHS, PLUGINS, ODD = ["plugins"], ["odd"], "{kind}"')
    for name in ("index", "article"):
        three.write(f"theme/templates/{name}.html", "{{ odd() }} {{ article.content if article }}")
    built(three)
    for post in POSTS:
        three.post(post, f"Other words of {post}.", title=f"New {post}")
        three.write("data/odd.txt", post)
        assert as_if_clean(three)
