"""Posts and pages in any language: a Pelican plugin.

- `tags.py`, `direction.py`: how a language is written down, and which way its text runs;
- `checks.py`: languages that do not exist are named in the report of a build;
- `translations.py`: which posts say the same in different languages;
- `reading.py`: what Markdown and Pelican say in English is said in the language of the post;
- `dates.py`: dates in the language of those who read them;
- `words.py`: the words of the theme in the language of the page, from the tables in `theme/words/`;
- `table_checks.py`: mistakes in these, and languages without any, are named in the report of a build;
- `feeds.py`: the languages of a feed and of its entries;
- `templates.py`: what of this a template may ask for.

English costs nothing: what only other languages need (`cldr.py`) is loaded when the first of them is met.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from drytables.pelican_plugin.further_checks import further_checks
    from pelican import signals

    from .checks import check_default_language, check_language
    from .reading import date_in_own_language, keep_language, leave_locales_alone, say_in_own_language
    from .table_checks import check_for_tables, check_tables
    from .templates import extend_templates
    from .translations import list_under_own_tags, pair_articles, pair_pages

    signals.initialized.connect(leave_locales_alone)
    signals.generator_init.connect(extend_templates)
    for context in (signals.article_generator_context, signals.page_generator_context):
        context.connect(keep_language)
    signals.content_object_init.connect(date_in_own_language)
    signals.content_object_init.connect(say_in_own_language)
    signals.content_object_init.connect(check_language)
    signals.article_generator_pretaxonomy.connect(pair_articles)
    signals.article_generator_finalized.connect(list_under_own_tags)
    signals.page_generator_finalized.connect(pair_pages)
    further_checks.connect(check_default_language)
    further_checks.connect(check_tables)
    further_checks.connect(check_for_tables)
