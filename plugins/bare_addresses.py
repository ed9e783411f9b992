"""Addresses that are typed as they are become links, as on GitHub: a Pelican plugin with an extension for Markdown.

`https://…`, `http://…`, `ftp://…`, `www.…` and `me@example.org` are linked. Where an address ends is decided as in
GitHub Flavored Markdown: a full stop or a quotation mark after it is the sentence's, and a closing bracket is the
address's only if the opening one is in it too. Nothing is linked in code, in links, or in the attributes of an element.

Magiclink of pymdown-extensions cuts `…/Foo_(bar)` short, and makes links within the `<a>` that a writer typed.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString
from pelican import signals

#: Among the inline patterns: after links (160), `<https://…>` (120) and raw HTML (90), before emphasis (60): an address
#: may contain `__init__`.
_WEB_PRIORITY, _MAIL_PRIORITY = 86, 85
#: Among the tree processors: as soon as what is inline is there (20).
_AFTER_INLINE = 19

#: What may follow a host: no space, no quotation mark, no sign of Markdown's own and none of a Chinese sentence.
_REST = r"""(?:[/?#:][^\s<>"`\x02\x03\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]*)?"""
_WEB = r"""(?<![^\W_])(?<![/@.:-])(?<!=["'])(?:(?:https?|ftp)://\w[\w.-]*|www\.[\w-]+\.[\w.-]*)""" + _REST
_MAIL = (
    r"""(?<![^\W_])(?<![/@.:+=-])(?<!=["'])[^\W_][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@-]|[:/]\S)"""
)

#: What ends a sentence rather than an address, and the brackets that an address may contain in pairs.
_OF_THE_SENTENCE = "?!.,:;*_~'’”»…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ENTITY = re.compile(r"&#?\w{1,10};\Z")

#: Names of systemd's units look like addresses of mail: `wg-quick@wg0.service`.
_UNITS = frozenset(
    ("automount", "device", "mount", "path", "scope", "service", "slice", "socket", "swap", "target", "timer")
)


def without_sentence(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    surplus = {closing: address.count(closing) - address.count(_BRACKETS[closing]) for closing in _BRACKETS}
    end = len(address)
    while end:
        last = address[end - 1]
        entity = _ENTITY.search(address, max(0, end - 12), end) if last == ";" else None
        if entity:
            end = entity.start()
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        elif last in _OF_THE_SENTENCE:
            end -= 1
        else:
            break
    return address[:end]


class _Quick:
    """A pattern that is only tried on texts with one of some signs, as few have."""

    def __init__(self, pattern: re.Pattern[str], signs: tuple[str, ...]) -> None:
        self.pattern, self.signs = pattern, signs

    def finditer(self, text: str, start: int) -> Iterator[re.Match[str]]:
        """The matches from an offset on."""
        return self.pattern.finditer(text, start) if any(sign in text for sign in self.signs) else iter(())


class _Links(InlineProcessor):
    """What both kinds of address share; `made` takes the links that were made of a text."""

    ANCESTOR_EXCLUDES = ("a",)
    signs: tuple[str, ...]

    def __init__(self, pattern: str, md: Markdown, made: list[Element]) -> None:
        super().__init__(pattern, md)
        self.made = made

    def getCompiledRegExp(self) -> _Quick:  # type: ignore[override]
        """What Markdown looks for them with."""
        return _Quick(self.compiled_re, self.signs)

    def link(self, words: str, address: str) -> Element:
        """The element of a link."""
        element = Element("a", {"href": address})
        element.text = AtomicString(words)
        self.made.append(element)
        return element


class WebAddresses(_Links):
    """Links `https://…` and `www.…`."""

    signs = "://", "www."

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """The link, and where it begins and ends."""
        words = without_sentence(m[0])
        scheme = "" if "://" in words[:8] else "https://"
        return self.link(words, scheme + unescape(words)), m.start(), m.start() + len(words)


class MailAddresses(_Links):
    """Links `me@example.org`."""

    signs = ("@",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]
        """The link, and where it begins and ends."""
        if m[0].rpartition(".")[2].lower() in _UNITS:
            return None, None, None
        return self.link(m[0], f"mailto:{m[0]}"), m.start(), m.end()


class NoLinkInALink(Treeprocessor):
    """Takes away the links that were made within an `<a>` which the writer typed as HTML."""

    def __init__(self, md: Markdown, made: list[Element]) -> None:
        super().__init__(md)
        self.made = made

    def run(self, root: Element) -> None:
        """Look through all below `root`, in place."""
        typed = [str(html)[:3].lower() for html in self.md.htmlStash.rawHtmlBlocks] if self.made else []
        made = {*self.made} if "<a " in typed else ()
        is_in_link = False
        for element, words in _in_order(root) if made else ():
            if element is not None and element in made and is_in_link:
                element.tag, element.attrib = "span", {}
            for number in HTML_PLACEHOLDER_RE.findall(words):
                is_in_link = typed[int(number)] == "<a " or (is_in_link and typed[int(number)] != "</a")
        self.made.clear()


def _in_order(element: Element) -> Iterator[tuple[Element | None, str]]:
    """The elements of a tree, each with the text at its start; the text that follows an element comes with None."""
    yield element, element.text or ""
    for child in element:
        yield from _in_order(child)
        yield None, child.tail or ""


class BareAddresses(Extension):
    """The extension with all of the above."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add it to `md`."""
        made: list[Element] = []
        md.inlinePatterns.register(WebAddresses(_WEB, md, made), "web_addresses", _WEB_PRIORITY)
        md.inlinePatterns.register(MailAddresses(_MAIL, md, made), "mail_addresses", _MAIL_PRIORITY)
        md.treeprocessors.register(NoLinkInALink(md, made), "no_link_in_a_link", _AFTER_INLINE)


def extend_markdown(pelican: Any) -> None:
    """Add the extension to the site's Markdown."""
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(BareAddresses())


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(extend_markdown)
