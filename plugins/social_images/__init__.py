"""Images that other programs ask for, drawn from the theme's own SVG when the site is built: a Pelican plugin.

- Every post has a card beside its page, which is shown when someone shares the post; drafts and other pages use the
  site's card. The Jinja filter `card` says where a post's is. It is drawn from `theme/templates/card.svg`, with the
  colours of the stylesheet, and only for the site that the pages name: those of a preview name the cards of the public
  site.
- The icon in the sizes that phones need, `favicon.ico`, and the web manifest that lists them.

Pages themselves load none of these: their icon is in the page, as the Jinja variable ICON.

What is drawn is the theme's: `static/icon.svg`, `templates/card.svg` and the colours in `static/style.css`. A theme
without the first two gets no images, and a warning that says so; one without the colours has those of its SVG.

- `in_pages.py`: what pages and links have to know of the images;
- `drawings.py`: all images of a site are drawn;
- `cards.py`, `icons.py`: the two kinds of them;
- `fonts.py`, `lines.py`: which fonts can show a title, and in which lines it fits a card;
- `colours.py`, `images.py`: from the stylesheet's colours and an SVG to a PNG.

What only drawing needs is loaded when something is drawn.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals
    from proofreader.further_addresses import further_addresses

    from .drawings import draw_all
    from .in_pages import add_filter, give_icon, names_of_cards

    signals.generator_init.connect(add_filter)
    signals.generator_init.connect(give_icon)
    signals.article_writer_finalized.connect(draw_all)
    further_addresses.connect(names_of_cards)
