"""Which posts are looked at while a page is rendered.

A post that nobody has looked at is, for that time, of a class of its own: whoever asks it for anything is noticed, and
then it is an ordinary post again, which costs nothing more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from pelican.contents import Content

_looked_at: list[Any] = []
_is_spoilt = False
_keeping: frozenset[CodeType] = frozenset()


def _notice(post: Any) -> None:
    """Note a post; and whether one of those functions that keep their results has asked for it."""
    global _is_spoilt
    _looked_at.append(post)
    frame: FrameType | None = sys._getframe(2) if _keeping else None
    while frame is not None:
        if frame.f_code in _keeping:
            _is_spoilt = True
        frame = frame.f_back


class _Unseen:
    """A post that nobody has looked at."""

    _seen: type

    def __getattribute__(self, name: str) -> Any:
        _see(self)
        return getattr(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _see(self)
        setattr(self, name, value)

    def __delattr__(self, name: str) -> None:
        _see(self)
        delattr(self, name)


class _Seen:
    """A post that somebody has looked at; nobody shall change it."""

    _unseen: type

    def __setattr__(self, name: str, value: Any) -> None:
        global _is_spoilt
        _is_spoilt = True
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        global _is_spoilt
        _is_spoilt = True
        object.__delattr__(self, name)


def _see(post: _Unseen) -> None:
    kind: Any = type(post)
    object.__setattr__(post, "__class__", kind._seen)
    _notice(post)


def _classes(kind: type) -> type:
    """The class of posts of a kind that nobody has looked at. Raises TypeError if there cannot be one."""
    seen = type(kind.__name__, (_Seen, kind), {"__module__": kind.__module__, "__qualname__": kind.__qualname__})
    unseen = type(kind.__name__, (_Unseen, kind), {"__module__": kind.__module__, "__qualname__": kind.__qualname__})
    seen._unseen, unseen._seen = unseen, seen  # type: ignore[attr-defined]
    return unseen


class Looking:
    """Watches some posts, between `begin` and `end`. `keeping` is the code of functions that keep their results: a post
    that they look at is in all pages that ask them later, and nobody can tell which.
    """

    def __init__(self, posts: Iterable[Content], keeping: frozenset[CodeType]) -> None:
        global _is_spoilt
        _is_spoilt = False
        self._posts, self._keeping = [*posts], keeping
        self._kinds = {kind: _classes(kind) for kind in {type(post) for post in self._posts}}

    def begin(self) -> None:
        """Begin to watch."""
        global _keeping
        _keeping = self._keeping
        _looked_at.clear()
        self._usual = [type(post) for post in self._posts]
        for post, kind in zip(self._posts, self._usual, strict=True):
            object.__setattr__(post, "__class__", self._kinds[kind])

    def end(self) -> None:
        """Let the posts be as they were."""
        for post, kind in zip(self._posts, self._usual, strict=True):
            object.__setattr__(post, "__class__", kind)

    @contextmanager
    def page(self) -> Iterator[list[Any]]:
        """The posts that are looked at in a block, once it is over."""
        found: list[Any] = []
        _looked_at.clear()
        try:
            yield found
        finally:
            found += _looked_at
            for post in found:
                object.__setattr__(post, "__class__", type(post)._unseen)

    @property
    def is_spoilt(self) -> bool:
        """Whether posts were changed, or looked at by what keeps its results."""
        return _is_spoilt
