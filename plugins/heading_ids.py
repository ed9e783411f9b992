"""Ids of headings that say something, in any script, and never twice in a post: a Pelican plugin.

Python-Markdown makes an id of the ASCII letters of a heading, which leaves nothing of `Вывод`, and does not see the
ids in a writer's own HTML. Here a word keeps its letters if they are not Latin. A heading all in Latin letters has the
id that it always had: links to it go on to work.

In reStructuredText, docutils numbers the sections whose headings have no ASCII letter; they are named in the same way.

A number follows the id of a heading that would have the same as something before it. The ids of a theme have a colon,
which none made from a heading has. An id has no space: that of the footnote `[^see there]` gets a hyphen,
and so do the links to it.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify, strip_tags, unique
from markdown.treeprocessors import Treeprocessor
from pelican import Pelican, signals
from pelican.contents import Content

#: After attributes that a writer gives (8), and before the table of contents (5).
_PRIORITY = 6
_HEADING = re.compile(r"h[1-6]")
_ID_IN_HTML = re.compile(
    r"""<[a-z][^<>]*\sid\s*=\s*(?:"(?P<a>[^"<>]*)"|'(?P<b>[^'<>]*)'|(?P<c>[^\s"'<>]+))""", re.IGNORECASE
)
#: A section of docutils whose heading gave it no id, in the HTML that it makes, where ids are always in quotes.
_NUMBERED_SECTION = re.compile(
    r'<div class="section" id="(?P<id>section-\d+)">\s*<h(?P<level>[1-6])>'
    r"(?P<words>[^<]*+(?:<(?!/?h[1-6]\b)[^<]*+)*+)</h(?P=level)>"
)
_ID_OF_DOCUTILS = re.compile(r'\bid="([^"]+)"')
_ID_OR_LINK = re.compile(r'(\bid="|\bhref="#)(section-\d+)"')
_SEPARATORS = re.compile(r"[-\s]+")
_APOSTROPHES = "'’ʼ`"
_LETTERS_AND_DIGITS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl"})
#: What the names of letters contain that stand among Latin ones, and the letter of `µs`, as one and as a Greek one.
_AMONG_LATIN = ("LATIN", "ORDINAL", "MODIFIER")
_MICRO = "µ\u03bc"


def heading_id(words: str, separator: str = "-") -> str:
    """Return the id for the words of a heading, which are plain text; empty if they have no letter or number."""
    if words.isascii() or not any(map(_is_of_another_script, unicodedata.normalize("NFKD", words))):
        return slugify(words, separator)
    spelled = (
        _spelled(word) if any(map(_is_of_another_script, word)) else slugify(word, separator) for word in words.split()
    )
    return _SEPARATORS.sub(separator, separator.join(filter(None, spelled))).strip(separator)


def _is_of_another_script(sign: str) -> bool:
    """Whether a character is a letter or digit of another script; `µ` and `ª`, which occur among Latin letters, are
    not.
    """
    if sign.isascii() or unicodedata.category(sign) not in _LETTERS_AND_DIGITS:
        return False
    return not any(each in unicodedata.name(sign, "") for each in _AMONG_LATIN) and sign not in _MICRO


def _spelled(word: str) -> str:
    """A word in small letters of its own script, with its vowel signs, and a hyphen for each sign between letters."""
    composed = unicodedata.normalize("NFC", word).lower()
    signs = (
        letter if unicodedata.category(letter)[0] in "LMN" or letter == "_" else
        "" if letter in _APOSTROPHES or unicodedata.category(letter)[0] == "C" else
        "-"
        for letter in composed
    )  # fmt: skip
    return "".join(signs).strip("-")


class HeadingIds(Treeprocessor):
    """Gives every heading its id."""

    def run(self, root: Element) -> None:
        """Set the ids of all headings below `root`, in place."""
        headings = [each for each in root.iter() if isinstance(each.tag, str) and _HEADING.fullmatch(each.tag)]
        typed = [each for each in headings if "id" in each.attrib]
        others = [each for each in headings if "id" not in each.attrib]
        are_headings = {id(each) for each in headings}
        used = {each.attrib["id"] for each in root.iter() if "id" in each.attrib and id(each) not in are_headings}
        used.update(self._ids_in_html())
        _join(root, used)
        counts: dict[str, int] = {}
        for heading in (*typed, *others):  # links lead to what a writer has typed
            wanted = heading.get("id") or self._id_of(heading)
            heading.set("id", unique(wanted, used, counts))  # type: ignore[call-arg]  # newer than its types

    def _id_of(self, heading: Element) -> str:
        assert self.md is not None
        return heading_id(unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md))))

    def _ids_in_html(self) -> Iterator[str]:
        """The ids in the HTML that a writer has typed, which Markdown keeps apart."""
        assert self.md is not None
        for html in self.md.htmlStash.rawHtmlBlocks:
            if isinstance(html, str):
                yield from (
                    unescape(found["a"] or found["b"] or found["c"] or "") for found in _ID_IN_HTML.finditer(html)
                )


def _join(root: Element, used: set[str]) -> None:
    """Replace the spaces in ids below `root`, and in the links to them, by hyphens."""
    joined: dict[str, str] = {}
    for each in root.iter():
        name = each.get("id", "")
        if any(map(str.isspace, name)):
            joined[f"#{name}"] = f"#{unique(_SEPARATORS.sub('-', name.strip()), used)}"
            each.set("id", joined[f"#{name}"][1:])
    for link in root.iter("a") if joined else ():
        link.set("href", joined.get(link.get("href", ""), link.get("href", "")))


def sections_by_words(html: str) -> str:
    """Return HTML of docutils in which the sections that it has only numbered have ids of the words of their headings,
    and the links within it lead to these.
    """
    used = {found[1] for found in _ID_OF_DOCUTILS.finditer(html)}
    named: dict[str, str] = {}
    for section in _NUMBERED_SECTION.finditer(html):
        name = heading_id(unescape(strip_tags(section["words"])))
        if name:
            named[section["id"]] = unique(name, used)
    return _ID_OR_LINK.sub(lambda found: found[1] + named.get(found[2], found[2]) + '"', html) if named else html


class HeadingIdsExtension(Extension):
    """The Markdown extension with the tree processor above."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`."""
        md.treeprocessors.register(HeadingIds(md), "heading_ids", _PRIORITY)


def name_sections(content: Content) -> None:
    """Name the sections of a post in reStructuredText."""
    if str(content.source_path).endswith(".rst") and content._content:
        content._content = sections_by_words(content._content)


def extend_markdown(pelican: Pelican) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(HeadingIdsExtension())


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
    signals.content_object_init.connect(name_sections)
