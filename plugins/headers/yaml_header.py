"""A header in YAML, between `---` lines, as Hugo, Jekyll and Obsidian have it.

It is read into YAML's nodes and no further: what a value is, `no` or `10:30`, depends on its field and not on how it
looks. Nodes know their places, nothing is constructed from them, and an alias costs as much as the node it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Span

from .codes import COMMENT_IN_VALUE
from .fence import Fence
from .header import Field, Header, Text, fault

_FENCE = Fence("YAML", "---", "...", "if no header is meant, begin the text with `* * *` instead of `---`")
#: A comment after a value, and one instead of a value that nobody means as a comment: without a blank after its sign.
_COMMENT = re.compile(r"[ \t]+(?P<words>#[^\s#]([^\n]*\S)?)")
_COMMENT_ALONE = re.compile(rf"[ \t]*:{_COMMENT.pattern}")


def begins(text: str) -> bool:
    """Whether a text begins with such a header, or with a line that looks like it."""
    return _FENCE.begins(text)


def read(text: str) -> Header:
    """The header of a text that begins with one."""
    from .yaml_fields import fields  # PyYAML takes long to load, and most headers are Pelican's

    header = _FENCE.read(text, fields)
    return replace(header, faults=(*header.faults, *_taken_for_comments(header.fields, text)))


def _taken_for_comments(fields: Iterable[Field], text: str) -> Iterator[Diagnostic]:
    """Words that look like part of a value, and are a comment: `title: Issue #12`, `tags: #net`."""
    for field in fields:
        plain = [each.span for each in field.texts() if text[each.span.start : each.span.end] == each.words]
        found = [_COMMENT.match(text, span.end) for span in plain]
        if isinstance(field.value, Text) and not field.value.words:
            found = [_COMMENT_ALONE.match(text, field.name.span.end)]
        for comment in (each for each in found if each):
            yield fault(
                COMMENT_IN_VALUE,
                f"`{comment['words']}` is a comment here, and not part of `{field.name.words}`",
                Span(*comment.span("words")),
                help="put the whole value in quotes, or a blank after the `#` of a comment",
                severity="warning",
            )
