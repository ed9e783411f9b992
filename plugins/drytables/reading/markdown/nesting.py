"""How deep Python-Markdown is in lists, admonitions and the like, which says from which column on a block is code.

It splits a text at blank lines, and gives each part by its indentation, in steps of four columns, to the item or box
that came last there. What is indented further than any of these is code. An item begins only where a part begins, or
below another item; a box (`!!!`, `???`, `===`) on any line of a part. What is below a box or a heading begins a part.
"""

from __future__ import annotations

from ..pattern import pattern
from .lines import LEVEL, Line

_ITEM = pattern(r"(?:[-*+]|\d+\.)[ \t]")
_TYPE, _TITLE = r"[\w-]++(?:[ ]++[\w-]++)*+", r'[ ]++".*?"'
#: Of an admonition, of a block of details and of a tab. Whatever else stands there makes it prose.
_BOX = pattern(
    rf"(?:!!![ ]?{_TYPE}(?:{_TITLE})?|\?{{3}}\+?[ ]?(?:(?:{_TYPE})?{_TITLE}|{_TYPE})|===(?:\+!?|!\+?)?{_TITLE})[ ]*\Z"
)
#: Footnotes and definitions: their text begins on the same line.
_LABELLED = pattern(r"\[\^[^\]]+\]:|:[ ]{1,3}")
_REFERENCE = pattern(r"\[(?!\^)[^\[\]]*\]:[ ]*\S")
_HEADING = pattern(r"#{1,6}|(?:=+|-+)[ ]*\Z|(?:[-_*][ ]{0,2}){3,}\Z")


class Nesting:
    """Where a reader of Python-Markdown is, from line to line."""

    def __init__(self) -> None:
        #: how many items and boxes are open
        self.depth = 0
        #: whether a line here begins a part
        self.begins = True
        #: in how many items and boxes the part is that a line is in, and whether that began with an item
        self._level = 0
        self._is_list = False

    @property
    def columns(self) -> int:
        """The column from which on a block that begins here is code."""
        return LEVEL * (self.depth + 1)

    def is_code(self, line: Line) -> bool:
        """Whether a line begins a block of code."""
        return self.begins and line.indent >= self.columns

    def block(self, line: Line) -> None:
        """Step over a block that contains nothing: code, a fence, HTML."""
        if self.begins:
            self._begin(line)
        self.begins = False

    def prose(self, line: Line) -> None:
        """Step over a line that is not code."""
        text = line.text.lstrip(" \t")
        if self.begins and _REFERENCE.match(text):
            return  # it is taken out, and what is below it goes on with what is above
        if self.begins:
            self._begin(line)
        level = min(line.indent // LEVEL, self.depth)
        is_flush = line.indent == LEVEL * self._level
        if (self.begins or self._is_list) and _ITEM.match(text):
            self.depth, self._is_list, self.begins = level + 1, True, False
        elif is_flush and _BOX.match(text):
            self.depth, self._is_list, self.begins = self._level + 1, False, True
        elif level == self._level and _LABELLED.match(text):
            self.depth, self._is_list, self.begins = level + 1, False, False
        else:
            is_heading = is_flush and bool(_HEADING.match(text))
            if is_heading:
                self.depth, self._is_list = self._level, False
            self.begins = is_heading

    def _begin(self, line: Line) -> None:
        """Begin a part: what was deeper is over."""
        self._level = self.depth = min(line.indent // LEVEL, self.depth)
        self._is_list = False
