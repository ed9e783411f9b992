"""The words of some HTML, block by block."""

import re

from html_parts import Comment, Tag, parts

from .excerpt import weight

#: Elements whose words are not those of the text, or not without what is around them.
_LEFT_OUT = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "figure", "nav", "aside", "details", "header", "footer"}
    | {"iframe", "video", "audio", "object", "picture", "canvas", "svg", "math", "map"}
    | {"form", "button", "select", "textarea", "script", "style", "template", "noscript", "title", "dialog"}
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


def _is_left_out(tag: Tag) -> bool:
    classes = (tag.attributes.get("class") or "").split()
    return (
        tag.name in _LEFT_OUT
        or "hidden" in tag.attributes
        or tag.attributes.get("aria-hidden") == "true"
        or any(each in _CLASSES_LEFT_OUT or each.endswith(_TITLE_OF_A_BOX) for each in classes)
    )
