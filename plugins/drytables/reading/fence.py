"""A fence: a piece of code in a page, however Markdown marks it up, and the marks on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from .excerpt import Excerpt
from .family import Family

#: How the page marks the code up: between two fence lines, indented, or in an HTML `<pre>`; or it is all of a file.
Kind = Literal["fence", "indented", "pre", "file"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One `key="value"` of a fence; `value` is None if the key has none."""

    key: str
    value: str | None
    key_span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """One piece of code.

    `content` is the source between the fence lines (for an indented block, its lines), and `code` the same without
    indentation or quote marks, ready to be read; `block` includes the fence lines. `info` is what follows the opening
    backticks, and `line` the number of the opening line, from 1. `is_seen` is false if the author typed a fence that
    Markdown renders as prose.

    `diagnostic` says why that is, or that no line closes the fence, or that some of its attributes are lost;
    `swallowed` is everything that became code because the closing line is missing. They matter only where there are
    commands. `family` is that of the program which reads saved text in it, if the name of its file says so.
    """

    kind: Kind
    language: str
    marks: Mapping[str, Mark] = field(hash=False)
    info: Span
    content: Span
    block: Span
    line: int
    code: Excerpt = field(hash=False)
    is_seen: bool = True
    diagnostic: Diagnostic | None = field(default=None, hash=False)
    swallowed: Span | None = None
    family: Family | None = None
