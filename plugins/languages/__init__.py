"""Posts and pages in any language: a Pelican plugin.

- `tags.py`, `direction.py`: how a language is written down, and which way its text runs;
- `words.py`: the words of the theme in the language of the page, from the tables in `theme/words/`;
- `templates.py`: what of this a template may ask for.

English costs nothing: what only other languages need is loaded when the first of them is met.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    from .templates import extend_templates

    signals.generator_init.connect(extend_templates)
