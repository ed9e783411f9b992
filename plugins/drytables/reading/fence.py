"""A fence: a piece of code in a page, whichever way Markdown has it marked up, and the marks on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from .excerpt import Excerpt

#: How the page has the code: between two fence lines, indented, or in a `<pre>` of HTML.
Kind = Literal["fence", "indented", "pre"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One `key="value"` of a fence; `value` is None where the key stands alone."""

    key: str
    value: str | None
    key_span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """One piece of code.

    `content` is the source between the fence lines (of an indented block, its lines), `code` the same without the
    indentation or quote marks it stands behind, ready to be read; `block` takes in the fence lines too. `info` is what
    follows the opening backticks, and `line` the number of the opening line, from 1. `is_seen` is false where the
    author typed a fence of which Markdown makes prose.

    `diagnostic` says why that is, or that no line closes the fence, or that attributes of it are lost; `swallowed` is
    all that is code for want of a closing line. They matter where commands are concerned.
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
