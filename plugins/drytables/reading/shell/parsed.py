"""A parsed shell text with its placeholders: both are computed once, and passed to everything that needs them."""

from __future__ import annotations

from typing import NamedTuple

from ..placeholders import find_placeholders, mask
from .heredocs import Heredoc, find_heredocs, without_heredocs
from .syntax import Tree


class Parsed(NamedTuple):
    """A shell text, the half-open ranges of its placeholders, its heredocs, and its tree, in which placeholders are
    plain letters, and heredocs files that are read.
    """

    text: str
    placeholders: list[tuple[int, int]]
    heredocs: list[Heredoc]
    tree: Tree


def parse(text: str) -> Parsed:
    """Parse a text as shell, whether it is shell or not."""
    placeholders = find_placeholders(text)
    heredocs = find_heredocs(text)
    plain = mask(text, placeholders)
    return Parsed(text, placeholders, heredocs, Tree(without_heredocs(plain, heredocs) if heredocs else plain))
