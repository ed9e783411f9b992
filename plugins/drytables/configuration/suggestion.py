"""Which existing name an unknown one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def suggestion(name: str, names: Iterable[str], others: str) -> str:
    """A help: the name that was probably meant, if one is close, and what else is said of the others."""
    # The room that judges is loaded only for a fault.
    from ..judging.suggestions import nearest

    meant = nearest(name, names)
    return f"did you mean `{meant}`? {others}" if meant else others
