"""A post or page as it was when it had just been read: a copy that later steps of a build cannot change.

Pelican and its plugins go on to change a post: links are resolved, neighbours and translations are added. So a post
that is not read again is rebuilt from its snapshot for each build.
"""

from __future__ import annotations

import functools
import io
import operator
import os
import pickle
from collections.abc import Iterable
from typing import Any, NamedTuple

from pelican.contents import Article, Content, Page
from pelican.urlwrappers import URLWrapper

from .texts import ATTRIBUTES, SUMMARY, Metadata, Text, attributes_of, note, unnoted

#: What all posts share, and no snapshot contains.
_SETTINGS, _CONTEXT = "settings", "context"
_SHARED = frozenset({"settings", "_context", "translations"})
_NOT_READ = _SHARED | {"_snapshot"}


class Snapshot(NamedTuple):
    """The class of a post, its attributes without what it shares with all others, the static files that it links to,
    and the addresses that were worked out for it, each with all that it depends on.
    """

    kind: str
    attributes: dict[str, Any]
    static_links: set[str]
    addresses: dict[str, tuple[Any, str]]

    @property
    def key(self) -> str:
        """The kind of the post and the path of its source in the content, as one word."""
        return key_of(self.kind, str(self.attributes["relative_source_path"]))


def key_of(kind: str, source: str) -> str:
    """The key of the snapshot of a source, given its path in the content."""
    return f"{kind} {source.replace(os.sep, '/')}"


class Remembered(Content):  # type: ignore[misc]
    """What Pelican's own classes of posts inherit from. In a post that was rebuilt from its snapshot, attributes that
    Pelican asks every post for, several times, are not computed in every build, and reads of its text are noted. Any
    other post is as Pelican has it.

    Such a post is of exactly Pelican's class: plugins compare types.
    """

    _snapshot: Snapshot | None = None
    _content, _summary = Text("_content"), Text("_summary")

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        note(self)
        attributes: dict[str, Any] = attributes_of(self)
        return attributes

    def changed(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What plugins have changed in the post since it was read: of its texts, and of all else."""
        assert self._snapshot is not None
        read = self._snapshot.attributes
        now = {name: value for name, value in attributes_of(self).items() if name not in _NOT_READ}
        changed = {name: value for name, value in now.items() if not _is_as_read(value, read.get(name))}
        gone = dict.fromkeys(read.keys() - now.keys())
        if not (changed or gone or self.translations):
            return {}, {"addresses": [self.url, self.save_as]}
        texts, others = texts_in({**changed, **gone, "metadata": dict(changed.get("metadata", ()))})
        return texts, others | {"translations": self.translations, "addresses": [self.url, self.save_as]}

    def get_content(self, siteurl: str) -> Any:
        note(self)
        return super().get_content(siteurl)

    def get_summary(self, siteurl: str) -> Any:
        note(self)
        return super().get_summary(siteurl)

    def get_relative_source_path(self, source_path: str | None = None) -> Any:
        if source_path or self._snapshot is None:
            return super().get_relative_source_path(source_path)
        return self.relative_source_path

    def get_static_links(self) -> set[str]:
        return set(super().get_static_links() if self._snapshot is None else self._snapshot.static_links)

    def get_url_setting(self, key: str) -> Any:
        """The address or file of the post, the same as before if all is the same that may be part of it."""
        if self._snapshot is None:
            return super().get_url_setting(key)
        author = getattr(getattr(self, "author", None), "slug", None)
        category = getattr(getattr(self, "category", None), "slug", None)
        own = (self.in_default_lang, self.status, self.slug, self.lang, getattr(self, "date", None), author, category)
        overridden = getattr(self, f"override_{key}", None)
        known, address = self._snapshot.addresses.get(key, (None, ""))
        if known is None or known != (own, overridden, self.metadata):
            with unnoted():  # `changed` tells of addresses
                address = super().get_url_setting(key)
                metadata = dict(self.metadata)
            self._snapshot.addresses[key] = (own, overridden, metadata), address
        return address


_KINDS: dict[str, type[Content]] = {each.__name__: each for each in (Article, Page)}
#: The names of attributes that plugins give to posts, and that depend on their texts.
_facts: set[str] = set()


def watch(facts: Iterable[str]) -> None:
    """From now on, have posts remembered, and note reads of attributes with these names as well."""
    for kind in _KINDS.values():
        kind.__bases__ = tuple(Remembered if base is Content else base for base in kind.__bases__)
    for name in {*facts} - _facts:
        setattr(Remembered, name, Text(name))
        _facts.add(name)


def texts_in(attributes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The attributes of a snapshot that depend on the text of the post, and all others."""
    metadata = attributes["metadata"]
    names, fields = ATTRIBUTES | _facts, _facts | {SUMMARY}
    texts = {name: value for name, value in attributes.items() if name in names}
    texts |= {f"metadata {name}": metadata[name] for name in sorted(fields & metadata.keys())}
    others = {name: value for name, value in attributes.items() if name not in names}
    others["metadata"] = {name: value for name, value in metadata.items() if name not in fields}
    return texts, others | {"names": [*texts]}


def take(content: Content) -> Snapshot | None:
    """The snapshot of a post that has just been read; None if it is of a class that no other process knows."""
    if type(content) not in (Article, Page):
        return None
    own = {name: value for name, value in vars(content).items() if name not in _SHARED}
    return Snapshot(type(content).__name__, _copied(own), content.get_static_links(), {})


def restore(snapshot: Snapshot, settings: dict[str, Any], context: dict[str, Any]) -> Content:
    """A new post like the one that the snapshot was taken of."""
    content: Content = Content.__new__(_KINDS[snapshot.kind])
    shared = {"settings": settings, "_context": context, "translations": [], "_snapshot": snapshot}
    attributes = _copied(snapshot.attributes)
    attributes["metadata"] = Metadata(attributes["metadata"], snapshot.key, frozenset({SUMMARY, *_facts}))
    attributes_of(content).update(attributes, **shared)
    return content


def is_restored(post: Content) -> bool:
    """Whether a post was made by `restore`."""
    return "_snapshot" in attributes_of(post)


def work_out_addresses(snapshot: Snapshot, settings: dict[str, Any], context: dict[str, Any]) -> None:
    """Keep the addresses of a post in its snapshot, and the slugs of its tags, category and authors, so that no round
    has to work them out: each post has tags of its own.
    """
    content = restore(snapshot, settings, context)
    for value in snapshot.attributes.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, URLWrapper):
                str(each.slug)
    str(content.url), str(content.save_as)


def _is_as_read(value: Any, read: Any) -> bool:
    """Whether the value of an attribute is that of the snapshot, or one of the copies that restore makes."""
    if isinstance(value, list) and type(read) is list:
        return len(value) == len(read) and all(map(operator.is_, value, read))
    if isinstance(value, dict) and type(read) is dict:
        return value.keys() == read.keys() and all(dict.__getitem__(value, name) is read[name] for name in read)
    return value is read


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


#: A thousand posts name the same dozen classes. Python would look for each again, and report it to the hook in
#: opened.py.
_find_class = functools.cache(pickle.Unpickler(io.BytesIO()).find_class)


class _Reader(pickle.Unpickler):
    """Puts in the settings and the context of this process."""

    def __init__(self, file: io.BytesIO, settings: object, context: object) -> None:
        super().__init__(file)
        self.shared = {_SETTINGS: settings, _CONTEXT: context}

    def persistent_load(self, name: str) -> object:
        return self.shared[name]

    find_class = staticmethod(_find_class)


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
