"""Typography that never eats an option: a Pelican plugin that keeps typogrify off `--mode`.

Pelican runs typogrify over the finished HTML of a post, over its title and over its summary. It curls quotes, joins the
last two words of a paragraph, and turns every `--` into a dash, so that a reader who copies `--mode` from a heading
copies `—mode`. With this plugin `--` becomes a dash only where a writer means one, between two spaces; HTML comments
stay comments; and every post and page keeps the title its author typed:

- `raw_title`: the words, for `<title>`, cards, share links and feeds;
- `title`: HTML for headings, with its typography, in which whatever the author typed is text, or code.

Typography is turned on and off in pelicanconf.py: `TYPOGRIFY` and `TYPOGRIFY_OMIT_FILTERS`.

- `spared_options.py`: what smartypants leaves alone;
- `quick.py`: the same typography in less time;
- `titles.py`: a title as words and as HTML;
- `both_titles.py`: every post and page gets both;
- `unbroken_options.py`: no line ends within an option.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    from .both_titles import give_both_titles, keep_raw_titles
    from .spared_options import spare_options
    from .unbroken_options import add_filter

    signals.initialized.connect(spare_options)
    signals.generator_init.connect(keep_raw_titles)
    signals.generator_init.connect(add_filter)
    signals.content_object_init.connect(give_both_titles)
