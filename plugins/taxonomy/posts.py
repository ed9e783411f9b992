"""What the names of tags, categories and authors come to in a site's posts, once all of them are read."""

from collections import Counter
from functools import cached_property
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


class Names:
    """The names of one kind in some posts; `things` has the first thing with each. When all are added, it says what
    they come to.
    """

    def __init__(self, field: str) -> None:
        """`field` is that of the header."""
        self.field = field
        self.things: dict[str, URLWrapper] = {}
        self._counts: Counter[str] = Counter()
        self._first: dict[str, Any] = {}

    def add(self, thing: URLWrapper, post: Any) -> None:
        """Count a thing that a post names."""
        name = thing.name
        self.things.setdefault(name, thing)
        self._counts[name] += 1
        if post.source_path <= self._first.setdefault(name, post).source_path:
            self._first[name] = post

    @cached_property
    def _used(self) -> dict[str, str]:
        return spellings(self._counts)

    def meant(self, settings: dict[str, Any]) -> dict[str, URLWrapper]:
        """Return the thing that each name means: that of the spelling in use, with an address of its own."""
        in_use = {name: self.things[name] for name in {*self._used.values()}}
        in_use |= with_own_addresses(in_use, settings)
        return {name: in_use[spelling] for name, spelling in self._used.items()}

    def variants(self) -> list[Variant]:
        """Return the spellings that are not in use."""
        used, counts = self._used, self._counts
        return [
            Variant(
                self.field, spelling, used[spelling], (counts[spelling], counts[used[spelling]]), self._first[spelling]
            )
            for spelling in sorted(used)
            if used[spelling] != spelling
        ]


def give_each_name_one_page(generator: Any) -> None:
    """Let all published posts have the same thing for the same name. `generator` is Pelican's ArticlesGenerator, which
    gets the `spelling_variants` that were found.
    """
    posts = [
        *generator.articles, *generator.translations, *generator.hidden_articles, *generator.hidden_translations
    ]  # fmt: skip
    generator.spelling_variants = []
    for field in KINDS:
        names = Names(field)
        for post in posts:
            for thing in _things(post, field):
                names.add(thing, post)
        things = names.things
        other = {name: thing for name, thing in names.meant(generator.settings).items() if thing is not things[name]}
        if other or len({thing.slug for thing in things.values()}) < len(things):
            for post in posts:
                _replace(post, field, other)
        generator.spelling_variants += names.variants()


def _things(post: Any, field: str) -> list[URLWrapper]:
    found = getattr(post, field, None)
    return [] if found is None else [*found] if isinstance(found, list) else [found]


def _replace(post: Any, field: str, other: dict[str, URLWrapper]) -> None:
    """Put other things in the place of some of a post's, each once. Lists are rebuilt: press keeps the old ones."""
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
