"""Finds the declaration of a match or target by name, loading its file when a command first names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from re import ASCII, compile
from typing import TypeVar

from . import extensions
from .extension import Extension, Match, Target
from .history.releases import history
from .registries import PROTOCOL_NAMES
from .values.base import Family, number

Kind = TypeVar("Kind", Match, Target)

_MODULE = compile(r"[a-z][a-z0-9_]*\Z", ASCII)

#: Other names under which the match of ip6tables' ICMP is looked for (observed with iptables-legacy 1.8.9).
SYNONYMS = {"icmpv6": "icmp6", "ipv6-icmp": "icmp6"}


@cache
def find_match(name: str, family: Family) -> Match | None:
    """The match of a name in a family; None when no file declares it."""
    name = SYNONYMS.get(name, name)
    return next((found for found in _declared("matches", name, Match) if found.family in ("", family)), None)


@cache
def find_target(name: str, family: Family) -> Target | None:
    """The target of a name in a family; None when no file declares it."""
    return next((found for found in _declared("targets", name, Target) if found.family in ("", family)), None)


@cache
def find_protocol_match(typed: str, family: Family) -> Match | None:
    """The match that an unknown option after `-p` makes iptables load: the one that the protocol's name also names.

    A number stands for the name that is printed for it: `-p 135` finds nothing, where `-p mh` finds `mh` (observed).
    """
    value = number(typed)
    name = typed.lower() if value is None else PROTOCOL_NAMES.get(value, "")
    return find_match(name, family) if name else None


def common_targets(family: Family, is_like: Callable[[str], bool]) -> list[str]:
    """The targets that everybody uses and whose name is like one in question; loads no others than those like it."""
    alike = (name for name in history()["extensions"] if is_like(name))
    found = (find_target(name, family) for name in alike)
    return [target.name for target in found if target is not None and target.common]


def names(kind: str, family: Family) -> list[str]:
    """The names of every declared match or target of a family, sorted; loads them all."""
    return sorted({found.name for found in all_extensions() if found.kind == kind and found.family in ("", family)})


def all_extensions() -> Iterator[Extension]:
    """Every declaration; loads them all."""
    from pkgutil import iter_modules

    for folder, kind in (("matches", Match), ("targets", Target)):
        package = import_module(f".{folder}", extensions.__name__)
        for module in iter_modules(package.__path__):
            loaded = import_module(f".{module.name}", package.__name__)
            yield from (found for found in vars(loaded).values() if isinstance(found, kind))


def _declared(folder: str, name: str, kind: type[Kind]) -> list[Kind]:
    module_name = name.lower()
    if not _MODULE.match(module_name):
        return []
    package = f"{extensions.__name__}.{folder}"
    try:
        module = import_module(f".{module_name}", package)
    except ModuleNotFoundError as error:
        if error.name != f"{package}.{module_name}":
            raise
        return []
    return [found for found in vars(module).values() if isinstance(found, kind) and found.name == name]
