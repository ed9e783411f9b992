"""Which Markdown reads a page: they differ in what they take for a fence."""

from __future__ import annotations

from typing import Literal

#: `fenced_code`, Python-Markdown's own: a fence at the start of a line only. `superfences`, of pymdown-extensions: one
#: in a list or a quote too. `commonmark`, which GitHub, Hugo, Jekyll, Docusaurus and others follow: one behind a bullet
#: too, with whatever words behind its language.
Dialect = Literal["fenced_code", "superfences", "commonmark"]
