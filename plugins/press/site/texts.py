"""Who reads the text of a post: its own page, a list that shows its summary, or a plugin that may do anything with it.

A page is kept for the next build as long as nothing that it shows has changed. Most edits change nothing but a text,
and that is why the reading of texts is watched: a template and Pelican's writer use one for the page that is rendered,
and so that page depends on it. There is no telling what any other reader does with one: so every page may depend on it.

A plugin says with TEXT_FACTS in its module that it knows what becomes of the texts that it reads. These are the names
of attributes that it gives to posts and that depend on their texts. All that it makes of those and of texts, for pages,
is of the post itself, for the page on which a template or Pelican asks for it, or a plain value in the context.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from pelican.contents import Content

#: The text of a post, as it is named among its attributes and in its metadata.
ATTRIBUTES = frozenset({"_content", "_summary"})
SUMMARY = "summary"
#: The name by which a plugin tells that it knows where texts go.
_DECLARATION = "TEXT_FACTS"
#: The modules in which a post computes its own text, or a copy of a post is made: it is their caller that gets the
#: text.
_OF_THE_POST = frozenset({"pelican.contents", "pelican.utils", f"{__package__}.snapshot", __name__, "copy"})
#: Those of Pelican that give posts their texts, and take nothing from one for another.
_GENERATORS = frozenset({"pelican", "pelican.generators", "pelican.readers"})
_WRITERS = "pelican.writers"
#: The module that has pages rendered.
_RENDERING = f"{__package__}.notes"
#: How the names of our own modules begin.
_OURS = f"{(__package__ or '').rpartition('.')[0]}."
_NAMESPACE = "pelican.plugins."

#: The attributes of a post, however its class has them watched.
attributes_of = Content.__dict__["__dict__"].__get__


def forget_made(*, but_summaries: bool = False) -> None:
    """Forget what pages were given of the texts of posts: Pelican keeps it for as long as the process runs."""
    for made in ("get_content",) if but_summaries else ("get_content", "get_summary"):
        vars(Content)[made].cache.clear()


AnyReads = TypeVar("AnyReads", bound="Reads | None")


class Reads:
    """The sources of posts whose texts were read, by their keys: for the page that is rendered, and elsewhere, for an
    unknown purpose. `is_page` says whether a page is rendered.
    """

    def __init__(self, is_page: bool) -> None:
        self.is_page = is_page
        self.shown: set[str] = set()
        self.elsewhere: set[str] = set()
        self._harmless: dict[str, bool] = {}

    def of(self, reader: FrameType | None) -> set[str] | None:
        """Where to note that a text is read in a frame of the program; None if it is known what becomes of it."""
        frame = reader
        while frame is not None and _module_of(frame) in _OF_THE_POST:
            frame = frame.f_back
        if self.is_page:
            return self.shown if _is_in_passing(frame) else self.elsewhere
        if frame is None:
            return self.elsewhere
        name = _module_of(frame)
        if name not in self._harmless:
            self._harmless[name] = name in _GENERATORS or _is_known(name)
        return None if self._harmless[name] else self.elsewhere


_listening: Reads | None = None


@contextmanager
def read_in_a_page() -> Iterator[Reads]:
    """Note which texts are read while a page is rendered in a block."""
    with _listened(Reads(is_page=True)) as reads:
        yield reads


@contextmanager
def read_elsewhere() -> Iterator[Reads]:
    """Note which texts are read in a block, except for the pages in it."""
    with _listened(Reads(is_page=False)) as reads:
        yield reads


@contextmanager
def unnoted() -> Iterator[None]:
    """Note nothing in a block whose use of a text is known."""
    with _listened(None):
        yield


@contextmanager
def _listened(reads: AnyReads) -> Iterator[AnyReads]:
    global _listening
    before, _listening = _listening, reads
    try:
        yield reads
    finally:
        _listening = before


def note(post: Any) -> None:
    """Note that the text of a post is being read; to be called at the place where that happens."""
    snapshot = attributes_of(post).get("_snapshot")  # a copy that is being made has none yet
    if _listening is not None and snapshot is not None and (noted := _listening.of(sys._getframe(1))) is not None:
        noted.add(snapshot.key)


def _note_key(key: str) -> None:
    if _listening is not None and (noted := _listening.of(sys._getframe(1))) is not None:
        noted.add(key)


def _module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _is_known(module: str) -> bool:
    """Whether a module is ours, or that of a plugin that says where texts go."""
    return module.startswith(_OURS) or _has_declared(module)


def _is_in_passing(frame: FrameType | None) -> bool:
    """Whether a text is read by the page that is being rendered, and nobody on the way there can keep it: a function
    may do so for the next page.
    """
    while frame is not None and (module := _module_of(frame)) != _RENDERING:
        is_jinja = module.partition(".")[0] in ("jinja2", "markupsafe") or _is_template(frame)
        if not (is_jinja or module == _WRITERS or module in _OF_THE_POST or _is_known(module)):
            return False
        frame = frame.f_back
    return frame is not None


def _is_template(frame: FrameType) -> bool:
    """Whether this is the code of a template, which Jinja runs in a module without a name."""
    return "__name__" not in frame.f_globals and {"environment", "__file__"} <= frame.f_globals.keys()


def _has_declared(module: str) -> bool:
    """Whether the plugin that a module belongs to has said that it knows where texts go."""
    top = ".".join(module.split(".")[:3]) if module.startswith(_NAMESPACE) else module.partition(".")[0]
    return _DECLARATION in vars(sys.modules.get(top, object))


def facts_of(plugins: Iterable[str]) -> frozenset[str]:
    """The attributes that some plugins have declared to depend on the texts of posts."""
    modules = (sys.modules.get(name) for name in plugins)
    return frozenset(name for module in modules for name in getattr(module, _DECLARATION, ()))


class Text:
    """An attribute of a post that depends on its text: who reads it is noted."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, post: Any, _: type) -> Any:
        """Give the value, which is among the attributes of the post as usual."""
        note(post)
        try:
            return attributes_of(post)[self.name]
        except KeyError:
            raise AttributeError(f"{type(post).__name__!r} object has no attribute {self.name!r}") from None

    def __set__(self, post: Any, value: object) -> None:
        """Give it another value."""
        attributes_of(post)[self.name] = value

    def __delete__(self, post: Any) -> None:
        """Remove it."""
        try:
            del attributes_of(post)[self.name]
        except KeyError:
            raise AttributeError(self.name) from None


class Metadata(dict[str, Any]):
    """The metadata of a post, of which some depend on its text, such as the summary: who reads those is noted."""

    def __init__(self, values: Iterable[tuple[str, Any]] | dict[str, Any], key: str, texts: frozenset[str]) -> None:
        """Take all values, the key of the post's source, and the names of what depends on the text."""
        super().__init__(values)
        self._key, self._texts = key, texts

    def __getitem__(self, name: str) -> Any:
        if name in self._texts:
            _note_key(self._key)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of that name, or the default."""
        return self[name] if name in self else default  # noqa: SIM401  # that would be this again

    def pop(self, name: str, *default: Any) -> Any:
        """The value of that name, which is no longer in here, or the default."""
        _note_key(self._key)
        return super().pop(name, *default)

    def values(self) -> Any:
        """All values."""
        _note_key(self._key)
        return super().values()

    def items(self) -> Any:
        """All names with their values."""
        _note_key(self._key)
        return super().items()

    def __iter__(self) -> Iterator[str]:
        # With this of its own, a dictionary that is made of this one asks for each value.
        return super().__iter__()

    def __or__(self, other: Any) -> Any:
        return dict(self.items()) | other

    def __ror__(self, other: Any) -> Any:
        return other | dict(self.items())

    def copy(self) -> Metadata:
        """Another one with the same values, whose readers are noted as well."""
        return Metadata(super().items(), self._key, self._texts)

    __copy__ = copy

    def __reduce__(self) -> Any:
        return dict, (dict(self.items()),)
