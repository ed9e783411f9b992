"""Names of chains and sets that nft can read: it has no quotes for them, and words of its own."""

from __future__ import annotations

import re

from ..grammar.nft import Unsayable

_READABLE = re.compile(r"[A-Za-z_.][A-Za-z0-9_./\\-]*\Z", re.ASCII)


def readable_name(name: str) -> str:
    """The name of a chain or set; raises Unsayable if nft would read it otherwise."""
    if not _READABLE.match(name):
        raise Unsayable(f"nft cannot read the name `{name}`", f"another name: `{_readable(name)}`")
    if name in RESERVED:
        raise Unsayable(f"`{name}` is a word of nft's own and cannot be a name", f"another name: `{name}_`")
    return name


def _readable(name: str) -> str:
    """A name as near as possible."""
    text = re.sub(r"[^A-Za-z0-9_./\\-]", "_", name)
    return text if _READABLE.match(text) else f"_{text}"


#: Words that nft (1.0.6 to 1.1.6) reads as its own wherever they stand.
RESERVED: frozenset[str] = frozenset()
