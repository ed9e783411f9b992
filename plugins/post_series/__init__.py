"""Posts that belong together, in order: a Pelican plugin for `Series: Netfilter` and `Series_index: 2` in a header.

Each part says which one it is, and leads to those before and after it. There is a page for each series where
SERIES_SAVE_AS says so, and one of all series, at SERIES_LIST_SAVE_AS. Not parts are drafts, posts that are not due yet,
hidden ones, and those in another language: a series that is translated is one of its own.

- `header.py`: what a header says of series, which goes with the post as `in_series`;
- `series.py`: a series, with its address, and a post's place in it;
- `parts.py`: the series of a site's posts, once all of them are read, and `parts_of(article)` for templates;
- `pages.py`: the settings, and the pages, which are the theme's templates `series.html` and `series_list.html`;
- `checks.py`: a number that cannot be read, or that two parts have, is named in the report of a build.

Its name is not `series` because the public plugin for Pelican of that name may be used beside it.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from drytables.pelican_plugin.further_checks import further_checks
    from pelican import signals

    from .checks import check_number, check_order
    from .header import note_series
    from .pages import add_list, generators
    from .parts import find_series

    signals.initialized.connect(add_list)
    signals.article_generator_context.connect(note_series)
    signals.content_object_init.connect(check_number)
    signals.article_generator_finalized.connect(find_series)
    signals.get_generators.connect(generators)
    further_checks.connect(check_order)
