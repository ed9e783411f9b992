"""The addresses in stylesheets, and in the attributes and elements of HTML that hold styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What is not closed ends with the line, as in a browser, so that each sign is looked at once.
_ADDRESS = re.compile(
    r"""/\*(?:[^*]++|\*(?!/))*+(?:\*/)?"""
    r"""|(?:url\(\s*+|@import\s++)(?:"(?P<double>[^"\n]*+)|'(?P<single>[^'\n]*+)|(?<=\()(?P<bare>[^)"'\s]++)|(?<=\(\s)(?P<spaced>[^)"'\s]++))""",
    re.IGNORECASE,
)


def addresses_in_styles(css: str) -> Iterator[str]:
    """Yield what `url()` and `@import` name. What begins with `#` is in the document that the styles are for."""
    for found in _ADDRESS.finditer(css):
        address = found["double"] or found["single"] or found["bare"] or found["spaced"]
        if address and not address.startswith("#"):
            yield address
