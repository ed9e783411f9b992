"""One page for each tag, category and author, and one of its own: a Pelican plugin.

Pelican takes names for the same that have the same address, and leaves signs out of addresses: C, C++ and C# would
share a page, on which a post stands three times.

- `addresses.py`: the words of an address, in which signs are spelled: `c-plus-plus`, `c-sharp`, `dot-net`;
- `names.py`: which names mean the same, and which address each has;
- `posts.py`: what this makes of a site's posts;
- `checks.py`: a name in two spellings is named in the report of a build.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from drytables.pelican_plugin.further_checks import further_checks
    from pelican import signals

    from .addresses import spell_signs
    from .checks import check_spellings
    from .posts import give_each_name_one_page

    signals.initialized.connect(spell_signs)
    signals.article_generator_pretaxonomy.connect(give_each_name_one_page)
    further_checks.connect(check_spellings)
