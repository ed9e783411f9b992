"""A header in TOML, between `+++` lines, as Zola and Hugo have it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from drytables.diagnostics.source import Span

from .codes import UNREADABLE_HEADER
from .fence import Fence, Unreadable
from .header import Field, Header, Text, fault

_FENCE = Fence("TOML", "+++")
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")
_TABLE = re.compile(r"[ \t]*\[\[?[ \t]*(?P<name>[^\[\]]+?)[ \t]*\]\]?[ \t]*(?:#.*)?")
_FIELD = re.compile(r"""[ \t]*(?P<quote>["']?)(?P<name>[^\s"'=\[\]{}]+)(?P=quote)[ \t]*=[ \t]*(?P<value>.*)""")


def begins(text: str) -> bool:
    """Whether a text begins with such a header, or with a line that looks like it."""
    return _FENCE.begins(text)


def read(text: str) -> Header:
    """The header of a text that begins with one."""
    return _FENCE.read(text, _read)


def _read(text: str, start: int) -> Iterable[Field]:
    """The fields in a text from `start` on. Raises Unreadable."""
    inside = text[start:]
    try:
        values = tomllib.loads(inside)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at, words = _place(str(error), inside)
        not_toml = fault(
            UNREADABLE_HEADER,
            "this header is not valid TOML",
            Span(start + at, start + at + 1),
            words,
            help='write each field as `name = "value"`, with texts in quotes',
        )
        raise Unreadable(not_toml) from None
    return _fields(values, _places(inside, start), (), Span(0, 3))


def _fields(
    values: dict[str, Any], places: dict[tuple[str, ...], tuple[Span, Span]], above: tuple[str, ...], default: Span
) -> Iterator[Field]:
    for name, value in values.items():
        name_span, value_span = places.get((*above, name), (default, default))
        label = Text(name, name_span)
        if isinstance(value, dict):
            yield Field(label, tuple(_fields(value, places, (*above, name), name_span)))
        elif isinstance(value, list):
            yield Field(label, tuple(Text(_words(each), value_span) for each in value))
        else:
            yield Field(label, Text(_words(value), value_span))


def _words(value: Any) -> str:
    """A value as one would write it without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return "" if isinstance(value, list) else str(value)


def _places(inside: str, base: int) -> dict[tuple[str, ...], tuple[Span, Span]]:
    """Where each field and its value are, by their names; tomllib does not say."""
    places: dict[tuple[str, ...], tuple[Span, Span]] = {}
    above: tuple[str, ...] = ()
    last: tuple[str, ...] | None = None  # whose value may go on in the next lines
    for line in inside.split("\n"):
        table, field = _TABLE.fullmatch(line), _FIELD.fullmatch(line)
        if table:
            above = tuple(part.strip().strip("\"'") for part in table["name"].split("."))
            span = Span(base + table.start("name"), base + table.end("name"))
            places.setdefault(above, (span, span))
            last = None
        elif field:
            name = Span(base + field.start("name"), base + field.end("name"))
            value = Span(base + field.start("value"), base + len(line.rstrip()))
            last = (*above, field["name"])
            places.setdefault(last, (name, value))
        elif last and line.strip():
            name, value = places[last]
            places[last] = (name, value.to(Span(base, base + len(line.rstrip()))))
        base += len(line) + 1
    return places


def _place(message: str, inside: str) -> tuple[int, str]:
    """Where tomllib stopped, as an offset, and its words in lower case."""
    found = _PLACE.search(message)
    words = message[: found.start()] if found else message
    at = max(len(inside.rstrip("\n")) - 1, 0)
    if found and found["line"]:
        lines = inside.split("\n")[: int(found["line"]) - 1]
        at = sum(len(line) + 1 for line in lines) + int(found["column"]) - 1
    return at, words[:1].lower() + words[1:]
