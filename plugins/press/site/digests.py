"""Two digests of a post: of its text, and of all else that is known of it when it has been read."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from .description import CannotBeDescribedError, described_exactly
from .snapshot import Snapshot, texts_in

_ATTACHED = "attach"


class Digests(NamedTuple):
    """They differ where two readings of a source may differ. `header` covers what any page may show of a post: its
    title, its date, its address, and the files that it links to.
    """

    header: bytes
    text: bytes


def digests_of(snapshot: Snapshot) -> Digests | None:
    """The digests of a post; None if something in it cannot be compared with another."""
    texts, others = texts_in(snapshot.attributes)
    content = str(snapshot.attributes.get("_content"))
    # A file goes where the first post goes that attaches it, and links to it in other posts with it.
    attaching = content if snapshot.static_links and _ATTACHED in content else ""
    header = [snapshot.kind, others, snapshot.static_links, attaching]
    try:
        return Digests(*(_digest(described_exactly(each)) for each in (header, texts)))
    except CannotBeDescribedError:
        return None


def _digest(words: str) -> bytes:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()
