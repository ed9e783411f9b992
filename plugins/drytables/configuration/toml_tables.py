"""Tables of TOML, read name by name: what each says as the program uses it, or all that is wrong, each at its place.

What may be in a table is a mapping from names to readers (`values.py` has some). Other plugins read files of theirs so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..diagnostics.code import Code
from ..diagnostics.codes.configuration import NOT_TOML
from ..diagnostics.diagnostic import Diagnostic, Label, in_order
from ..diagnostics.source import Source, Span
from ..reading.pattern import pattern
from .suggestion import suggestion
from .toml_places import Way, places
from .values import BadValue, Reader

#: Where `tomllib` says that a text is wrong.
_AT = pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a table, at its key or its value."""

    code: Code
    way: Way
    message: str
    help: str
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a table may contain: the `noun` for it (`setting`), the reader of each name, the codes of what is `unknown`
    and of a `bad` value, and names that people use for the same.
    """

    noun: str
    readers: Mapping[str, Reader]
    unknown: Code
    bad: Code
    other_names: Mapping[str, str]


def parsed(source: Source) -> dict[str, Any] | Diagnostic:
    """What `tomllib` makes of a text, or why it is not TOML."""
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return _not_toml(source, str(error))
    except RecursionError:
        return _not_toml(source, "Too many tables or lists within one another (at line 1, column 1)")


def read_names(table: Mapping[str, Any], known: Known, read: Any, way: Way, faults: list[Fault]) -> dict[str, Any]:
    """What can be used of a table that `way` leads to; what is wrong with the rest goes to `faults`.

    `read` is passed on to the readers.
    """
    given: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known.readers:
            faults.append(_unknown(name, known, way))
            continue
        try:
            given[name] = known.readers[name](value, read)
        except BadValue as first:
            faults += (
                Fault(known.bad, (*way, name, *bad.way), bad.message, bad.help, bad.is_key)
                for bad in (first, *first.others)
            )
    return given


def told(faults: list[Fault], source: Source) -> tuple[Diagnostic, ...]:
    """The faults as diagnostics, in the order of the text."""
    where = places(source)

    def diagnostics() -> Iterator[Diagnostic]:
        for fault in faults:
            place = where.get(fault.way)
            span = (place.key if fault.is_key else place.value) if place else Span(0, 0)
            yield Diagnostic(fault.code, fault.message, Label(span), help=fault.help)

    return in_order(diagnostics())


def _unknown(name: str, known: Known, way: Way) -> Fault:
    spelt = name.replace("_", "-").lower()
    names = ", ".join(f"`{each}`" for each in known.readers)
    help = suggestion(known.other_names.get(spelt, spelt), known.readers, f"there are {names}")
    return Fault(known.unknown, (*way, name), f"unknown {known.noun} `{name}`", help, is_key=True)


def _not_toml(source: Source, message: str) -> Diagnostic:
    at = _AT.search(message)
    words = message[: at.start()] if at else message
    offset = source.offset(int(at[1]), int(at[2])) if at and at[1] else len(source.text.rstrip())
    said = f"{words[:1].lower()}{words[1:]}" if words[1:2].islower() else words
    return Diagnostic(
        NOT_TOML, f"this is not TOML: {said}", Label(Span(offset, offset + 1)), help="see https://toml.io"
    )
