"""Text in which backticks enclose what is code."""

from __future__ import annotations

from html import escape


def with_code(text: str) -> str:
    """The HTML of such a text; a lone backtick stays as it is."""
    *pairs, last = text.split("`") if text.count("`") % 2 == 0 else [text]
    parts = (f"<code>{escape(part)}</code>" if number % 2 else escape(part) for number, part in enumerate(pairs))
    return "".join([*parts, escape(last)])


def sentence(words: str) -> str:
    """Words as a sentence in HTML, with a capital and a full stop."""
    return with_code(f"{words[:1].upper()}{words[1:].rstrip('.')}.")
