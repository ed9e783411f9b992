"""A post or page as it was when it had just been read: a copy that later steps of a build cannot change.

Pelican and its plugins go on to change a post: links are resolved, neighbours and translations are added. So a post
that is not read again is made anew from its snapshot for each build.
"""

from __future__ import annotations

import io
import pickle
from typing import Any, NamedTuple

from pelican.contents import Article, Content, Page

#: What all posts share, and no snapshot contains.
_SETTINGS, _CONTEXT = "settings", "context"
_SHARED = frozenset({"settings", "_context", "translations"})


class Snapshot(NamedTuple):
    """The class of a post, its attributes without what it shares with all others, the static files that it links to,
    and the addresses that were worked out for it, each with all that it depends on.
    """

    kind: str
    attributes: dict[str, Any]
    static_links: set[str]
    addresses: dict[str, tuple[Any, str]]


class _Remembered(Content):  # type: ignore[misc]
    """What a post need not work out in every build: Pelican asks for it several times for each of all posts."""

    _snapshot: Snapshot

    def get_relative_source_path(self, source_path: str | None = None) -> Any:
        return super().get_relative_source_path(source_path) if source_path else self.relative_source_path

    def get_static_links(self) -> set[str]:
        return set(self._snapshot.static_links)

    def get_url_setting(self, key: str) -> Any:
        """The address or file of the post, the same as before if all is the same that may be part of it."""
        author = getattr(getattr(self, "author", None), "slug", None)
        category = getattr(getattr(self, "category", None), "slug", None)
        own = (self.in_default_lang, self.status, self.slug, self.lang, getattr(self, "date", None), author, category)
        overridden = getattr(self, f"override_{key}", None)
        known, address = self._snapshot.addresses.get(key, (None, ""))
        if known is None or known != (own, overridden, self.metadata):
            address = super().get_url_setting(key)
            self._snapshot.addresses[key] = (own, overridden, dict(self.metadata)), address
        return address


#: The classes of posts as they are remembered. They have the names of Pelican's: its settings are named after those.
_CLASSES: dict[str, type[Content]] = {
    each.__name__: type(each.__name__, (_Remembered, each), {}) for each in (Article, Page)
}


def take(content: Content) -> Snapshot | None:
    """The snapshot of a post that has just been read; None if it is of a class that no other process knows."""
    if type(content) not in (Article, Page):
        return None
    own = {name: value for name, value in vars(content).items() if name not in _SHARED}
    return Snapshot(type(content).__name__, _copied(own), content.get_static_links(), {})


def restore(snapshot: Snapshot, settings: dict[str, Any], context: dict[str, Any]) -> Content:
    """A new post like the one that the snapshot was taken of."""
    content: Content = Content.__new__(_CLASSES[snapshot.kind])
    shared = {"settings": settings, "_context": context, "translations": [], "_snapshot": snapshot}
    vars(content).update(_copied(snapshot.attributes), **shared)
    return content


def _copied(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attributes with lists and dictionaries of their own: those are what is changed in place."""
    return {
        name: [*value] if type(value) is list else dict(value) if type(value) is dict else value
        for name, value in attributes.items()
    }


class _Writer(pickle.Pickler):
    """Leaves out the settings and the context wherever they occur, such as in every tag."""

    def __init__(self, file: io.BytesIO, settings: object, context: object) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.settings, self.context = settings, context

    def persistent_id(self, thing: object) -> str | None:
        # Asked of every object, and so without `id`: Python reports each call of that to the hook in opened.py.
        return _SETTINGS if thing is self.settings else _CONTEXT if thing is self.context else None


class _Reader(pickle.Unpickler):
    """Puts in the settings and the context of this process."""

    def __init__(self, file: io.BytesIO, settings: object, context: object) -> None:
        super().__init__(file)
        self.shared = {_SETTINGS: settings, _CONTEXT: context}

    def persistent_load(self, name: str) -> object:
        return self.shared[name]


def to_bytes(snapshot: Snapshot, settings: object, context: object) -> bytes | None:
    """A snapshot for another process; None if a plugin has put something into it that only exists in this one."""
    file = io.BytesIO()
    try:
        _Writer(file, settings, context).dump(tuple(snapshot))
    except Exception:  # whatever the objects of a plugin raise when they are asked
        return None
    return file.getvalue()


def from_bytes(written: bytes, settings: object, context: object) -> Snapshot:
    """A snapshot of another process. Raises whatever the objects in it do."""
    return Snapshot(*_Reader(io.BytesIO(written), settings, context).load())
