"""The plain form of a post's HTML, for feed readers.

A feed reader has its own style, its own keyboard handling, and no scripts. What a page adds for its readers (classes,
Tab stops, sentences that appear under a word, drawings) is useless there, or shows as clutter; what only a browser can
do (frames, lists that unfold) is lost. So a feed gets the words, the code and the verdict on it, in elements that all
feed readers know: what was folded is open, a box is a quotation, and what cannot be shown is a link with its title.

A feed leaves the site, so all addresses are absolute. A link to a note leads to the page, and has its target in the
entry as well.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from urllib.parse import unquote, urljoin, urlsplit

from html_parts import Tag, parts
from xml_characters import fit_for_xml

_MATHS = (
    "mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle"
    " mpadded mphantom menclose semantics"
)
#: Elements that stay, and the attributes they keep; `lang` and `dir` stay on all of them.
KEPT: dict[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "img": ("src", "srcset", "sizes", "alt", "title", "width", "height"),
    "video": ("src", "poster", "controls", "width", "height"),
    "audio": ("src", "controls"),
    "source": ("src", "srcset", "sizes", "media", "type"),
    "abbr": ("title",),
    "time": ("datetime",),
    "ol": ("start", "type", "reversed"),
    "li": ("value",),
    "th": ("colspan", "rowspan", "scope"),
    "td": ("colspan", "rowspan"),
    "q": ("cite",),
    "blockquote": ("cite",),
    "del": ("cite", "datetime"),
    "ins": ("cite", "datetime"),
    "math": ("display", "xmlns"),
    **{f"h{level}": () for level in range(1, 7)},
    **dict.fromkeys(("p", "ul", "dl", "dt", "dd", "pre", "hr", "br", "div", "figure", "figcaption"), ()),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), ()),
    **dict.fromkeys(("code", "kbd", "samp", "var", "em", "strong", "i", "b", "s", "u", "sub", "sup", "mark"), ()),
    **dict.fromkeys(("small", "cite", "dfn", "bdi", "bdo", "ruby", "rt", "rp", "wbr", "picture"), ()),
    **dict.fromkeys(_MATHS.split(), ()),
}
#: Elements that are dropped with everything in them.
DROPPED = frozenset(("svg", "button", "script", "style", "template", "select", "textarea", "annotation", "canvas"))
EMPTY = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"))
EMPTY |= {"track", "wbr"}
#: Elements that a reader may not know, and what stands there instead.
_INSTEAD = {
    **dict.fromkeys(("section", "article", "aside", "header", "footer", "nav", "main", "address", "fieldset"), "div"),
    **dict.fromkeys(("center", "form", "details", "hgroup", "search"), "div"),
    "strike": "s",
    "tt": "code",
}
#: What cannot be shown, and the attribute with the address to go to.
_FRAMES = {"iframe": "src", "embed": "src", "object": "data", "frame": "src"}
_FILMS = frozenset(("video", "audio"))

#: Attributes that contain an address, and those that may be anywhere.
ADDRESSES = frozenset(("href", "src", "cite", "poster"))
_ANYWHERE = frozenset(("lang", "dir"))
#: Most of the HTML of a post with code, which can be told without taking all of it apart: the colours of code, the
#: words with a sentence, the commands of a figure word by word, which hold no other `<details>`, and a link past them.
_COLOUR = re.compile(r'<span class="(?!hll")[a-z0-9]{1,3}">([^<]*)</span>')
_SENTENCE = re.compile(
    r'<span role="button" tabindex="-?\d" aria-description="[^"]*">([^<]*)(?:<b>([^<]*)</b>)?</span>'
)
_WORD_BY_WORD = re.compile(r'<details class="snippet-apart">[^<]*+(?:<(?!/?details\b)[^<]*+)*+</details>')
_PAST = re.compile(r'<a class="snippet-past" [^<>]*>[^<]*</a>')
_FRAGMENT = re.compile(r"""href\s*=\s*["']?#(?P<id>[^"'\s>]+)""")
_CANDIDATE = re.compile(r"(?P<address>[^\s,]\S*[^\s,]|[^\s,])(?P<size>\s+[^\s,]+)?")

Attributes = dict[str, str | None]


class PlainForm:
    """Rewrites HTML with only what is in `KEPT`; the text of other elements stays, except for those in `DROPPED`.

    `address` is that of the page, against which relative addresses are resolved; without it they stay unchanged. `ids`
    are those that links in the same HTML lead to: only they are kept.
    """

    def __init__(self, address: str = "", ids: frozenset[str] = frozenset()) -> None:
        self.address, self.ids = address, ids
        self.pieces: list[str] = []
        #: what is open, each with what ends it, and how often each is
        self.open: list[tuple[str, str]] = []
        self.open_names: Counter[str] = Counter()
        self.dropped: list[str] = []
        self.film: Attributes = {}
        #: what the last drawing has in place of a title
        self.drawing = ""
        self.code_depth = self.snippet_depth = 0

    def rewritten(self, html: str) -> str:
        """Return the HTML in its new form; to be called once."""
        for part in parts(html):
            if isinstance(part, str):
                self._take_words(part)
            elif isinstance(part, Tag):
                if part.is_end:
                    self._take_end(part.name)
                else:
                    self._take_start(part.name, part.attributes)
        self.pieces += [ends.replace("\0", "") for _, ends in reversed(self.open)]
        return "".join(self.pieces)

    def _take_start(self, tag: str, has: Attributes) -> None:
        """Keep, rename, replace or drop an element."""
        if self.dropped:
            self.dropped += [tag] if tag not in EMPTY else []
            return
        if tag in DROPPED or _is_hidden(tag, has) or (tag == "details" and self.snippet_depth):
            self.dropped += [tag] if tag not in EMPTY else []
            if tag == "svg" and not self.snippet_depth:
                self.drawing = has.get("aria-label") or ""
                self._name_drawing(self.drawing)
            return
        self._begin(tag, has)

    def _name_drawing(self, title: str) -> None:
        """Write what a drawing shows in its place."""
        if title.strip():
            self.pieces.append(escape(f"[{title.strip()}]"))

    def _begin(self, tag: str, has: Attributes) -> None:
        """Write how an element begins, and note how it will end."""
        begins, ends = self._written(tag, has)
        self.pieces.append(begins)
        if tag == "source" and self.open:
            self._note_film(has)
        if tag in EMPTY:
            return
        self.code_depth += tag == "pre"
        if tag == "figure" and "snippet" in _classes(has):
            self.snippet_depth += 1
            ends = "\0"
        self.open.append((tag, ends))
        self.open_names[tag] += 1

    def _note_film(self, source: Attributes) -> None:
        """Have a film that names no address itself end with a link to its first source."""
        film, ends = self.open[-1]
        if film in _FILMS and ends == f"</{film}>":
            self.open[-1] = film, ends + self._link(source.get("src"), self.film)

    def _written(self, tag: str, has: Attributes) -> tuple[str, str]:
        """What stands for the beginning of an element, and for its end."""
        classes = _classes(has)
        if tag in _FRAMES:
            return self._link(has.get(_FRAMES[tag]), has), ""
        if tag in _FILMS:
            begins, _ = self._element(tag, {**has, "controls": ""})
            self.film = has
            return begins, f"</{tag}>" + self._link(has.get("src"), has)
        if tag == "summary" or "admonition-title" in classes or "filename" in classes:
            return "<p><strong>", "</strong></p>"
        if "admonition" in classes:
            return "<blockquote>", "</blockquote>"
        if tag == "span":
            return self._span(classes, has)
        is_frame_of_code = tag in ("div", "figure") and ("highlight" in classes or "snippet" in classes)
        if (
            is_frame_of_code
            or (self.snippet_depth and tag in ("figcaption", "div"))
            or (self.code_depth and tag == "b")
            or (self.snippet_depth and tag == "ins")
        ):
            return "", ""
        return self._element(_INSTEAD.get(tag, tag), has)

    def _span(self, classes: list[str], has: Attributes) -> tuple[str, str]:
        if "hll" in classes:
            return "<mark>", "</mark>"
        if "task-box" in classes:
            return "", " "
        kept = self._attributes((), has)
        return (f"<span{kept}>", "</span>") if kept else ("", "")

    def _element(self, tag: str, has: Attributes) -> tuple[str, str]:
        if tag not in KEPT:
            return "", ""
        return f"<{tag}{self._attributes(KEPT[tag], has)}>", f"</{tag}>"

    def _take_end(self, tag: str) -> None:
        """End an element, and what was left open in it; or one that was dropped."""
        if self.dropped:
            while self.dropped and self.dropped.pop() != tag:
                pass
            return
        while self.open_names[tag]:
            last, ends = self.open.pop()
            self.open_names[last] -= 1
            self.code_depth -= last == "pre"
            self.snippet_depth -= ends == "\0"
            self.pieces.append(ends if ends != "\0" else "")
            if last == tag:
                return

    def _take_words(self, words: str) -> None:
        if not self.dropped:
            self.pieces.append(escape(words, quote=False))
        elif self.dropped == ["svg", "title"] and not self.snippet_depth and not self.drawing:
            self._name_drawing(words)

    def _link(self, address: str | None, has: Attributes) -> str:
        """A link to what cannot be shown: its title, or the last part of its address. It is a paragraph of its own, or
        stands in the one that is open; there is none within another link.
        """
        if not address or _is_script(address):
            return ""
        whole = self._whole(address)
        parts = urlsplit(whole)
        words = has.get("title") or has.get("aria-label") or unquote(parts.path.rstrip("/").rpartition("/")[2])
        words = escape(words or parts.netloc or whole, quote=False)
        if self.open_names["a"]:
            return words
        link = f'<a href="{escape(whole)}">{words}</a>'
        return link if self.open_names["p"] else f"<p>{link}</p>"

    def _attributes(self, names: tuple[str, ...], has: Attributes) -> str:
        return "".join(f' {name}="{escape(value)}"' for name, value in self._kept(names, has)) if has else ""

    def _kept(self, names: tuple[str, ...], has: Attributes) -> Iterator[tuple[str, str]]:
        """The attributes of an element that stay, with whole addresses."""
        for name, given in has.items():
            value = given or ""
            if name in ADDRESSES and name in names:
                if not _is_script(value):
                    yield name, self._whole(value)
            elif name == "srcset" and name in names:
                yield name, self._whole_set(value)
            elif name in names or (name in _ANYWHERE and value) or (name == "id" and value in self.ids):
                yield name, value

    def _whole(self, address: str) -> str:
        """An address made absolute."""
        try:
            return urljoin(self.address, address.strip())
        except ValueError:  # what looks like an address but is not one, such as `http://[`
            return address

    def _whole_set(self, candidates: str) -> str:
        """A list of addresses with their sizes, made absolute."""
        found = _CANDIDATE.finditer(candidates)
        return ", ".join(self._whole(each["address"].rstrip(",")) + (each["size"] or "") for each in found)


def _classes(has: Attributes) -> list[str]:
    return (has.get("class") or "").split()


def _is_hidden(tag: str, has: Attributes) -> bool:
    """Whether a page shows nothing of an element. What a search within the page would unfold, it does show."""
    return ("hidden" in has and has["hidden"] != "until-found") or (tag == "dialog" and "open" not in has)


def _is_script(address: str) -> bool:
    return address.lstrip().lower().startswith(("javascript:", "vbscript:"))


def plain(html: str, address: str = "") -> str:
    """Return a post's HTML in the form for feed readers; `address` is that of the post."""
    html = _PAST.sub("", _WORD_BY_WORD.sub("", html))
    form = PlainForm(address, frozenset(unquote(link["id"]) for link in _FRAGMENT.finditer(html)))
    return fit_for_xml(form.rewritten(_SENTENCE.sub(r"\1\2", _COLOUR.sub(r"\1", html))))
