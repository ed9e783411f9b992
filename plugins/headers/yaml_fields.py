"""The fields between the two lines of a header in YAML, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span

from .codes import UNREADABLE_HEADER
from .fence import Unreadable
from .header import Field, Text, fault

_NULL = re.compile(r"~|null|Null|NULL|")
#: What stands for an item that is a table, such as `authors: [{name: Ana}]`.
_NAMES = ("name", "title", "label", "slug")
#: Tables in tables, as deep as any generator looks.
_DEEPEST = 2

#: The label and the help for the most common faults, by PyYAML's message.
_TOLD = (
    ("mapping values are not allowed", "a second colon in one value", "put a value that contains `: ` in quotes"),
    ("found character '\\t'", "a tab", "indent with blanks"),
    ("cannot start any token", "no value begins with this sign", "put the value in quotes"),
    ("unexpected end of stream", "this is not closed", "close it with a sign like the one that opens it"),
    ("expected ',' or ']'", "this list is not closed", "close it with `]`"),
    ("expected ',' or '}'", "this table is not closed", "close it with `}`"),
    ("expected <block end>", "the header cannot go on like this", "begin each field in the same column, and write "
     "a quote within quotes twice"),
    ("could not find expected ':'", "a name without a colon", "write each field as `name: value`"),
    ("undefined alias", "`*` begins the name of another value", "put the value in quotes"),
)  # fmt: skip


def fields(text: str, start: int) -> Iterable[Field]:
    """The fields in a text from `start` on. Raises Unreadable."""
    try:
        node = yaml.compose(text[start:], Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_not_yaml(error, text, start)) from None
    except yaml.reader.ReaderError as error:
        at = start + error.position
        raise _has("a control character", Span(at, at + 1), "remove it") from None
    except RecursionError:
        raise _has("too many brackets", Span(0, 3), "write it without them") from None
    if node is None:
        return ()
    if not isinstance(node, yaml.MappingNode):
        at = start + node.start_mark.index
        end = at + len(text[at:].partition("\n")[0])
        raise _has("no field", Span(at, end), "write each field as `name: value`")
    return _fields(node, text, start)


def _fields(node: yaml.MappingNode, text: str, base: int, depth: int = 0) -> Iterator[Field]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield Field(_text(key, text, base), _value(value, text, base, depth))


def _value(node: yaml.Node, text: str, base: int, depth: int) -> Text | tuple[Text, ...] | tuple[Field, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(_item(each, text, base) for each in node.value)
    if isinstance(node, yaml.MappingNode):
        return tuple(_fields(node, text, base, depth + 1)) if depth < _DEEPEST else ()
    return _text(node, text, base)


def _item(node: yaml.Node, text: str, base: int) -> Text:
    """An item of a list as a text; of a table, what it is called."""
    if isinstance(node, yaml.MappingNode):
        named = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        for name in _NAMES:
            if isinstance(named.get(name), yaml.ScalarNode):
                return _text(named[name], text, base)
    return _text(node, text, base)


def _text(node: yaml.Node, text: str, base: int) -> Text:
    start, end = base + node.start_mark.index, base + node.end_mark.index
    if not isinstance(node, yaml.ScalarNode):
        return Text("", Span(start, end))
    is_nothing = node.style is None and _NULL.fullmatch(node.value)
    return Text("" if is_nothing else node.value, Span(start, start + len(text[start:end].rstrip())))


def _not_yaml(error: Any, text: str, base: int) -> Diagnostic:
    """What PyYAML says of a text, at the place where the fault begins."""
    problem = str(error.problem)
    # A quote or bracket that is never closed is missed at the end of the header; the fault is where it is opened.
    is_open = error.context_mark is not None and ("scalar" in str(error.context) or "flow" in str(error.context))
    mark = error.context_mark if is_open else error.problem_mark
    at = min(base + mark.index, len(text) - 1)
    told = ((label, advice) for words, label, advice in _TOLD if words in problem)
    label, advice = next(told, (problem, "compare it with the header of another post"))
    return fault(UNREADABLE_HEADER, "this header is not valid YAML", Span(at, at + 1), label, help=advice)


def _has(what: str, span: Span, advice: str) -> Unreadable:
    return Unreadable(fault(UNREADABLE_HEADER, f"this header has {what}", span, help=advice))
