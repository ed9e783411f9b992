"""Pelican's own header: `Key: value` lines up to the first blank one, continued in lines of four blanks or more.

Where Python-Markdown, which reads it for Pelican, ends a header without a word and shows the rest of it as text, the
line is named.
"""

from __future__ import annotations

import re

from drytables.diagnostics.diagnostic import Diagnostic, Edit
from drytables.diagnostics.source import Span

from .codes import UNREADABLE_HEADER
from .header import Field, Header, Text, fault

_FIELD = re.compile(r" {0,3}(?P<name>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)[ \t]*(?P<value>.*)")
_BLANK_BEFORE_COLON = re.compile(r" {0,3}(?P<name>[A-Za-z][A-Za-z0-9_-]*)(?P<blanks>[ \t]+):(?=[ \t]|$)")
_ITEM = re.compile(r"[ \t]*-[ \t]+\S")
_FLOW = re.compile(r"\[(?P<items>[^\[\]]*)\]")
_FLOW_ITEM = re.compile(r"""[^,\s][^,]*""")
#: A text that begins with such a line meant it as its header.
_PLAINLY_MEANT = re.compile(r"(?:title|date|slug|tags|status|author|category)\b", re.IGNORECASE)


def read(text: str) -> Header:
    """The header of a text; without fields, if its first line is not one."""
    fields: list[Field] = []
    lines, at = 0, 0
    faults: tuple[Diagnostic, ...] = ()
    for line in text.split("\n"):
        field, more = _FIELD.match(line), _MORE.match(line)
        if not line.strip():
            lines += bool(fields)
            break
        if field:
            fields.append(_field(field, at))
        elif more and fields:
            fields[-1] = _continued(fields[-1], more, at)
        else:
            faults = _not_read(line, at, fields)
            break
        lines += 1
        at += len(line) + 1
    return Header("pelican", tuple(fields), lines, faults)


def is_plainly_meant(line: str) -> bool:
    """Whether a line begins with the name of a field that nearly every header has."""
    return bool(_PLAINLY_MEANT.match(line.lstrip(" ")))


def _field(match: re.Match[str], at: int) -> Field:
    name = Text(match["name"], Span(at + match.start("name"), at + match.end("name")))
    value = match["value"].rstrip()
    start = at + match.start("value")
    flow = _FLOW.fullmatch(value)
    if flow and name.words.lower() in ("tags", "authors", "categories", "aliases"):
        return Field(name, tuple(_items(flow, start)))
    return Field(name, Text(value, Span(start, start + len(value))))


def _items(flow: re.Match[str], at: int) -> list[Text]:
    """The items of a list in brackets, which people bring along from YAML."""
    start = at + flow.start("items")
    return [
        Text(item[0].strip().strip("\"'"), Span(start + item.start(), start + item.end()))
        for item in _FLOW_ITEM.finditer(flow["items"])
    ]


def _continued(field: Field, more: re.Match[str], at: int) -> Field:
    """A field whose value goes on in a further line."""
    if not isinstance(field.value, Text):
        return field
    words = "\n".join(part for part in (field.value.words, more["value"].strip()) if part)
    start = field.value.span.start if field.value.words else at + more.start("value")
    return Field(field.name, Text(words, Span(start, at + len(more[0].rstrip()))))


def _not_read(line: str, at: int, fields: list[Field]) -> tuple[Diagnostic, ...]:
    """What is wrong with a line that is neither blank nor part of a header; nothing, if it may be the text's first."""
    spaced = _BLANK_BEFORE_COLON.match(line)
    if spaced and (fields or is_plainly_meant(spaced["name"])):
        blanks = Span(at + spaced.start("blanks"), at + spaced.end("blanks"))
        return (
            fault(
                UNREADABLE_HEADER,
                f"`{spaced['name']}` has a blank before its colon",
                Span(at + spaced.start("name"), blanks.end + 1),
                "the header ends before this line",
                help=f"write `{spaced['name']}:`",
                edits=(Edit(blanks, ""),),
            ),
        )
    if fields and _ITEM.match(line) and isinstance(fields[-1].value, Text) and not fields[-1].value.words:
        name = fields[-1].name.words
        return (
            fault(
                UNREADABLE_HEADER,
                f"the list of `{name}` is not part of this header",
                Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())),
                "this would be shown as text",
                help=f"write `{name}: one, two` in one line, or put the header between two `---` lines, as YAML",
            ),
        )
    return ()
