"""What lists, feeds and search engines say about a post: a Pelican plugin for `Summary:`, and for posts without one.

Without `Summary:` Pelican shows the first words of the finished page, with its contents, headings, films and ids. Here
they are words: those of paragraphs, lists and quotations, up to the length that SUMMARY_MAX_LENGTH allows, or up to
`<!--more-->`, which other generators know too. A post without words has no summary.

With `Summary:` a post keeps what it says, and the markup in it that goes within a line. A list shows many summaries on
one page, so none brings an id or a footnote of its own.

This is done when a post is read.
"""

import re
from collections.abc import Mapping
from html import escape

from excerpt import shortened, weight
from html_parts import Comment, Tag, parts
from pelican import signals
from pelican.contents import Article, Content, Page

#: How long a word is taken to be, with the blank after it: SUMMARY_MAX_LENGTH counts words.
_LETTERS_OF_A_WORD = 6

#: Markup within a line, which a summary keeps, and its attributes besides `lang` and `dir`.
INLINE: Mapping[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "abbr": ("title",),
    "q": ("cite",),
    "time": ("datetime",),
    **dict.fromkeys(("b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark"), ()),
    **dict.fromkeys(("s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"), ()),
}
_EVERYWHERE = ("lang", "dir")
_EMPTY = frozenset({"br", "wbr"})
#: No summary means more markup within markup than this.
_DEEPEST = 32

#: Elements whose words are not those of the text, or not without what is around them.
_LEFT_OUT = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "figure", "nav", "aside", "details", "header", "footer"}
    | {"iframe", "video", "audio", "object", "picture", "canvas", "svg", "math", "map"}
    | {"form", "button", "select", "textarea", "script", "style", "template", "noscript", "title"}
)
#: The same by class: of Markdown and its extensions, and of docutils.
_CLASSES_LEFT_OUT = frozenset(
    {"toc", "contents", "highlight", "headerlink", "task-box"}
    | {"footnote", "footnotes", "footnote-ref", "footnote-backref", "footnote-reference", "citation-reference"}
    | {"figure", "caption", "system-message", "system-messages", "docinfo"}
)
#: Titles of boxes: `admonition-title`, `topic-title`.
_TITLE_OF_A_BOX = "-title"
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "blockquote", "ul", "ol", "dl", "li", "dt", "dd", "hr", "address"}
)
_LISTS = frozenset({"ul", "ol", "dl"})
#: What ends the words that are meant for lists.
_END_OF_SUMMARY = re.compile(r"<!--\s*+(?:more|pelican_end_summary)\s*+-->", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")


class _Enough(Exception):
    """Raised to read no further."""


class Words:
    """Reads the words of some HTML block by block, until they weigh `enough`, if that is given, or there are `most`
    blocks.
    """

    def __init__(self, enough: int | None = None, most: int | None = None) -> None:
        self.blocks: list[str] = []
        self._items: list[bool] = []
        self._enough, self._most, self._weight = enough, most, 0
        self._pieces: list[str] = []
        self._has_words = self._is_in_page_link = False
        self._lists = self._left_out_depth = 0
        self._left_out = ""

    def read(self, html: str) -> None:
        """Read the HTML; to be called once."""
        try:
            for part in parts(html):
                if isinstance(part, str):
                    self._take_words(part)
                elif isinstance(part, Comment):
                    continue
                elif part.is_end:
                    self._take_end(part.name)
                else:
                    self._take_start(part)
            self._end_block()
        except _Enough:
            pass

    def text(self) -> str:
        """The blocks in one line. Items of a list that end without a full stop are set apart by a dot."""
        line = ""
        for block, is_item in zip(self.blocks, self._items, strict=True):
            line += block + (" · " if is_item and block[-1:].isalnum() else " ")
        return line.removesuffix(" · ").rstrip()

    def begin_inline(self, tag: Tag) -> None:
        """Begin markup within a line: of a picture or a break only the blank remains."""
        if tag.name in {"br", "img"}:
            self._pieces.append(" ")

    def end_inline(self, name: str) -> None:
        """End markup within a line."""

    def written(self, words: str) -> str:
        """Words as they are put into a block."""
        return words.replace("\xa0", " ")

    def end_markup(self) -> None:
        """End the markup that is open where a block ends."""

    def _take_words(self, words: str) -> None:
        if not self._left_out:
            self._pieces.append(self.written(words))
            self._has_words |= not self._is_in_page_link and not words.isspace()

    def _take_start(self, tag: Tag) -> None:
        """Begin a block, leave out an element, or note a link within the page."""
        if self._left_out == "p" and tag.name in _BLOCKS:  # a paragraph needs no end
            self._left_out = ""
        if self._left_out:
            self._left_out_depth += tag.name == self._left_out
        elif _is_left_out(tag):
            self._left_out, self._left_out_depth = tag.name, 1
            if tag.name in _BLOCKS or tag.name in _LEFT_OUT:
                self._end_block()
        elif tag.name in _BLOCKS:
            self._end_block()
            self._lists += tag.name in _LISTS
        else:
            self._is_in_page_link |= tag.name == "a" and (tag.attributes.get("href") or "").startswith("#")
            self.begin_inline(tag)

    def _take_end(self, name: str) -> None:
        """End a block, or what was left out."""
        if self._left_out:
            self._left_out_depth -= name == self._left_out
            if not self._left_out_depth:
                self._left_out = ""
        elif name in _BLOCKS:
            self._end_block()
            self._lists = max(0, self._lists - (name in _LISTS))
        else:
            self.end_inline(name)
            self._is_in_page_link &= name != "a"

    def _end_block(self) -> None:
        """Keep the block that is open if it has words: links within the page alone are a list of its contents."""
        self.end_markup()
        block = _BLANKS.sub(" ", "".join(self._pieces)).strip(" ")
        if self._has_words:
            self.blocks.append(block)
            self._items.append(self._lists > 0)
            self._weight += weight(block) + 1 if self._enough is not None else 0
        self._pieces, self._has_words, self._is_in_page_link = [], False, False
        is_enough = self._enough is not None and self._weight > self._enough + 1
        if is_enough or (self._most is not None and len(self.blocks) >= self._most > 0):
            raise _Enough


class MarkedUpWords(Words):
    """The same with the markup of `INLINE`, as HTML."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def begin_inline(self, tag: Tag) -> None:
        """Keep the element, unless it leads to a place on the post's own page."""
        if tag.name not in INLINE or self._is_in_page_link or len(self._open) == _DEEPEST:
            super().begin_inline(tag)
            return
        names = (*INLINE[tag.name], *_EVERYWHERE)
        kept = "".join(f' {name}="{escape(value or "")}"' for name, value in tag.attributes.items() if name in names)
        self._pieces.append(f"<{tag.name}{kept}>")
        if tag.name not in _EMPTY:
            self._open.append(tag.name)

    def end_inline(self, name: str) -> None:
        """End an element, and what was begun in it and did not end. One without words in it was that of a footnote."""
        while name in self._open:
            last = self._open.pop()
            if self._pieces[-1].startswith(f"<{last}"):
                self._pieces.pop()
            else:
                self._pieces.append(f"</{last}>")
            if last == name:
                break

    def written(self, words: str) -> str:
        """Words as HTML, in which typography has joined the last two with `&nbsp;`."""
        return escape(words, quote=False).replace("\xa0", "&nbsp;")

    def end_markup(self) -> None:
        """End all elements."""
        self._pieces += [f"</{tag}>" for tag in reversed(self._open)]
        self._open = []


def _is_left_out(tag: Tag) -> bool:
    classes = (tag.attributes.get("class") or "").split()
    return (
        tag.name in _LEFT_OUT
        or "hidden" in tag.attributes
        or tag.attributes.get("aria-hidden") == "true"
        or any(each in _CLASSES_LEFT_OUT or each.endswith(_TITLE_OF_A_BOX) for each in classes)
    )


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


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.content_object_init.connect(give_summary)
