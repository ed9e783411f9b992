"""Which pages must be rendered anew, and which are the same as in the last build.

A page is the same if all is the same that it depends on: what all pages may see, which is the settings, Pelican's
context, the templates, and what the code of plugins can reach (reach.py); what its own template is given; and the posts
that were looked at while it was rendered (looking.py), with all that they say. When in doubt, it is rendered.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, NamedTuple

from jinja2 import Environment
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from pelican import signals
from pelican.contents import Content

from .fingerprint import PLACES, description, installed_in
from .kept_pages import KeptPage, PostKey, pack
from .looking import Looking
from .opened import Opened
from .reach import OF_READING, Reach, UnknowableError
from .said import Said
from .stamps import Stamp
from .tree import tree
from .watching import below

#: Where files are that a page need not be told to depend on: what the system says of itself.
_NO_FILES = ("/proc", "/sys", "/dev")
#: A post that nobody knows, such as a copy of one.
_UNKNOWN: PostKey = ()
#: What Pelican writes into its context for each page.
_OF_EACH_PAGE = frozenset({"localsiteurl"})
_OF_A_TEMPLATE = frozenset({"context", "template"})
#: Modules with functions that a plugin may replace by its own.
_PATCHED = ("pelican.", "jinja2.", "feedgenerator.")
#: What is called while pages are rendered.
_SIGNALS = (signals.feed_generated,)
#: Modules from which a template gets another answer each time.
_MOVING = frozenset({"datetime", "time", "random", "secrets", "uuid", "os", "posix", "io", "_io", "subprocess"})


class Surroundings(NamedTuple):
    """What is there besides the pages: Pelican's settings, its context, the names of the modules of plugins, the kind
    of the writer, and the files that any page may have been made of, with a digest of what is in them.
    """

    settings: dict[str, Any]
    context: dict[str, Any]
    plugins: frozenset[str]
    writer: type
    files: frozenset[str]
    digest: bytes


class AllAnew:
    """Pages that are written together, of which none is kept."""

    def is_same(self, name: str, page: KeptPage) -> bool:
        """Whether rendering a page again would give the same."""
        return False

    def watched(self) -> AbstractContextManager[None]:
        """Watch the posts in a block, in which pages are rendered."""
        return nullcontext()

    def page(self) -> AbstractContextManager[list[PostKey]]:
        """The posts that are looked at in a block, in which one page is rendered, once it is over."""
        return nullcontext([])

    def kept(self, name: str, said: list[Said], posts: list[PostKey], happened: Opened, file: Path) -> KeptPage | None:
        """A page that was rendered, as it is to be kept. None if that cannot be."""
        return None

    def is_spoilt(self) -> bool:
        """Whether the pages that were rendered may have found something that the others left behind."""
        return False


class Renewal(AllAnew):
    """Pages that are written together, and kept. `arguments` are what each is rendered with, by their files. Raises
    UnknowableError, or whatever a thing raises that cannot be told of, if none of them can be kept.
    """

    def __init__(self, around: Surroundings, arguments: dict[str, dict[str, Any]]) -> None:
        self._around = around
        self._reach = reach = Reach((around.settings, around.context), around.plugins)
        self._common = hashlib.blake2b(around.digest, digest_size=16)
        environments = {id(env): env for each in arguments.values() if (env := _environment(each)) is not None}
        for environment in environments.values():
            _hold_environment(reach, environment)
        for root in _roots(around.writer):
            reach.add(root)
        _hold_items(reach, around)
        self._notes = {name: _digest_of_note(reach, each) for name, each in arguments.items()}
        self._posts = _digests_of_posts(reach)
        self._common.update(reach.digest())
        self._looking = Looking(reach.describer.posts, frozenset(reach.keeping))
        self._reached: bytes | None = None
        self._is_spoilt = False

    def is_same(self, name: str, page: KeptPage) -> bool:
        return self._digest(name, page.posts) == page.digest

    def _digest(self, name: str, posts: Iterable[PostKey]) -> bytes | None:
        """The digest of all that a page depends on; None if that is not known."""
        note = self._notes.get(name)
        if note is None:
            return None
        digest = self._common.copy()
        digest.update(note)
        for key in posts:
            if key not in self._posts:
                return None
            digest.update(self._posts[key])
        return digest.digest()

    @contextmanager
    def watched(self) -> Iterator[None]:
        if self._reached is None:
            self._reached = _state(self._reach)
        self._looking.begin()
        try:
            yield
        finally:
            self._looking.end()

    @contextmanager
    def page(self) -> Iterator[list[PostKey]]:
        # What Pelican has worked out for another page would not be looked at again.
        for kept in ("get_content", "get_summary"):
            vars(Content)[kept].cache.clear()
        keys: list[PostKey] = []
        with self._looking.page() as posts:
            yield keys
        keys += sorted(self._reach.describer.keys.get(id(post), _UNKNOWN) for post in posts)

    def kept(self, name: str, said: list[Said], posts: list[PostKey], happened: Opened, file: Path) -> KeptPage | None:
        digest = self._digest(name, posts)
        # What was read for this page may be kept, and be in others of which nobody sees that they depend on it.
        self._is_spoilt |= not self._is_only_a_page(happened, str(file))
        if digest is None or self._is_spoilt:
            return None
        return KeptPage(said, tuple(posts), digest, pack(file.read_bytes()))

    def is_spoilt(self) -> bool:
        return self._is_spoilt or self._looking.is_spoilt or _state(self._reach) != self._reached

    def _is_only_a_page(self, happened: Opened, page: str) -> bool:
        """Whether nothing was read for a page but what all pages depend on, and nothing was done besides."""
        places = (os.path.abspath(self._around.settings["CACHE_PATH"]), *installed_in(), *_NO_FILES)  # noqa: PTH100
        known = {page, *self._around.files}
        return not happened.is_in_touch and all(
            path in known or below(places, path) for path in (*happened.read, *happened.written, *happened.looked_at)
        )


def files_of_templates(settings: dict[str, Any]) -> dict[str, Stamp]:
    """The files of templates, and of what else a theme has but to be copied, with their stamps."""
    copied = tuple(os.path.abspath(os.path.join(settings["THEME"], each)) for each in settings["THEME_STATIC_PATHS"])  # noqa: PTH100, PTH118
    found = tree(_folders_of_templates(settings))
    return {path: stamp for path, stamp in sorted(found.items()) if not below(copied, path)}


def _folders_of_templates(settings: dict[str, Any]) -> list[str]:
    return [os.path.abspath(each) for each in (*settings["THEME_TEMPLATES_OVERRIDES"], settings["THEME"])]  # noqa: PTH100


def _environment(arguments: dict[str, Any]) -> Environment | None:
    template = arguments.get("template")
    return None if template is None else template.environment


def _hold_environment(reach: Reach, environment: Environment) -> None:
    """What templates may call, and from where they come. Raises UnknowableError if that cannot be told."""
    for kind, usual in (("globals", DEFAULT_NAMESPACE), ("filters", FILTERS), ("tests", TESTS)):
        for name, value in getattr(environment, kind).items():
            if usual.get(name) is not value:
                if isinstance(value, type | ModuleType | BuiltinFunctionType) and _module_of(value) in _MOVING:
                    raise UnknowableError(f"{name} is {value}")
                reach.hold(f"{kind}.{name}", value)
    for name, extension in environment.extensions.items():
        reach.hold(name, type(extension))
    for name in ("finalize", "undefined", "autoescape", "template_class", "context_class"):
        reach.hold(name, getattr(environment, name))


def _module_of(thing: Any) -> str:
    return str(thing.__name__ if isinstance(thing, ModuleType) else thing.__module__ or "").partition(".")[0]


def _roots(writer: type) -> Iterator[Any]:
    """The code of plugins that is called besides what templates call."""
    yield writer
    yield from _SIGNALS
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_PATCHED) and module is not None:
            for value in [*vars(module).values()]:
                if isinstance(value, FunctionType):
                    yield value
                elif isinstance(value, type) and value.__module__.startswith(_PATCHED):
                    yield from (each for each in vars(value).values() if isinstance(each, FunctionType | property))


def _hold_items(reach: Reach, around: Surroundings) -> None:
    """What is in the settings and in the context: the first are in the second, too."""
    for name, value in sorted(around.settings.items()):
        if name not in PLACES:
            reach.hold(name, description(value, set()) if name in OF_READING else value)
    for name, value in around.context.items():
        if name not in PLACES | OF_READING | _OF_EACH_PAGE:
            reach.hold(name, value)


def _digest_of_note(reach: Reach, arguments: dict[str, Any]) -> bytes | None:
    """A digest of what a page is rendered with; None if that cannot be told."""
    template = arguments.get("template")
    if template is not None and template.filename is None:
        return None
    own = {name: value for name, value in arguments.items() if name not in _OF_A_TEMPLATE}
    try:
        return reach.describer.digest((getattr(template, "name", None), own))
    except Exception:  # whatever an object raises that nobody can describe
        return None


def _digests_of_posts(reach: Reach) -> dict[PostKey, bytes]:
    """The digests of all posts that were met; what is found in them may lead to more."""
    digests: dict[PostKey, bytes] = {}
    known = reach.describer.posts
    while len(digests) < len(known):
        for post in known[len(digests) :]:
            digests[reach.describer.key(post)] = reach.describer.digest_of_post(post)
        reach.digest()
    return digests


def _state(reach: Reach) -> bytes:
    """What the code that was met can reach now."""
    return reach.again().digest()
