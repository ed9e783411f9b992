"""The summary of a post: the one that it has, or else its first words."""

import re
from html import escape

from pelican.contents import Article, Content, Page

from .excerpt import shortened
from .marked_up_words import MarkedUpWords
from .words import Words

#: How long a word is taken to be, with the blank after it: SUMMARY_MAX_LENGTH counts words.
_LETTERS_OF_A_WORD = 6
#: What ends the words that are meant for lists.
_END_OF_SUMMARY = re.compile(r"<!--\s*+(?:more|pelican_end_summary)\s*+-->", re.IGNORECASE)


def first_words(html: str, words: int | None, end: str = "…", paragraphs: int | None = None) -> str:
    """Return the first words of a post's HTML as text. `words` is how many there are about, None for all; `end` is put
    where a sentence is cut, and `paragraphs` is the most to take.
    """
    mark = _END_OF_SUMMARY.search(html)
    chosen = first_words(html[: mark.start()], None) if mark else ""
    if chosen:
        return chosen
    most = None if words is None else max(0, words) * _LETTERS_OF_A_WORD
    reader = Words(most, paragraphs)
    reader.read(html)
    return reader.text() if most is None else shortened(reader.text(), most, end)


def cleared(summary: str) -> str:
    """Return the HTML of a summary with only what `INLINE` lists, in paragraphs; empty if no words are left."""
    reader = MarkedUpWords()
    reader.read(summary)
    return "\n".join(f"<p>{block}</p>" for block in reader.blocks)


def give_summary(content: Content) -> None:
    """Give a post or page the summary that its readers will see, as HTML in its metadata."""
    if not isinstance(content, Article | Page):
        return
    summary = cleared(str(content.metadata.get("summary") or ""))
    if not summary:
        settings = content.settings
        limits = settings["SUMMARY_MAX_LENGTH"], settings["SUMMARY_END_SUFFIX"], settings.get("SUMMARY_MAX_PARAGRAPHS")
        words = first_words(content._content or "", *limits)
        summary = f"<p>{escape(words, quote=False)}</p>" if words else ""
    content.metadata["summary"] = content._summary = summary
