"""Which names mean the same, and which of them need another address than Pelican gives them."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import copy
from typing import Any

from pelican.urlwrappers import URLWrapper

from .addresses import full_words, has_own_rules


def same_name(name: str) -> str:
    """Return what the spellings of a name have in common: capitals make no difference, nor whether its words are parted
    by blanks or by hyphens.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.replace("-", " ").split()) or folded


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return for each spelling the one in use for that name: the most frequent, or of several the first by code points.
    `counts` are how many posts have each.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for spelling in counts:
        by_name[same_name(spelling)].append(spelling)
    used = {name: min(group, key=lambda each: (-counts[each], each)) for name, group in by_name.items()}
    return {spelling: used[same_name(spelling)] for spelling in counts}


def with_own_addresses(things: Mapping[str, URLWrapper], settings: dict[str, Any]) -> dict[str, URLWrapper]:
    """Return those of some things of one kind, such as tags, that need another address, with it, by their names: those
    whose name leaves none, or the same as a different name. The rest are as Pelican has them.

    Where the rules for addresses are the site's own, they may give several names one address.
    """
    sharing = Counter(thing.slug for thing in things.values())
    own: dict[str, URLWrapper] = {}
    for name, thing in sorted(things.items()):
        is_shared = sharing[thing.slug] > 1 and not has_own_rules(type(thing).__name__.upper(), settings)
        if not thing.slug or (is_shared and same_name(name) != same_name(thing.slug)):
            words = full_words(name, settings)
            own[name] = copy(thing)
            own[name].slug = words if words not in sharing else f"{words}-{len(own) + 1}"
            sharing[own[name].slug] += 1
    return own
