"""Does a plugin keep something of a post elsewhere than in the post?

It may collect titles in a list in its module while posts are read, and write them at the end. A post that is not read
again would be missing from that list. So the modules of plugins that are called while a post is read are compared
before and after: the lengths of their lists and dictionaries, and their numbers and strings.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from logging import Logger
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from pelican import signals

_WHILE_READING = (
    signals.article_generator_preread,
    signals.article_generator_context,
    signals.page_generator_preread,
    signals.page_generator_context,
    signals.content_object_init,
)
#: What is compared as it is, and what keeps nothing of a post; a logger keeps for which levels it was asked.
_PLAIN = frozenset({type(None), bool, int, float, str, bytes})
_CONSTANT = frozenset({
    type, ModuleType, FunctionType, BuiltinFunctionType, Logger, frozenset, re.Pattern, type(annotations)
})  # fmt: skip
#: Python's own, which are asked for first: to look whether something is like one of them takes ten times as long.
_COLLECTIONS = (dict, list, tuple, set)
#: A table with more entries than this is only measured.
_LOOKED_INTO = 64


def state_of_plugins() -> object:
    """What those plugins have, as something that differs when one has kept more."""
    return [_outline(thing, depth=2) for thing in _things()]


def _things() -> Iterator[object]:
    """All that is in the modules of the receivers, and the objects whose methods they are."""
    receivers = [each for signal in _WHILE_READING for each in signal.receivers_for(None)]
    for name in {receiver.__module__ for receiver in receivers}:
        if name in sys.modules:
            # Names such as `__loader__` are Python's. Most others are of functions, which is seen here in no time.
            things = [*vars(sys.modules[name]).items()]
            yield from [each for its, each in things if type(each) not in _CONSTANT and not its.startswith("__")]
    for receiver in receivers:
        yield getattr(receiver, "__self__", None)
        yield from (cell.cell_contents for cell in getattr(receiver, "__closure__", None) or ())


def _outline(thing: Any, depth: int) -> object:
    """A number or a word as it is, of a collection how large it is, and for a few levels what is in it."""
    kind = type(thing)
    if kind in _PLAIN:
        return thing
    if kind in _CONSTANT or isinstance(thing, type):
        return None
    try:
        return _looked_into(thing, depth)
    except Exception:  # an object may answer in its own way, or not at all
        return None


def _looked_into(thing: Any, depth: int) -> object:
    if isinstance(thing, int | float | str | bytes):
        return thing
    if isinstance(thing, ModuleType | Logger):
        return None
    inside: Any = ()
    if isinstance(thing, _COLLECTIONS):
        inside = thing.values() if isinstance(thing, dict) else thing
    elif isinstance(thing, Mapping):
        inside = thing.values()
    elif isinstance(thing, Sequence | Set):
        inside = thing
    elif isinstance(getattr(thing, "__dict__", None), dict) and depth:
        inside = vars(thing).values()
    if not depth or len(inside) > _LOOKED_INTO:
        return len(inside)
    return [_outline(each, depth - 1) for each in inside]
