"""Any value in words that are the same in every process, to be compared or digested.

The representation of an object may contain its address, so that it is not taken.
"""

from __future__ import annotations

import dataclasses
import functools
import logging
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta, tzinfo
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from pelican.contents import Content
from pelican.urlwrappers import URLWrapper

#: Objects that may answer differently each time.
_CHANGING = frozenset({"datetime", "time", "random", "secrets", "uuid"})
#: The sorts of values, each with the classes that belong to it or whose subclasses do; an object is of none of them.
_PLAIN, _PATTERN, _CALLED, _TABLE, _LIST, _SET, _OBJECT = "plain", "pattern", "called", "table", "list", "set", "object"
_SORTS: dict[str, tuple[type, ...]] = {
    _PLAIN: (type(None), str, bytes, int, float, Path),
    _PATTERN: (re.Pattern,),
    _CALLED: (BuiltinFunctionType, FunctionType, MethodType, ModuleType, type),
    _TABLE: (dict,),
    _LIST: (list, tuple),
    _SET: (set, frozenset),
}
_OF_TIME = (date, time, timedelta, tzinfo)
#: What describes a value within a value that is being described.
_Inner = Callable[[Any], str]


class CannotBeDescribedError(Exception):
    """A value may mean another thing in another process, and nobody can see that."""


def described(value: Any) -> str:
    """A value in words. Objects with a meaning of their own are described by their class alone."""
    return _Describing(_named, lambda other, _: _named(type(other))).of(value)


def described_exactly(value: Any) -> str:
    """A value in words, objects too: two that mean the same may differ, and not the other way round. Posts are named by
    their sources, and what a dataclass leaves out of comparisons is left out here. Raises CannotBeDescribedError.
    """
    return _Describing(_callable, _object).of(value)


class _Describing:
    """Describes one value: what is called with a function of its own, and an object with a class with another."""

    def __init__(self, called: Callable[[Any], str], other: Callable[[Any, _Inner], str]) -> None:
        self._called, self._other = called, other
        #: What the value is in that is being described. Compared without `id`: Python reports each call of that to the
        #: hook in opened.py.
        self._above: list[Any] = []

    def of(self, value: Any) -> str:
        """The value in words."""
        sort = _sort_of(type(value))  # type: ignore[arg-type]  # mypy takes no class for hashable
        if sort is _PLAIN:
            return f"{type(value).__name__}:{value!r}"
        if sort is _CALLED:
            return self._called(value)
        if sort is _PATTERN:
            return f"pattern:{value.pattern!r}:{value.flags}"
        for each in self._above:
            if each is value:
                return "again"
        self._above.append(value)
        words = self._of_what_is_in(value, sort)
        self._above.pop()
        return words

    def _of_what_is_in(self, value: Any, sort: str) -> str:
        if sort is _TABLE:
            return "{" + ",".join([f"{self.of(key)}:{self.of(item)}" for key, item in value.items()]) + "}"
        if sort is _LIST:
            return _listed(value, self.of)
        if sort is _SET:
            return "{" + ",".join(sorted(map(self.of, value))) + "}"
        return self._other(value, self.of)


@functools.cache
def _sort_of(kind: type) -> str:
    """The sort of the values of a class: to look for it takes longer than all else for most of them."""
    return next((sort for sort, classes in _SORTS.items() if issubclass(kind, classes)), _OBJECT)


def _listed(values: Iterable[Any], inner: _Inner) -> str:
    return "[" + ",".join(map(inner, values)) + "]"


def _named(thing: Any) -> str:
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', thing.__name__)}"


_name_of_class = functools.cache(_named)


def _callable(thing: Any) -> str:
    """A function, class or module, unless it tells the time or a number that nobody knows before."""
    owner = getattr(thing, "__self__", None)
    modules = {getattr(each, "__module__", None) for each in (thing, owner, type(owner))}
    if _CHANGING & {*modules, getattr(thing, "__name__", None) if isinstance(thing, ModuleType) else None}:
        raise CannotBeDescribedError(_named(thing))
    return _named(thing)


def _object(value: Any, inner: _Inner) -> str:
    kind = _name_of_class(type(value))  # type: ignore[arg-type]
    if isinstance(value, Content):
        return f"{kind}:{value.source_path}"
    if isinstance(value, _OF_TIME):
        return repr(value)
    if isinstance(value, URLWrapper):
        more = {name: each for name, each in vars(value).items() if name not in _OF_ALL_WRAPPERS}
        return f"{kind}:{value.name}:{value.slug}:{inner(more)}"
    if isinstance(value, logging.Logger):
        return f"{kind}:{value.name}"
    if dataclasses.is_dataclass(value):
        compared = [each.name for each in dataclasses.fields(value) if each.compare]
        return kind + _listed((getattr(value, name) for name in compared), inner)
    is_of_python = type(value).__module__.partition(".")[0] in sys.stdlib_module_names
    attributes = None if is_of_python else _attributes(value)  # what is written in C may have more than those
    if attributes is None:
        raise CannotBeDescribedError(kind)
    return kind + inner(attributes)


def _attributes(value: Any) -> dict[str, Any] | None:
    """The attributes of an object, except for what was worked out from others when someone asked for it. None if it may
    have more than a class in Python can give it.
    """
    slots = [each.__dict__["__slots__"] for each in type(value).__mro__ if "__slots__" in each.__dict__]
    names = [name for each in slots for name in ((each,) if isinstance(each, str) else each)]
    own = getattr(value, "__dict__", None)
    if own is None and not slots:
        return None
    names += [name for name in own or () if not isinstance(getattr(type(value), name, None), functools.cached_property)]
    return {name: getattr(value, name) for name in names if hasattr(value, name)}


#: What each tag, category or author has; the slug is worked out on request.
_OF_ALL_WRAPPERS = frozenset({"settings", "_name", "_slug", "_slug_from_name"})
