"""How exactly the date of a post is known: a Pelican plugin for `Date-precision: month` (or `year`) in a header.

Posts that say nothing have the precision of the setting DATE_PRECISION, which is `day` by default.

- `reading.py`: gives each post the format of its date, and the form of it for machines;
- `formats.py`: what is left of a format such as `%-d %B %Y` without its day, or without its year;
- `checks.py`: a precision that does not exist is named in the report of a build.

The day in `Date:` still decides the order in which posts are listed, and their dates in feeds, which must have one.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from drytables.pelican_plugin.further_checks import further_checks
    from pelican import signals

    from .checks import check_precision, check_setting
    from .reading import add_filters, give_dates_for_machines, shorten_format

    signals.generator_init.connect(add_filters)
    for context in (signals.article_generator_context, signals.page_generator_context):
        context.connect(shorten_format)
    signals.content_object_init.connect(give_dates_for_machines)
    signals.content_object_init.connect(check_precision)
    further_checks.connect(check_setting)
