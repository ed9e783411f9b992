"""A site that can be read: its settings are there, and all of its plugins were loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..build_error import BuildError
from .reading import Reading


def load(
    settings_file: Path,
    output: Path,
    required: Collection[str] = (),
    is_lazy: bool = False,
    overrides: Mapping[str, Any] = MappingProxyType({}),
    place: Path | None = None,
) -> Reading:
    """Return a Pelican that has loaded its plugins and will write to `output`; `required` are plugins it must have.
    `overrides` are settings in place of those of the file, and the site is to be at a `place` in the end, if that is
    another than the settings name.

    Raises BuildError if one of them did not load or is not asked for, and whatever the settings raise.
    """
    if not settings_file.is_file():
        raise BuildError(f"the settings file {settings_file} does not exist")
    reading = Reading(settings_file, output, is_lazy, overrides, place)
    for name in required:
        if name not in reading.wanted:
            raise BuildError(
                f"{name} is not in PLUGINS of {settings_file}, and this site must not be built without it. "
                f'Add "{name}" to PLUGINS'
            )
    loaded = set(reading.settings["PLUGINS"])
    missing = [each for each in reading.wanted if each not in loaded and f"pelican.plugins.{each}" not in loaded]
    if missing:
        *others, last = missing
        named = f"plugins {', '.join(others)} and {last}" if others else f"plugin {last}"
        raise BuildError(f"the {named} could not be loaded; see the {'errors' if others else 'error'} above")
    return reading
