"""Text in which no line breaks within an option: browsers may break after each hyphen of `--to`."""

from __future__ import annotations

from html import escape

from ...reading.pattern import pattern

_WITH_HYPHEN = pattern(r"[^\s-]*-\S*")


def unbroken(text: str) -> str:
    """The HTML of a text with each word that has a hyphen in a `<span>`, in which snippets.css lets no line end."""
    pieces, at = [], 0
    for word in _WITH_HYPHEN.finditer(text):
        pieces += [escape(text[at : word.start()], quote=False), f"<span>{escape(word[0], quote=False)}</span>"]
        at = word.end()
    return "".join([*pieces, escape(text[at:], quote=False)])
