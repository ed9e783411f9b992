"""Precisions that do not exist, in the report of a build."""

from collections.abc import Iterator
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.pelican_plugin.further_checks import Trouble, add_found
from header_place import place_of
from pelican.contents import Article, Content, Page

from .codes import UNKNOWN_PRECISION
from .reading import PRECISIONS, SETTING, typed_precision

_HELP = "write `day`, `month` or `year`"


def check_precision(content: Content) -> None:
    """Note of a post or page that was just read that its precision is none."""
    typed = typed_precision(content.metadata)
    if isinstance(content, Article | Page) and typed and typed.lower() not in PRECISIONS:
        text, span = place_of(content, "date_precision")
        message = f"`{typed}` is not a precision of a date"
        add_found(content, text, Diagnostic(UNKNOWN_PRECISION, message, Label(span), help=_HELP))


def check_setting(generators: list[Any]) -> Iterator[Trouble]:
    """Report a DATE_PRECISION that is none. `generators` are Pelican's."""
    setting = str(generators[0].settings.get(SETTING, "day"))
    if setting not in PRECISIONS:
        yield Trouble(SETTING, f"is `{setting}`, which is not a precision of a date; {_HELP}")
