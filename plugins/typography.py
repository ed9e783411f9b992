"""Typography that never eats an option: a Pelican plugin that keeps typogrify off `--mode`.

Pelican runs typogrify over the finished HTML of a post, over its title and over its summary. It curls quotes, joins the
last two words of a paragraph, and turns every `--` into a dash, so that a reader who copies `--mode` from a heading
copies `—mode`. With this plugin `--` becomes a dash only where a writer means one, between two spaces; HTML comments
stay comments; and every post and page keeps the title its author typed:

- `raw_title`: the words, for `<title>`, cards, share links and feeds;
- `title`: HTML for headings, with its typography, in which whatever the author typed is text, or code.

Typography is turned on and off in pelicanconf.py: `TYPOGRIFY` and `TYPOGRIFY_OMIT_FILTERS`.
"""

import re
from collections.abc import Callable
from typing import Any

import smartypants
from markupsafe import Markup
from pelican import signals
from pelican.contents import Content
from pelican.readers import MarkdownReader
from quick_typography import spare_time
from titles import as_html, as_words

#: What follows the sign that begins a tag. A `>` in a quoted value does not end it.
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_DASH_BETWEEN_SPACES = re.compile(r"(?<=\s)--(?=\s)")


def dash_between_spaces(text: str) -> str:
    """Return `text`, HTML without tags, with a dash for each `--` between two spaces."""
    return _DASH_BETWEEN_SPACES.sub("&#8212;", text)


def split_at_tags(html: str) -> list[list[str]]:
    """Return `html` in pieces, ["tag", …] or ["text", …], as smartypants expects them.

    A comment is a tag, whatever it contains: smartypants' own splitter takes one with an inner `--` for text, as HTML 4
    did, and shows it on the page.
    """
    pieces = []
    at = 0
    last_of_comments, last_of_tags = html.rfind("-->"), html.rfind(">")
    while at <= (start := html.find("<", at)) < last_of_tags:
        is_comment = html.startswith("<!--", start) and start + len("<!--") <= last_of_comments
        if is_comment:
            end = html.index("-->", start + len("<!--")) + len("-->")
        else:
            tag = _REST_OF_TAG.match(html, start + 1)
            end = tag.end() if tag else html.index(">", start) + 1
        if start > at:
            pieces.append(["text", html[at:start]])
        pieces.append(["tag", html[start:end]])
        at = end
    if at < len(html):
        pieces.append(["text", html[at:]])
    return pieces


_REPLACED: dict[str, Callable[[str], Any]] = {
    "convert_dashes": dash_between_spaces,
    "_tokenize": split_at_tags,
}


def spare_options(_pelican: object = None) -> None:
    """Replace smartypants' own functions with those above: it has no setting for either dashes or comments."""
    for name, function in _REPLACED.items():
        setattr(smartypants, name, function)
    spare_time()


class RawTitles:
    """What is added to the class of a reader: it passes on the title as typed besides one that is safe as HTML."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return a post's HTML and its metadata, as the reader itself does, with `raw_title` added."""
        content, metadata = super().read(source_path)  # type: ignore[misc]
        if "title" in metadata:
            typed = str(metadata["title"])
            metadata = {**metadata, "raw_title": as_words(typed), "title": as_html(typed)}
        return content, metadata


def keep_raw_titles(generator: Any) -> None:
    """Have a generator's readers of Markdown keep titles, whichever plugin they are from. Readers of other formats pass
    on titles that are already HTML.
    """
    for extension in MarkdownReader.file_extensions:
        reader = generator.readers.readers.get(extension)
        if reader is not None and not isinstance(reader, RawTitles):
            kind = type(reader)
            reader.__class__ = type(kind.__name__, (RawTitles, kind), {})


def give_both_titles(content: Content) -> None:
    """Mark the title of a post or page as HTML, for templates that escape, and make sure that it has a raw one too."""
    if not hasattr(content, "title"):
        return
    content.title = Markup(content.title)
    if not hasattr(content, "raw_title"):
        content.raw_title = content.title.striptags()


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(spare_options)
    signals.generator_init.connect(keep_raw_titles)
    signals.content_object_init.connect(give_both_titles)
