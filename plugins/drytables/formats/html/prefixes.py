"""What precedes a fence on its line, in a list or a quote; it must precede the figure too."""

from __future__ import annotations

from ...reading.pattern import pattern

_PREFIX = pattern(r"[> \t]*")


def prefix_of(line: str) -> str:
    """The quote marks and blanks that a line begins with."""
    match = _PREFIX.match(line)
    return match[0] if match else ""
