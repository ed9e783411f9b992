"""What the names of tags, categories and authors come to in a site's posts, once all of them are read."""

from collections import Counter
from typing import Any, NamedTuple

from pelican.urlwrappers import URLWrapper

from .names import spellings, with_own_addresses

#: The attribute of a post for each kind of names.
KINDS = {"tags": "tag", "category": "category", "authors": "author"}


class Variant(NamedTuple):
    """A spelling that is not the one in use: the field of the header, both spellings, how many posts have each, and the
    first post with this one.
    """

    field: str
    spelling: str
    used: str
    counts: tuple[int, int]
    post: Any


def give_each_name_one_page(generator: Any) -> None:
    """Let all published posts have the same thing for the same name. `generator` is Pelican's ArticlesGenerator, which
    gets the `spelling_variants` that were found.
    """
    posts = [
        *generator.articles, *generator.translations, *generator.hidden_articles, *generator.hidden_translations
    ]  # fmt: skip
    generator.spelling_variants = []
    for field in KINDS:
        things: dict[str, URLWrapper] = {}
        counts: Counter[str] = Counter()
        first: dict[str, Any] = {}
        for post in posts:
            for thing in _things(post, field):
                things.setdefault(thing.name, thing)
                counts[thing.name] += 1
                if post.source_path <= first.setdefault(thing.name, post).source_path:
                    first[thing.name] = post
        used = spellings(counts)
        own = with_own_addresses({name: things[name] for name in {*used.values()}}, generator.settings)
        other = {name: own.get(each, things[each]) for name, each in used.items() if name != each or each in own}
        if other or len({thing.slug for thing in things.values()}) < len(things):
            for post in posts:
                _replace(post, field, other)
        generator.spelling_variants += [
            Variant(field, spelling, used[spelling], (counts[spelling], counts[used[spelling]]), first[spelling])
            for spelling in sorted(used)
            if used[spelling] != spelling
        ]


def _things(post: Any, field: str) -> list[URLWrapper]:
    found = getattr(post, field, None)
    return [] if found is None else [*found] if isinstance(found, list) else [found]


def _replace(post: Any, field: str, other: dict[str, URLWrapper]) -> None:
    """Put other things in the place of some of a post's, each once. Lists are made anew: press keeps the old ones."""
    before = _things(post, field)
    unique: dict[str, URLWrapper] = {}
    for thing in before:
        meant = other.get(thing.name, thing)
        unique.setdefault(meant.slug, meant)
    after = [*unique.values()]
    if [*map(id, after)] == [*map(id, before)]:
        return
    value = after[0] if field == "category" else after
    setattr(post, field, value)
    post.metadata[field] = value
    if field == "authors":
        post.author = after[0]
