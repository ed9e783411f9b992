"""What another generator would have filled in, left in a text and shown as typed, and the marks of a conflict in git:
a Pelican plugin that names them.

- `kinds.py`: what the others write, and what to write here;
- `prose.py`: a Markdown text without its header, code, comments and formulas;
- `finding.py`: the leftovers of a text;
- `checks.py`: they are named in the report of a build.
"""

#: What depends on the text of a post, and is in no page (press/site/texts.py).
TEXT_FACTS = ("leftovers",)


def register() -> None:
    """Connect to Pelican, which calls this."""
    from drytables.pelican_plugin.further_checks import further_checks
    from pelican import signals

    from .checks import check_leftovers, look_for_leftovers

    signals.content_object_init.connect(look_for_leftovers)
    further_checks.connect(check_leftovers)
