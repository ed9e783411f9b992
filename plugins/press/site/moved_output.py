"""Settings that a site has made of its own OUTPUT_PATH, such as the folder of thumbnails of a plugin.

A site is built beside its output, or in a folder of the preview. So what says where the output is has to say where
it is this time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: Where Pelican puts a site that does not say where.
_USUAL = "output"
#: What is read, and what is kept from one build to the next, stays where it is.
_LASTING = frozenset({"PATH", "THEME", "CACHE_PATH", "PLUGIN_PATHS"})


def output_in(module: dict[str, Any], settings_file: Path) -> Path:
    """Return where a settings file, given by what it defines, has the site put."""
    return settings_file.absolute().parent / Path(module.get("OUTPUT_PATH") or _USUAL)


def move_output(settings: dict[str, Any], names: Iterable[str], old: Path, new: Path) -> None:
    """Let some settings name `new` in place of the folder `old`, unless that holds the sources of the site as well."""
    if not Path(settings["PATH"]).is_relative_to(old):
        for name in settings.keys() & set(names) - _LASTING:
            settings[name] = moved(settings[name], old, new)


def moved(value: Any, old: Path, new: Path) -> Any:
    """Return a setting with all paths that are in the folder `old`, and that folder itself, in `new` instead. Of texts
    only those are paths that begin with the root of the file system; what has none of these is returned as it is.
    """
    match value:
        case Path() if value.absolute().is_relative_to(old):
            return new / value.absolute().relative_to(old)
        case str() if Path(value).is_absolute() and Path(value).is_relative_to(old):
            return str(new / Path(value).relative_to(old)) + "/" * value.endswith("/")
        case list() | tuple() | set() if type(value) in (list, tuple, set):
            items = [moved(item, old, new) for item in value]
            return type(value)(items) if any(a is not b for a, b in zip(items, value, strict=True)) else value
        case dict() if type(value) is dict:
            pairs = {key: moved(item, old, new) for key, item in value.items()}
            return pairs if any(pairs[key] is not value[key] for key in pairs) else value
        case _:
            return value
