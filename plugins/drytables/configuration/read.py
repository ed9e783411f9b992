"""A text of settings, read: a Configuration, or all that is wrong with the text.

What can be set is one table, `SETTINGS`. Every fault is told at once, at its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..diagnostics.code import Code
from ..diagnostics.codes.configuration import BAD_SETTING, NOT_TOML, UNKNOWN_SETTING
from ..diagnostics.diagnostic import Diagnostic, Label, in_order
from ..diagnostics.source import Source, Span
from . import values
from .settings import Configuration, Override
from .suggestion import suggestion
from .toml_places import Way, places
from .values import BadValue, Read, Reader

#: What can be set for some files in `overrides`, and for all at the top.
_FOR_FILES: dict[str, Reader] = {"iptables": values.release, "markdown": values.dialect, "codes": values.levels}
#: What can be set at the top only.
_FOR_ALL: dict[str, Reader] = {"paths": values.texts, "exclude": values.patterns, "baseline": values.text}
#: Other tools' names for the same, which is more than a slip of the hand.
_OTHER_NAMES = {
    "include": "paths", "files": "paths", "src": "paths", "extend-exclude": "exclude", "excludes": "exclude",
    "release": "iptables", "version": "iptables", "iptables-version": "iptables", "dialect": "markdown",
    "rules": "codes", "severity": "codes", "ignore": "codes", "per-file-ignores": "overrides", "override": "overrides",
}  # fmt: skip
#: Where `tomllib` says that a text is wrong.
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong in a table, at its key or its value."""

    code: Code
    way: Way
    message: str
    help: str
    is_key: bool = False


def read_configuration(source: Source, folder: str, table: Way = ()) -> Configuration | tuple[Diagnostic, ...] | None:
    """The configuration in a text of TOML, or what is wrong with it; None if the table is not in it.

    Takes the text, the folder that its paths are relative to, and the way to the table: none if the whole text is it.
    """
    try:
        data: Any = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return (_not_toml(source, error),) if _concerns_us(source, table) else None
    for key in table:
        data = data.get(key, None) if isinstance(data, dict) else None
    if data is None:
        return None
    faults: list[_Fault] = []
    configuration = _read(data, source, folder, table, faults)
    return _told(faults, source) if faults else configuration


def _concerns_us(source: Source, table: Way) -> bool:
    """Whether a text that cannot be read may hold the table: that of another tool is for that tool to complain of."""
    return not table or str(table[-1]) in source.text


def _read(data: Any, source: Source, folder: str, way: Way, faults: list[_Fault]) -> Configuration:
    read = Read(folder)
    if not isinstance(data, dict):
        faults.append(_Fault(BAD_SETTING, way, f"a table is expected, not {values.kind_of(data)}", "write a table"))
        return Configuration(source, folder, way)
    given = _settings(data, {**_FOR_ALL, **_FOR_FILES, "overrides": _tables}, read, way, faults)
    overrides = [Override(way, **_only(given, _FOR_FILES))]
    for number, table in enumerate(given.pop("overrides", ())):
        here = (*way, "overrides", number)
        if "paths" not in table:
            write = 'write which files it is for, as in paths = ["docs/old"]'
            faults.append(_Fault(BAD_SETTING, here, "this override has no `paths`", write, is_key=True))
        own = _settings(table, {"paths": values.patterns, **_FOR_FILES}, read, here, faults)
        overrides.append(Override(here, **own))
    return Configuration(source, folder, way, overrides=tuple(overrides), **_only(given, _FOR_ALL))


def _only(given: Mapping[str, Any], names: Mapping[str, Reader]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in names}


def _settings(
    table: Mapping[str, Any], known: Mapping[str, Reader], read: Read, way: Way, faults: list[_Fault]
) -> dict[str, Any]:
    """The settings of a table that can be used; what is wrong with the others goes to `faults`."""
    given: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            faults.append(_unknown(name, known, way))
            continue
        try:
            given[name] = known[name](value, read)
        except BadValue as first:
            faults += (
                _Fault(BAD_SETTING, (*way, name, *bad.way), bad.message, bad.help, bad.is_key)
                for bad in (first, *first.others)
            )
    return given


def _unknown(name: str, known: Mapping[str, Reader], way: Way) -> _Fault:
    spelt = name.replace("_", "-").lower()
    help = suggestion(_OTHER_NAMES.get(spelt, spelt), known, f"there are {', '.join(f'`{each}`' for each in known)}")
    return _Fault(UNKNOWN_SETTING, (*way, name), f"unknown setting `{name}`", help, is_key=True)


def _tables(value: Any, _: Read) -> list[dict[str, Any]]:
    """A list of tables."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise BadValue("a list of tables is expected", "write [[tool.drytables.overrides]] above each of them")
    return value


def _not_toml(source: Source, error: tomllib.TOMLDecodeError) -> Diagnostic:
    message = str(error)
    at = _AT.search(message)
    words = message[: at.start()] if at else message
    offset = source.offset(int(at[1]), int(at[2])) if at and at[1] else len(source.text.rstrip())
    said = f"{words[:1].lower()}{words[1:]}" if words[1:2].islower() else words
    return Diagnostic(
        NOT_TOML, f"this is not TOML: {said}", Label(Span(offset, offset + 1)), help="see https://toml.io"
    )


def _told(faults: list[_Fault], source: Source) -> tuple[Diagnostic, ...]:
    where = places(source)

    def diagnostics() -> Iterator[Diagnostic]:
        for fault in faults:
            place = where.get(fault.way)
            span = (place.key if fault.is_key else place.value) if place else Span(0, 0)
            yield Diagnostic(fault.code, fault.message, Label(span), help=fault.help)

    return in_order(diagnostics())
