"""A text of settings, read: a Configuration, or all that is wrong with the text.

What can be set are the tables `_FOR_ALL` and `_FOR_FILES`. All faults are reported at once, each at its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..diagnostics.codes.configuration import BAD_SETTING, UNKNOWN_SETTING
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source
from . import values
from .settings import Configuration, Override
from .toml_places import Way
from .toml_tables import Fault, Known, parsed, read_names, told
from .values import BadValue, Read, Reader

#: What can be set for some files in `overrides`, and for all at the top.
_FOR_FILES: dict[str, Reader] = {
    "iptables": values.release, "markdown": values.dialect, "inline": values.inline, "advice": values.boolean,
    "codes": values.levels,
}  # fmt: skip
#: What can be set at the top only.
_FOR_ALL: dict[str, Reader] = {"paths": values.texts, "exclude": values.patterns, "baseline": values.text}
#: Other tools' names for the same, which is more than a slip of the hand.
_OTHER_NAMES = {
    "include": "paths", "files": "paths", "src": "paths", "extend-exclude": "exclude", "excludes": "exclude",
    "release": "iptables", "version": "iptables", "iptables-version": "iptables", "dialect": "markdown",
    "rules": "codes", "severity": "codes", "advise": "advice", "hints": "advice",
    "ignore": "codes", "per-file-ignores": "overrides", "override": "overrides",
}  # fmt: skip


def read_configuration(source: Source, folder: str, table: Way = ()) -> Configuration | tuple[Diagnostic, ...] | None:
    """The configuration in a text of TOML, or what is wrong with it; None if the table is not in it.

    Takes the text, the folder that its paths are relative to, and the way to the table: none if the whole text is it.
    """
    data: Any = parsed(source)
    if isinstance(data, Diagnostic):
        return (data,) if _concerns_us(source, table) else None
    for key in table:
        data = data.get(key, None) if isinstance(data, dict) else None
    if data is None:
        return None
    faults: list[Fault] = []
    configuration = _read(data, source, folder, table, faults)
    return told(faults, source) if faults else configuration


def _concerns_us(source: Source, table: Way) -> bool:
    """Whether a text that cannot be read may hold the table: that of another tool is for that tool to complain of."""
    return not table or str(table[-1]) in source.text


def _read(data: Any, source: Source, folder: str, way: Way, faults: list[Fault]) -> Configuration:
    read = Read(folder)
    if not isinstance(data, dict):
        faults.append(Fault(BAD_SETTING, way, f"a table is expected, not {values.kind_of(data)}", "write a table"))
        return Configuration(source, folder, way)
    given = read_names(data, _known({**_FOR_ALL, **_FOR_FILES, "overrides": _tables}), read, way, faults)
    overrides = [Override(way, **_only(given, _FOR_FILES))]
    for number, table in enumerate(given.pop("overrides", ())):
        here = (*way, "overrides", number)
        if "paths" not in table:
            write = 'write which files it is for, as in paths = ["docs/old"]'
            faults.append(Fault(BAD_SETTING, here, "this override has no `paths`", write, is_key=True))
        own = read_names(table, _known({"paths": values.patterns, **_FOR_FILES}), read, here, faults)
        overrides.append(Override(here, **own))
    return Configuration(source, folder, way, overrides=tuple(overrides), **_only(given, _FOR_ALL))


def _known(readers: Mapping[str, Reader]) -> Known:
    return Known("setting", readers, UNKNOWN_SETTING, BAD_SETTING, _OTHER_NAMES)


def _only(given: Mapping[str, Any], names: Mapping[str, Reader]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in names}


def _tables(value: Any, _: Read) -> list[dict[str, Any]]:
    """A list of tables."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise BadValue("a list of tables is expected", "write [[tool.drytables.overrides]] above each of them")
    return value
