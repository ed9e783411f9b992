"""plugins/press/site/snapshot.py: each round has its posts as they were when read, whatever became of them since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pelican import signals
from pelican.contents import Article, Page
from press.site import snapshot

if TYPE_CHECKING:
    from .conftest import SmallSite


def test_what_a_plugin_adds_in_each_round_does_not_grow(small: SmallSite) -> None:
    """Lists, dictionaries and attributes of a post are those of its source in each round."""

    def add(generator: Any) -> None:
        for post in generator.articles:
            post.tags.append("more")
            post.metadata[f"more {len(rounds)}"] = "more"
            post._content += "<p>more</p>"
            post.title += "!"
            post.added = getattr(post, "added", 0) + 1
            rounds.append((post.title, len(post.tags), len(post._content), post.added, len(post.metadata)))

    rounds: list[tuple[Any, ...]] = []
    small.on(signals.article_generator_finalized, add)
    small.post(tags="a, b")
    reading = small.reading()
    for _ in range(3):
        reading.run()
    another = small.reading()
    for _ in range(2):
        another.run()

    assert len(rounds) == 5
    assert len(set(rounds)) == 1


def test_a_remembered_post_is_as_one_that_was_read(small: SmallSite) -> None:
    """Also the addresses that depend on others: translations, categories, authors, drafts, and links between posts."""
    seen: list[Any] = []

    def note(generator: Any) -> None:
        posts = [*generator.articles, *generator.translations, *generator.drafts, *generator.hidden_articles]
        seen.append(
            sorted(
                (
                    str(post.source_path), post.url, post.save_as, post.lang, post.in_default_lang, str(post.category),
                    str(post.date), [str(each) for each in getattr(post, "authors", [])], post.content, post.summary,
                    [each.url for each in post.translations], isinstance(post, Article), post.template,
                    {name: str(value) for name, value in post.metadata.items()},
                )
                for post in posts
            )
        )  # fmt: skip

    small.on(signals.article_writer_finalized, lambda generator, writer: note(generator))
    small.settings('ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{category}/{author}/{slug}-{lang}.html"')
    small.post("one.md", "To [two]({filename}two.md), [a file]({static}/images/a.png).", authors="B, A", tags="x")
    small.post("two.md", "To [one]({filename}one.md#part).", category="c & d", author="Ünï")
    small.post("uno.md", slug="onemd", lang="es")
    small.post("draft.md", status="draft")
    small.post("hidden.md", status="hidden", save_as="own.html", url="own.html", template="page")
    small.write("content/images/a.png", "")
    reading = small.reading()
    reading.run()
    reading.run()
    small.reading().run()

    assert len(seen) == 3
    assert seen[0] == seen[1] == seen[2]


class Own(Article):
    """A class of a plugin."""


def test_only_what_another_process_knows_is_taken() -> None:
    assert snapshot.take(Own.__new__(Own)) is None


def test_what_cannot_be_written_stays_in_this_process(small: SmallSite) -> None:
    """An object of a plugin that only exists here."""

    def give(generator: Any, metadata: dict[str, Any]) -> None:
        metadata["only_here"] = lambda: None

    small.on(signals.article_generator_context, give)
    small.post()
    reading = small.reading()

    assert small.read_again(reading) == ["one.md"]
    assert small.read_again(reading) == []
    assert small.read() == ["one.md"]


@pytest.mark.parametrize("kind", [Article, Page])
def test_a_remembered_post_is_of_pelicans_class(small: SmallSite, kind: type) -> None:
    """Settings such as ARTICLE_URL are named after it, and plugins compare types: `type(post) in (Article, Page)`."""
    seen = []
    small.on(signals.content_object_init, seen.append)
    small.post()
    small.write("content/pages/page.md", "Title: Page\n\nWords.\n")
    small.reading().run()
    (made,) = [each for each in seen if type(each) is kind]
    taken = snapshot.take(made)
    assert taken is not None

    restored = snapshot.restore(taken, made.settings, made._context)

    assert type(restored) is kind
    assert restored.url == made.url
