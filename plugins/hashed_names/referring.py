"""Files that refer to others: stylesheets, scripts and drawings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from . import markup, scripts, stylesheets
from .kinds import DRAWING, SCRIPT, STYLESHEET, ending

_Change = Callable[[str], str]
#: A drawing with these does more than to be shown, or refers to others where nobody looks.
_BOUND_TO_ITS_PLACE = re.compile(
    rb"<script|<!ENTITY|<\?xml-stylesheet|\bxml:base|(?<!style)=[\"']\s*url\(\s*[\"']?[^#\"'\s]", re.IGNORECASE
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def stays(file: str, content: bytes) -> bool:
    """Whether a file, whose content may refer to others, has to be where it is."""
    if ending(file) in SCRIPT:
        return scripts.stays(content)
    return content.startswith(_UTF_16) or (ending(file) == DRAWING and bool(_BOUND_TO_ITS_PLACE.search(content)))


def with_references(file: str, content: bytes, loaded: _Change, linked: _Change) -> bytes:
    """Return what is in a file with what `loaded` makes of each reference to what is loaded with it, and `linked` of
    all others. Raises scripts.CannotBeMovedError for a script whose references cannot be followed.
    """
    if ending(file) in SCRIPT:
        return scripts.with_references(content, loaded)
    text = content.decode("utf-8", "surrogateescape")
    if ending(file) == STYLESHEET:
        text = stylesheets.with_references(text, loaded)
    elif ending(file) == DRAWING:
        text = markup.with_references(text, _OfDrawing(loaded, linked), has_links=True)
    return text.encode("utf-8", "surrogateescape")


class _OfDrawing(NamedTuple):
    """What becomes of the references in a drawing, which has no scripts."""

    loaded: _Change
    linked: _Change

    def module(self, value: str) -> str:
        return value

    def image(self, value: str) -> str:
        return value

    def manifest(self, value: str) -> str:
        return value

    def script(self, script: str) -> str:
        return script

    def integrity(self, value: str, of: str) -> str:
        return value
