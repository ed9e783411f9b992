"""Pages that are shown ahead of a round of Pelican: of a post whose text changed, and nothing else.

The new text is put into the page as it is noted already. What else a post says may matter to any page, and then a round
is needed. What plugins make of all texts together, once in a round, waits for it: should that make another page of the
same text, no page is shown early any more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from ..edition import Answer, RenderError
from .memory import Remembered
from .notes import Note
from .read_ahead import ReadAhead
from .texts import forget_made

_TEXT = frozenset({"_content", "_summary"})
_SUMMARY = "summary"


class Early:
    """The pages of the one post that was renewed since the last round; `names` are their files."""

    def __init__(self) -> None:
        self.names: frozenset[str] = frozenset()
        self._shown: dict[str, Answer] = {}
        self._is_safe = True

    def renew(self, reads: list[ReadAhead], path: str, notes: Mapping[str, Note]) -> None:
        """Read the source at a path again, and put its text into its pages. Returns none if it is not a post, or if
        more than the text changed.
        """
        self._shown = {}
        post = _renewed(reads, path) if self._is_safe else None
        self.names = frozenset(name for name, note in notes.items() if post is not None and note.subject is post)

    def note(self, name: str, answer: Answer) -> None:
        """Note what was shown."""
        if name in self.names:
            self._shown[name] = answer

    def compare(self, answer: Callable[[str], Answer | None], *, is_same: bool) -> None:
        """Compare what was shown with what a round has come to, if that has read the same."""
        shown, self._shown, self.names = self._shown, {}, frozenset()
        for name, early in shown.items() if is_same else ():
            with suppress(RenderError):
                self._is_safe &= answer(name) == early


def _renewed(reads: list[ReadAhead], path: str) -> Any:
    """The post of a source, with the new text; None, with the post as it was, if that cannot be."""
    for read in reads:
        name = os.path.relpath(path, read.generator.path)
        if read.contents.get(name) is not None:
            return _with_new_text(read, name)
    return None


def _with_new_text(read: ReadAhead, name: str) -> Any:
    post, before = read.contents[name], read.last_read(name)
    if before is None or before.taken is None:
        return None
    after = read.read_again(name)
    if after is None or after.taken is None or not _is_like(before, after):
        return None
    old, new = before.taken.attributes, after.taken.attributes
    texts = {key: new[key] for key in _TEXT & new.keys() if old[key] != new[key]}
    if any(vars(post).get(key) != old[key] for key in texts):
        return None  # a plugin has changed it since it was read
    vars(post).update(texts)
    if "_summary" in texts:
        post.metadata[_SUMMARY] = texts["_summary"]
    forget_made()
    return post


def _is_like(before: Remembered, after: Remembered) -> bool:
    """Whether two readings of one source differ in nothing but the text."""
    assert before.taken and after.taken
    if (before.said, before.taken.static_links) != (after.said, after.taken.static_links):
        return False
    return _without_text(before.taken.attributes) == _without_text(after.taken.attributes)


def _without_text(attributes: dict[str, Any]) -> dict[str, Any]:
    metadata = {key: value for key, value in attributes["metadata"].items() if key != _SUMMARY}
    kept = {key: value for key, value in attributes.items() if key not in _TEXT}
    return kept | {"metadata": metadata, "has_summary": _SUMMARY in attributes["metadata"]}
