"""Which template puts an address onto pages, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import text_of

_ATTRIBUTE = re.compile(r"""\b(?:href|src|poster)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""", re.IGNORECASE)
#: What is before an address in a template: the site's own.
_SITE = re.compile(r"\{\{-?\s*(?:SITEURL|CANONICAL_SITE)\s*-?\}\}")


def place_in_templates(value: str, folders: Iterable[str]) -> tuple[str, str, Span] | None:
    """Return the path and the text of a template and the place of an address in it; None if none has it as it stands.

    `value` is the address without the site's own in front of it.
    """
    for folder in folders:
        for template in sorted(Path(folder).rglob("*")):
            text = text_of(str(template)) if template.is_file() else ""
            for found in _ATTRIBUTE.finditer(text) if value in text else ():
                group = "double" if found["double"] is not None else "single"
                if _SITE.sub("", found[group]) == value:
                    return str(template), text, Span(*found.span(group))
    return None
