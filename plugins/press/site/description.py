"""Things in bytes: the same in every process, and others whenever something in the things is another.

The bytes are a pickle that nobody reads back. Posts, and what all posts share, stand in it by their names, code by
where it is, and sets in an order of their own. What cannot be told in this way raises an error: whoever asks then does
without.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import _lru_cache_wrapper, cache, cached_property
from logging import Logger
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

from blinker import Signal
from jinja2 import Environment, Template
from pelican import Pelican
from pelican.contents import Content, Static
from pelican.generators import Generator
from pelican.paginator import Paginator
from pelican.urlwrappers import URLWrapper

#: What all posts, tags and lists have in common.
SHARED = frozenset({"settings", "_context"})
#: What is worked out, or noted, when somebody asks.
_WORKED_OUT = frozenset({"_output_location_referenced", "_num_pages", "_count"})
_PLAIN = frozenset({str, int, bool, float, bytes, type(None), tuple})
_CODE = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType, _lru_cache_wrapper)
#: What keeps nothing of a site, or is told of in another place: the parts of Pelican by their attributes.
_ELSEWHERE = (Signal, Logger, Environment, Template, Generator, Pelican, property, staticmethod, classmethod,
              cached_property)  # fmt: skip
_OWN = __name__.rpartition(".")[0] + "."
#: A list of more things than this is told of once, however many lists contain it.
_LONG = 16


#: What a pickle with a set in it contains, and perhaps another.
_SIGNS_OF_SETS = (pickle.EMPTY_SET, pickle.FROZENSET)


def _named(*words: object) -> None:
    """What a name stands for in a pickle."""


class Describer:
    """Describes the things of one site. `keys` are names for its posts, which grow with every post that is met, and
    `is_met` is called with code, and with parts of Pelican, where they are met.
    """

    def __init__(self, shared: Iterable[object], is_met: Callable[[Any], None]) -> None:
        """`shared` stand by their places in it."""
        self._shared = {id(each): (number, each) for number, each in enumerate(shared)}
        self.is_met, self.works_out = is_met, False
        self.keys: dict[int, tuple[str, ...]] = {}
        self.posts: list[Content] = []
        self._names: set[tuple[str, ...]] = set()
        self._lists: dict[int, tuple[bytes, object]] = {}

    def digest(self, thing: object) -> bytes:
        """A digest of a description. Raises whatever makes a thing impossible to describe."""
        try:
            return _digest(_written(_Writer, self, thing))
        except ValueError:  # something contains itself
            return _digest(_written(_Writer, self, thing, is_fast=False))

    def digest_of_post(self, post: Content) -> bytes:
        """A digest of all that a post says of itself."""
        own = {name: value for name, value in vars(post).items() if name not in SHARED and name != "_snapshot"}
        try:
            written = _written(_WriterOfPosts, self, own)
        except Exception:  # something in it contains itself, or what all share
            return self.digest(own)
        return self.digest(own) if any(sign in written for sign in _SIGNS_OF_SETS) else _digest(written)

    def key(self, post: Content) -> tuple[str, ...]:
        """The name of a post: its source, with a number where several have the same."""
        key = self.keys.get(id(post))
        if key is None:
            name = (type(post).__qualname__, str(getattr(post, "source_path", None)))
            key = name if name not in self._names else (*name, str(len(self.posts)))
            self._names.add(key)
            self.keys[id(post)] = key
            self.posts.append(post)
        return key

    def name(self, thing: Any) -> object:
        """What stands for a thing that is not described itself; None if it is described."""
        if isinstance(thing, Content) and not isinstance(thing, Static):
            return self.key(thing)
        if id(thing) in self._shared:
            return self._shared[id(thing)][0]
        if isinstance(thing, set | frozenset):
            return type(thing).__qualname__, sorted(self.digest(each) for each in thing)
        if (
            isinstance(thing, list)
            and (type(thing) is list or type(thing).__module__.startswith(_OWN))
            and len(thing) > _LONG
        ):
            if id(thing) not in self._lists:
                self._lists[id(thing)] = self.digest(tuple(thing)), thing
            return self._lists[id(thing)][0]
        return None


class _WriterOfPosts(pickle.Pickler):
    """Knows no names but those of objects; so it is three times as fast."""

    def __init__(self, describer: Describer, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._describer = describer

    def reducer_override(self, thing: Any) -> Any:
        if thing is _named:
            return NotImplemented
        if isinstance(thing, (*_CODE, *_ELSEWHERE)):
            self._describer.is_met(thing)
            return _named, _words(thing)
        if isinstance(thing, MappingProxyType):
            return _named, (dict(thing),)
        if isinstance(thing, Static | URLWrapper | Paginator):
            own = {name: value for name, value in vars(thing).items() if name not in SHARED | _WORKED_OUT}
            if own.get("_slug_from_name"):
                own.pop("_slug", None)
            return _named, (type(thing), own)
        if isinstance(thing, Content) and not isinstance(thing, Static):
            return _named, self._describer.key(thing)
        if self._describer.works_out:
            _work_out(thing)
        return NotImplemented


class _Writer(_WriterOfPosts):
    def persistent_id(self, thing: Any) -> object:
        return None if type(thing) in _PLAIN else self._describer.name(thing)


def _words(thing: Any) -> tuple[str, ...]:
    """A thing by where it is in code; of a method, what it belongs to is described by whoever it is met by."""
    name = getattr(thing, "__qualname__", None) or getattr(thing, "__name__", None) or getattr(thing, "name", "")
    return type(thing).__qualname__, str(getattr(thing, "__module__", "")), str(name)


@cache
def _worked_out(kind: Any) -> list[str]:
    """The attributes that an object of a kind works out when somebody asks for the first time."""
    return [name for each in kind.__mro__ for name, value in vars(each).items() if isinstance(value, cached_property)]


def _work_out(thing: Any) -> None:
    """Have an object work them out now: then no page is the one that asks for the first time."""
    kind: Any = type(thing)
    for name in _worked_out(kind):
        with suppress(Exception):  # it is raised again when a page asks
            getattr(thing, name)


def _written(kind: type[_WriterOfPosts], describer: Describer, thing: object, *, is_fast: bool = True) -> bytes:
    file = io.BytesIO()
    writer = kind(describer, file)
    writer.fast = is_fast
    writer.dump(thing)
    return file.getvalue()


def _digest(written: bytes) -> bytes:
    return hashlib.blake2b(written, digest_size=16).digest()
