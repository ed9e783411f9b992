"""What a post's precision decides when the post is read: how its date is shown to readers and to machines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from languages.dates import format_of
from languages.tags import kept_form
from pelican.contents import Content

from .formats import at_precision, without_day, without_year

#: Each precision, and how many characters of `2012-03-02` it knows.
PRECISIONS: Mapping[str, int] = {"year": 4, "month": 7, "day": 10}
SETTING = "DATE_PRECISION"
#: The field of a header, and how it is written in YAML.
FIELDS = ("date-precision", "date_precision")


def typed_precision(metadata: Mapping[str, Any]) -> str:
    """Return the precision that a header names, as it is typed; nothing if it names none."""
    return next((str(metadata[name]).strip() for name in FIELDS if name in metadata), "")


def precision_of(metadata: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Return the precision of the dates of a post; `day` if a word is used that is none."""
    precision = typed_precision(metadata).lower() or str(settings.get(SETTING, "day"))
    return precision if precision in PRECISIONS else "day"


def shorten_format(generator: Any, metadata: dict[str, Any]) -> None:
    """Give a post whose day is not known a format without one, which Pelican and the templates then use for it."""
    settings = generator.settings
    precision = precision_of(metadata, settings)
    if precision != "day":
        language = kept_form(str(metadata.get("lang") or settings["DEFAULT_LANG"]))
        form = metadata.get("date_format") or format_of(language, settings) or settings["DEFAULT_DATE_FORMAT"]
        metadata["date_format"] = at_precision(form, precision)


def give_dates_for_machines(content: Content) -> None:
    """Give a post `machine_date` and `machine_modified`, as HTML, OpenGraph and schema.org take them: `2012-03`, a day,
    or a day with its time and zone if the header has a time.
    """
    characters = PRECISIONS[precision_of(content.metadata, content.settings)]
    for name in ("date", "modified"):
        when = getattr(content, name, None)
        if isinstance(when, datetime):
            setattr(content, f"machine_{name}", _for_machines(when, characters))


def _for_machines(when: datetime, characters: int) -> str:
    has_time = (when.hour, when.minute, when.second) != (0, 0, 0)
    whole = when.isoformat(timespec="seconds")
    return whole if has_time and characters == PRECISIONS["day"] else whole[:characters]


def add_filters(generator: Any) -> None:
    """Give templates the formats without their day or year: `post.date|strftime(post.date_format|without_year)`."""
    generator.env.filters.update(without_day=without_day, without_year=without_year)
