"""An address of another site, at one of its places."""

from __future__ import annotations

from typing import NamedTuple

from drytables.diagnostics.source import Span


class Mention(NamedTuple):
    """`address` is what a host is asked for, without `fragment`, the place on its page; `text` is that of the file at
    `path`, and `span` where it names the two.
    """

    address: str
    fragment: str
    path: str
    text: str
    span: Span


def mention(value: str, path: str, text: str, span: Span) -> Mention:
    """Return the mention of a whole address, which may lack its `https:`."""
    value = value.strip()
    address, _, fragment = (f"https:{value}" if value.startswith("//") else value).partition("#")
    return Mention(address, fragment, path, text, span)
