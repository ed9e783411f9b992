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

#: Other names for the match of ip6tables' ICMP (observed with iptables-legacy 1.8.9).
SYNONYMS = {"icmpv6": "icmp6", "ipv6-icmp": "icmp6"}


@cache
def find_match(name: str, family: Family) -> Match | None:
    """The match with a name in a family; None if no file declares it."""
    name = SYNONYMS.get(name, name)
    return next((match for match in _declared("matches", name, Match) if match.family in ("", family)), None)


@cache
def find_target(name: str, family: Family) -> Target | None:
    """The target with a name in a family; None if no file declares it."""
    return next((target for target in _declared("targets", name, Target) if target.family in ("", family)), None)


@cache
def find_protocol_match(typed: str, family: Family) -> Match | None:
    """The match that an unknown option after `-p` makes iptables load: the one with the protocol's name.

    A number is first replaced by the name that is printed for it: `-p 135` finds nothing, where `-p mh` finds `mh`
    (observed).
    """
    value = number(typed)
    name = typed.lower() if value is None else PROTOCOL_NAMES.get(value, "")
    return find_match(name, family) if name else None


def common_targets(family: Family, is_like: Callable[[str], bool]) -> list[str]:
    """The commonly used targets whose name is similar to a given one; loads only those."""
    alike = (name for name in history()["extensions"] if is_like(name))
    targets = (find_target(name, family) for name in alike)
    return [target.name for target in targets if target is not None and target.common]


def names(kind: str, family: Family) -> list[str]:
    """The names of all declared matches or targets of a family, sorted; loads them all."""
    return sorted({each.name for each in all_extensions() if each.kind == kind and each.family in ("", family)})


def all_extensions() -> Iterator[Extension]:
    """All declarations; loads them all."""
    from pkgutil import iter_modules

    for folder, kind in (("matches", Match), ("targets", Target)):
        package = import_module(f".{folder}", extensions.__name__)
        for module in iter_modules(package.__path__):
            loaded = import_module(f".{module.name}", package.__name__)
            yield from (value for value in vars(loaded).values() if isinstance(value, kind))


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
    return [value for value in vars(module).values() if isinstance(value, kind) and value.name == name]
