"""The addresses in files of lines: robots.txt, security.txt, and the redirects of Netlify and Cloudflare."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIELD = re.compile(
    r"^(?:sitemap|canonical|policy|encryption|acknowledgments|hiring|contact)[ \t]*:[ \t]*(\S+)",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(r"[1-5]\d\d!?")
#: What stands for something else: all that was asked for, or a part of it.
_PLACEHOLDER = re.compile(r"\*|(?<!https)(?<!http):[a-z]", re.IGNORECASE)


def addresses_in_fields(text: str) -> Iterator[str]:
    """Yield the addresses in the fields of robots.txt and security.txt."""
    for found in _FIELD.finditer(text):
        yield found[1]


def addresses_in_redirects(text: str) -> Iterator[str]:
    """Yield where the lines of `_redirects` lead to, as far as that is one address for all that they are about."""
    for line in text.splitlines():
        words = [word for word in line.partition(" #")[0].split() if "=" not in word or "/" in word]
        if words and not words[0].startswith("#"):
            where = [word for word in words[1:] if not _STATUS.fullmatch(word)][:1]
            yield from (word for word in where if not _PLACEHOLDER.search(word))
