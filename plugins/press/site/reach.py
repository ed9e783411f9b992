"""What the code of plugins has within its reach while pages are rendered: a digest of it, and what cannot be told.

Filters, and whatever else templates call, may read variables of their modules, what their closures hold, or the
attributes of the objects whose methods they are. Which names occur in their code says which these may be.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import os
import sys
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import _lru_cache_wrapper, cached_property
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

from blinker import Signal
from pelican import Pelican
from pelican.generators import Generator

from .description import Describer
from .fingerprint import installed_in

#: What gives another answer each time that it is asked.
_MOVING_MODULES = frozenset({"time", "random", "secrets", "uuid", "subprocess", "socket"})
_MOVING_NAMES = frozenset({"now", "utcnow", "today", "urandom", "environ", "getenv"})
#: By which code gets at what its own names do not tell.
_HIDDEN = frozenset({"globals", "eval", "exec", "import_module", "__import__"})
#: Settings with objects that change while sources are read. Of those only the kinds are told, and code that uses them
#: while pages are rendered is refused.
OF_READING = frozenset({"MARKDOWN", "READERS", "JINJA_ENVIRONMENT"})
#: Attributes of classes that keep nothing of a site.
_OF_PYTHON = frozenset({"_abc_impl"})
_OWN = __name__.rpartition(".")[0].rpartition(".")[0] + "."


class UnknowableError(Exception):
    """It cannot be told what a page depends on; the message says why."""


class Reach:
    """All that some code can reach. `plugins` are the modules of plugins that are installed as packages: of other
    packages it is taken that they keep nothing of a site. `keeping` is the code of functions that keep their results.
    """

    def __init__(self, shared: Collection[object], plugins: Collection[str]) -> None:
        self.describer = Describer(shared, self.add)
        self.keeping: set[CodeType] = set()
        self._plugins = tuple(plugins)
        self._installed = tuple(folder + os.sep for folder in installed_in())
        self._shared = shared
        self._waiting: deque[Any] = deque()
        self._met: dict[int, Any] = {}
        self._told: dict[int, tuple[bytes, Any]] = {}
        self._names: set[str] = set()
        self._spaces: list[tuple[Mapping[str, Any], set[str]]] = []
        self._memos: list[Any] = []
        self._digest = hashlib.blake2b(digest_size=16)

    def add(self, thing: Any) -> None:
        """Have the digest contain what a piece of code, or a part of Pelican, can reach."""
        if id(thing) not in self._met:
            self._met[id(thing)] = thing  # so that no other thing gets its number
            self._waiting.append(thing)

    def hold(self, name: str, thing: Any) -> None:
        """Have the digest contain a thing, and what the code in it can reach."""
        if id(thing) not in self._told:
            self.describer.works_out = True
            try:
                self._told[id(thing)] = self.describer.digest(thing), thing
            except Exception as error:  # whatever an object raises that nobody can describe
                raise UnknowableError(f"{name} cannot be described: {error}") from error
            finally:
                self.describer.works_out = False
        self._digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + self._told[id(thing)][0])

    def digest(self) -> bytes:
        """The digest of what was added. Raises UnknowableError, or whatever a thing raises that cannot be told of."""
        self._follow()
        for memo in self._memos:
            self._refuse_posts_in(memo)
        return self._digest.digest()

    def again(self) -> Reach:
        """The reach of all code that was met, as it is now."""
        other = Reach(self._shared, self._plugins)
        other.describer.keys, other.describer.posts = self.describer.keys, self.describer.posts
        for thing in self._met.values():
            other.add(thing)
        return other

    def _follow(self) -> None:
        while self._waiting or self._is_more_named():
            self._visit(self._waiting.popleft())

    def _is_more_named(self) -> bool:
        for space, done in self._spaces:
            names = sorted((self._names & space.keys()) - done)
            done.update(names)
            for name in names:
                self.hold(name, space[name])
        return bool(self._waiting)

    def _visit(self, thing: Any) -> None:
        match thing:
            case FunctionType():
                self._visit_function(thing)
            case MethodType():
                self.add(thing.__func__)
                self.hold("self", thing.__self__)
            case BuiltinFunctionType():
                if (thing.__module__ or "") in _MOVING_MODULES or thing.__name__ in _MOVING_NAMES:
                    raise UnknowableError(f"{thing.__name__} is called")
                if not isinstance(thing.__self__, ModuleType):
                    self.hold("self", thing.__self__)
            case _lru_cache_wrapper():
                self._visit_memo(thing)
            case type():
                self._visit_class(thing)
            case ModuleType():
                if thing.__name__ in _MOVING_MODULES:
                    raise UnknowableError(f"{thing.__name__} is used")
                if self._is_of_plugin(thing.__name__):
                    self._spaces.append((vars(thing), set()))
            case Generator() | Pelican():
                self.add(type(thing))
                self._spaces.append((vars(thing), set()))
            case Signal():
                self._hold_all(thing.receivers_for(None))
            case property():
                self._hold_all((thing.fget, thing.fset, thing.fdel))
            case cached_property():
                self.keeping.add(thing.func.__code__)
                self.add(thing.func)
            case staticmethod() | classmethod():
                self.add(thing.__func__)

    def _hold_all(self, things: Iterable[Any]) -> None:
        for number, thing in enumerate(things):
            self.hold(str(number), thing)

    def _visit_function(self, function: FunctionType) -> None:
        module = function.__module__ or ""
        if not (self._is_own_file(function.__code__.co_filename) or self._is_of_plugin(module)):
            return
        known = function.__globals__
        for code in _with_inner(function.__code__):
            constants = {each for each in code.co_consts if isinstance(each, str) and each.isidentifier()}
            moving = {*code.co_names} & _MOVING_NAMES
            if moving and any(_has_clock(known.get(name)) for name in code.co_names):
                raise UnknowableError(f"{function.__qualname__} asks for {min(moving)}")
            if hidden := {*code.co_names} & _HIDDEN:
                raise UnknowableError(f"{function.__qualname__} calls {min(hidden)}")
            if of_reading := constants & OF_READING:
                raise UnknowableError(f"{function.__qualname__} uses {min(of_reading)}")
            self._names |= {*code.co_names, *constants}
            for name in code.co_names:
                if name in known:
                    self.hold(name, known[name])
                for imported in (name, f"{known.get('__package__')}.{name}"):
                    if imported in sys.modules:
                        self.add(sys.modules[imported])
        for number, cell in enumerate(function.__closure__ or ()):
            with suppress(ValueError):  # it is empty
                self.hold(str(number), cell.cell_contents)
        self._hold_all((function.__defaults__, function.__kwdefaults__, vars(function)))

    def _visit_memo(self, memo: Any) -> None:
        inner = memo.__wrapped__
        code = getattr(inner, "__code__", None)
        if code is not None and (self._is_own_file(code.co_filename) or self._is_of_plugin(inner.__module__ or "")):
            self.keeping.add(code)
            self._memos.append(memo)
            self.add(inner)

    def _visit_class(self, kind: type) -> None:
        if kind.__module__ in _MOVING_MODULES:
            raise UnknowableError(f"{kind.__qualname__} is used")
        if not self._is_of_plugin(kind.__module__):
            return
        self._hold_all(kind.__mro__[1:])
        for name, value in vars(kind).items():
            is_pythons = (name.startswith("__") and not callable(value)) or name in _OF_PYTHON
            if not is_pythons and not isinstance(value, GetSetDescriptorType | MemberDescriptorType):
                self.hold(name, value)

    def _is_own_file(self, path: str) -> bool:
        return not path.startswith(self._installed)

    def _is_of_plugin(self, name: str) -> bool:
        """Whether a module is one of a plugin's, or of the site's own."""
        if f"{name}.".startswith(_OWN):
            return False
        if f"{name}.".startswith(tuple(f"{each}." for each in self._plugins)):
            return True
        file = getattr(sys.modules.get(name), "__file__", None)
        return bool(file) and self._is_own_file(str(file))

    def _refuse_posts_in(self, memo: Any) -> None:
        """Raise UnknowableError if a function may have kept what posts have said: nobody sees which they were."""
        if not memo.cache_info().currsize:
            return
        alone = Reach(self._shared, self._plugins)
        alone.add(memo.__wrapped__)
        for kept in gc.get_referents(memo):
            if type(kept) is dict and kept is not vars(memo):
                alone.describer.digest([*kept])
        alone._follow()
        if alone.describer.posts:
            raise UnknowableError(f"{memo.__qualname__} keeps what posts say")


def _has_clock(thing: Any) -> bool:
    """Whether a thing, or what is in it, is asked for the time, or for the environment."""
    if isinstance(thing, ModuleType):
        return thing in (datetime, os)
    return thing is os.environ or thing is os.getenv or (isinstance(thing, type) and issubclass(thing, datetime.date))


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _with_inner(each)
