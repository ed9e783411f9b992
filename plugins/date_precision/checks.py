"""Precisions that do not exist, in the report of a build."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.dropped import all_contents
from drytables.pelican_plugin.further_checks import Found, Trouble
from header_place import place_of
from pelican.generators import ArticlesGenerator, PagesGenerator

from .codes import UNKNOWN_PRECISION
from .reading import FIELDS, PRECISIONS, SETTING, typed_precision

_HELP = "write `day`, `month` or `year`"


def check_precisions(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Report each post or page with another precision, and a setting that has one."""
    sources = [each for each in generators if isinstance(each, ArticlesGenerator | PagesGenerator)]
    for content in (content for generator in sources for content in all_contents(generator)):
        typed = typed_precision(content.metadata)
        if typed and typed.lower() not in PRECISIONS:
            text = Path(content.source_path).read_text(encoding="utf-8-sig", errors="replace")
            place = place_of(text, FIELDS[0], typed)
            message = f"`{typed}` is no precision of a date"
            yield Found(content.source_path, text, Diagnostic(UNKNOWN_PRECISION, message, Label(place), help=_HELP))
    setting = str(sources[0].settings.get(SETTING, "day")) if sources else "day"
    if setting not in PRECISIONS:
        yield Trouble(SETTING, f"is `{setting}`, which is no precision of a date; {_HELP}")
