"""Which Markdown reads a page: dialects differ in what they accept as a fence."""

from __future__ import annotations

from typing import Literal

#: `fenced_code`, Python-Markdown's own: a fence only at the start of a line. `superfences`, of pymdown-extensions: also
#: within a list or a quote. `quotes`: the same beside pymdown-extensions' `quotes`, where `> [!NOTE]` begins a box and
#: all lines of a fence in a quote begin with its `>`. `commonmark`, which GitHub, Hugo, Jekyll, Docusaurus and others
#: follow: also right after a bullet, and with any words after its language.
Dialect = Literal["fenced_code", "superfences", "quotes", "commonmark"]

#: Those whose fences are read by `superfences`.
WITH_SUPERFENCES: frozenset[Dialect] = frozenset(("superfences", "quotes"))
