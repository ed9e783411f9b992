"""A parsed shell text with its placeholders: both are computed once, and passed to everything that needs them."""

from __future__ import annotations

from typing import NamedTuple

from ..placeholders import find_placeholders, mask
from .syntax import Tree


class Parsed(NamedTuple):
    """A shell text, the half-open ranges of its placeholders, and its tree, in which these are plain letters."""

    text: str
    placeholders: list[tuple[int, int]]
    tree: Tree


def parse(text: str) -> Parsed:
    """Parse a text as shell, whether it is shell or not."""
    placeholders = find_placeholders(text)
    return Parsed(text, placeholders, Tree(mask(text, placeholders)))
