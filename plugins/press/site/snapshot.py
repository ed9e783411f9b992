"""A post or page as it was when it had just been read: a copy that later steps of a build cannot change.

Pelican and its plugins go on to change a post: links are resolved, neighbours and translations are added. So a post
that is not read again is made anew from its snapshot for each build.
"""

from __future__ import annotations

import io
import pickle
from typing import Any, NamedTuple

from pelican.contents import Article, Content, Page

_CLASSES: dict[str, type[Content]] = {"Article": Article, "Page": Page}
#: What all posts share, and no snapshot contains.
_SETTINGS, _CONTEXT = "settings", "context"


class Snapshot(NamedTuple):
    """The class of a post, and its attributes without what it shares with all others."""

    kind: str
    attributes: dict[str, Any]


def take(content: Content) -> Snapshot | None:
    """The snapshot of a post that has just been read; None if it is of a class that no other process knows."""
    kind = type(content).__name__
    if _CLASSES.get(kind) is not type(content):
        return None
    shared = {"settings", "_context", "translations"}
    return Snapshot(kind, _copied({name: value for name, value in vars(content).items() if name not in shared}))


def restore(snapshot: Snapshot, settings: dict[str, Any], context: dict[str, Any]) -> Content:
    """A new post like the one that the snapshot was taken of."""
    content: Content = Content.__new__(_CLASSES[snapshot.kind])
    vars(content).update(_copied(snapshot.attributes), settings=settings, _context=context, translations=[])
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
        self.shared = {id(settings): _SETTINGS, id(context): _CONTEXT}

    def persistent_id(self, thing: object) -> str | None:
        return self.shared.get(id(thing))


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
