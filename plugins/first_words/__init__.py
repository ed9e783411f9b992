"""What lists, feeds and search engines say about a post: a Pelican plugin for `Summary:`, and for posts without one.

Without `Summary:` Pelican shows the first words of the finished page, with its contents, headings, films and ids. Here
they are words: those of paragraphs, lists and quotations, up to the length that SUMMARY_MAX_LENGTH allows, or up to
`<!--more-->`, which other generators know too. A post without words has no summary.

With `Summary:` a post keeps what it says, and the markup in it that goes within a line. A list shows many summaries on
one page, so none brings an id or a footnote of its own.

This is done when a post is read.

- `summaries.py`: the summary of a post;
- `words.py`, `marked_up_words.py`: the words of some HTML, as text and with the markup within a line;
- `excerpt.py`: a text cut where a reader would pause.
"""


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    from .summaries import give_summary

    signals.content_object_init.connect(give_summary)
