"""A page as listed for search engines."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Entry(NamedTuple):
    """A page that search engines should list: its complete address, when it changed if that is known, and the complete
    addresses of the same text in all its languages, by their language tags, itself among them.
    """

    address: str
    changed: datetime | None
    versions: tuple[tuple[str, str], ...] = ()
