"""The ids that templates give to elements, as far as their texts tell: nothing is rendered for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican

_ID = re.compile(r"""\b(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: An expression; what follows a quote in it was not taken for part of the value.
_EXPRESSION = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)
#: No template gives a longer id, and a pattern need not be tried on one.
_LONGEST = 200
#: Templates that every theme falls back on.
_SIMPLE = Path(pelican.__file__).parent / "themes" / "simple" / "templates"


class ThemeIds:
    """The ids of a site's templates."""

    def __init__(self, generator: Any) -> None:
        """`generator` is any of Pelican's: it knows where the templates are."""
        patterns = {_pattern(written) for written in _written(generator)}
        self._one_of = re.compile("|".join(sorted(patterns)) or r"(?!)")

    def may_have(self, name: str) -> bool:
        """Whether a template may give an element this id."""
        return len(name) <= _LONGEST and self._one_of.fullmatch(name) is not None


def _written(generator: Any) -> Iterator[str]:
    """The values of all ids in the templates, as they are written."""
    for folder in (*generator._templates_path, _SIMPLE):
        for template in sorted(Path(folder).rglob("*")):
            if template.is_file():
                text = template.read_text(encoding="utf-8", errors="replace")
                yield from (found[1] or found[2] or "" for found in _ID.finditer(text))


def _pattern(written: str) -> str:
    """What fits the ids that a value comes out as: an expression in it may be anything."""
    return ".*".join(map(re.escape, _EXPRESSION.split(written)))
