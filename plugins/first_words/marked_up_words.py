"""The words of some HTML with the markup that goes within a line."""

from collections.abc import Mapping
from html import escape

from html_parts import Tag

from .words import Words

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
