"""Pelican's own header: `Key: value` lines up to the first blank one, continued in lines that are indented.

Where Python-Markdown, which reads it for Pelican, ends a header without a word and shows the rest of it as text, the
line is named. It also does so at a line that is indented by less than four blanks; nobody means that.
"""

from __future__ import annotations

import re

from drytables.diagnostics.diagnostic import Diagnostic, Edit, Label
from drytables.diagnostics.source import Span

from .codes import UNREADABLE_HEADER
from .header import Field, Header, Text, fault, key_of

_FIELD = re.compile(r" {0,3}(?P<name>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")
_MORE = re.compile(r"[ \t]+(?P<value>.*)")
_BLANK_BEFORE_COLON = re.compile(r" {0,3}(?P<name>[A-Za-z][A-Za-z0-9_-]*)(?P<blanks>[ \t]+):(?=[ \t]|$)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<item>\S.*)")
_FLOW = re.compile(r"\[(?P<items>[^\[\]]*)\]")
#: Fields that may be written as lists, as people bring them along from YAML.
_LISTS = frozenset({"tags", "tag", "authors", "author", "categories", "category", "series", "aliases", "alias"})
_FLOW_ITEM = re.compile(r"""[^,\s][^,]*""")
#: A text that begins with such a line meant it as its header.
_PLAINLY_MEANT = re.compile(r"(?:title|date|slug|tags|status|author|category)\b", re.IGNORECASE)
#: Fields that are no words of a sentence, where they begin a line right below a header.
_GOES_ON = re.compile(r" {0,3}(?:title|date|slug|tags|status|authors?|category|summary|modified|lang):", re.IGNORECASE)


def read(text: str) -> Header:
    """The header of a text; without fields, if its first line is not one."""
    fields: list[Field] = []
    lines, at = 0, 0
    faults: tuple[Diagnostic, ...] = ()
    all_lines = text.split("\n")
    for number, line in enumerate(all_lines):
        field, more, item = _FIELD.match(line), _MORE.match(line), _ITEM.match(line)
        if not line.strip():
            lines += bool(fields)
            break
        if field:
            fields.append(_field(field, at))
        elif item and fields and _takes_items(fields[-1]):
            fields[-1] = _with_item(fields[-1], item, at)
        elif more and fields:
            fields[-1] = _continued(fields[-1], more, at)
        else:
            faults = _not_read(line, at, fields) or _interrupted(all_lines, number, at, fields)
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
    if flow and key_of(name.words) in _LISTS:
        return Field(name, tuple(_items(flow, start)))
    return Field(name, Text(value, Span(start, start + len(value))))


def _items(flow: re.Match[str], at: int) -> list[Text]:
    """The items of a list in brackets."""
    start = at + flow.start("items")
    return [
        Text(item[0].strip().strip("\"'"), Span(start + item.start(), start + item.end()))
        for item in _FLOW_ITEM.finditer(flow["items"])
    ]


def _takes_items(field: Field) -> bool:
    """Whether a line with a hyphen below a field is one item of it."""
    return field.key in _LISTS and (not isinstance(field.value, Text) or not field.value.words)


def _with_item(field: Field, item: re.Match[str], at: int) -> Field:
    before = () if isinstance(field.value, Text) else field.value
    words = item["item"].rstrip()
    start = at + item.start("item")
    return Field(field.name, (*before, Text(words.strip("\"'"), Span(start, start + len(words)))))


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
    return ()


def _interrupted(lines: list[str], number: int, at: int, fields: list[Field]) -> tuple[Diagnostic, ...]:
    """What is wrong with a line that ends a header if it goes on below it; `at` is where the line begins."""
    line = lines[number]
    below = at + len(line) + 1
    for each in lines[number + 1 :] if fields else ():
        if not each.strip():
            break
        if _GOES_ON.match(each):
            name = fields[-1].name.words
            return (
                fault(
                    UNREADABLE_HEADER,
                    "the header ends before this line, and goes on below it",
                    Span(at, at + len(line.rstrip())),
                    "this is not a field",
                    causes=(Label(Span(below, below + len(each.rstrip())), "this would be shown as text"),),
                    help=f"indent it by four blanks if it belongs to `{name}`, or put a blank line above the text",
                ),
            )
        below += len(each) + 1
    return ()
