"""A site's own kind of Pelican (PELICAN_CLASS), which may do more before, while and after it writes."""

from __future__ import annotations

import importlib
from typing import Any, TypeVar

from pelican import Pelican

from ..build_error import BuildError

Ours = TypeVar("Ours", bound=Pelican)


def pelican_class(settings: dict[str, Any]) -> type[Pelican]:
    """Return the class that the settings name, or have. Raises BuildError if that is none, and what its module raises
    when it is imported.
    """
    named = settings["PELICAN_CLASS"]
    kind = named
    if isinstance(named, str):
        module, _, name = named.rpartition(".")
        kind = getattr(importlib.import_module(module), name, None) if module else None
    if not isinstance(kind, type) or not issubclass(kind, Pelican):
        raise BuildError(
            f"PELICAN_CLASS is {named!r}, which is not a subclass of pelican.Pelican. Name one with its module, "
            'as in "sites.MyPelican"'
        )
    return kind


def subclass_of(kind: type[Pelican], ours: type[Ours]) -> type[Ours]:
    """Return a class that does what one of ours does, and is otherwise of the given kind."""
    return ours if kind is Pelican or issubclass(ours, kind) else type(kind.__name__, (ours, kind), {})
