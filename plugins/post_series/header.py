"""What the header of a post says of series, worked out when the post is read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

#: The field of a part's number; readers of reStructuredText and HTML leave a hyphen in its name.
INDEX_FIELD = "series_index"
#: Where a post and its metadata have what is said: an instance of InSeries, if it is anything.
FACT = "in_series"


class InSeries(NamedTuple):
    """The names of the series that a post is in, and its number there: as it is typed, and what that means, or None if
    it is no number.
    """

    names: tuple[str, ...]
    typed: str
    number: float | None


def note_series(_generator: object, metadata: dict[str, Any]) -> None:
    """Note what the header of a post, as Pelican's metadata, says."""
    names, typed = series_named(metadata), typed_index(metadata)
    if names or typed:
        metadata[FACT] = InSeries(names, typed, number_in(typed))


def series_named(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the series that a post is in: in YAML and TOML, there may be several."""
    named = metadata.get("series") or ()
    names = (" ".join(str(name).split()) for name in (named if isinstance(named, list | tuple) else [named]))
    return (*dict.fromkeys(filter(None, names)),)


def typed_index(metadata: Mapping[str, Any]) -> str:
    """Return a part's number as it is typed; empty if there is none."""
    return str(metadata.get(INDEX_FIELD) or metadata.get(INDEX_FIELD.replace("_", "-")) or "").strip()


def number_in(typed: str) -> float | None:
    """Return the number in a text; None if it is none."""
    try:
        found = float(typed)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
