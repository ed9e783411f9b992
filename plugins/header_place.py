"""Where a value stands in the header of a post, whatever form the header has: for reports that point at it."""

import re

from drytables.diagnostics.source import Span

#: How far a header is looked for a field, in characters.
_HEADER = 20_000


def place_of(text: str, field: str, value: str) -> Span:
    """Return where a field of a header says a value, as a word of its own; or else the first line that is there.

    `text` is the source: `Tags: a, b`, `:tags: a, b`, a list in YAML or TOML, or `<meta name="tags" content="a, b">`.
    `field` has hyphens, for which underscores may stand too.
    """
    name = re.escape(field).replace(r"\-", "[-_]")
    begins = re.compile(rf"^\W*(?:meta\s+name\s*=\W*)?{name}\b", re.IGNORECASE | re.MULTILINE)
    found = begins.search(text, 0, _HEADER)
    if found is None:
        end = text.find("\n")
        return Span(0, max(end if end >= 0 else len(text), 1))
    says = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")
    at = says.search(text, found.end(), found.end() + _HEADER) if value else None
    return Span(*at.span()) if at else Span(*found.span())
