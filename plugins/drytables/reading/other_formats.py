"""iptables commands in a post that is not Markdown.

Such a post is not read the way Markdown is, so its commands cannot be judged. What matters is that none goes unnoticed:
the search covers the source, and also the words a reader sees on the page, with markup, entities and included files
resolved. A false alarm costs the author one word; a missed command would be published as checked.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from ..diagnostics.codes.site import UNJUDGED_POST
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span
from .names import IPTABLES
from .pattern import pattern

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
#: An iptables program, by name or in a variable as scripts keep it; then an option, with whitespace, quotes or brackets
#: between.
_COMMAND = pattern(
    rf"(?:\b{IPTABLES}|"
    r"\$\{?ip[46]?t(?:ables)?[46]?\}?)"
    r"""(?:[\s\\'"`´“”‘’*|!<>[\](){}]|\$\{?\w++\}?+)++--?\w""",
    re.IGNORECASE,
)
#: What begins and ends a rule on a line where the program is elsewhere: in a loop, or in a file to be loaded.
_RULE = pattern(r"(?<![\w-])-(?:[AIDRC]|-?(?:append|insert|delete|replace|check))(?=\s)")
_JUMP = pattern(r"\s(?:-j|--?jump)[\s=]++[A-Z]")
_POLICY_OR_TABLE = pattern(
    r"(?<![\w-])(?:-P|--?policy)\s+[A-Z]+\s+(?:ACCEPT|DROP)\b|^[ \t]*\*(?:filter|nat|mangle|raw|security)[ \t]*$",
    re.MULTILINE,
)
_MENTION = pattern(r"ip6?tables", re.IGNORECASE)
#: The tags after which a word may continue.
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
_NAMES = {"rst": "reStructuredText", "html": "HTML", "htm": "HTML"}


def unjudged_commands(source: Source, html: str) -> Diagnostic | None:
    """The diagnostic for a post that shows commands and is not Markdown; None if it shows none.

    Accepts its source and the HTML generated from it.
    """
    if not any(_shows_command(text) for text in (source.text, words_of(source.text), words_of(html))):
        return None
    mention = _MENTION.search(source.text)
    start, end = _command_in(source.text) or (mention.span() if mention else (0, len(source.text)))
    line = source.position(start)[0]
    end = min(end, source.offset(line) + len(source.line(line)))
    ending = source.path.rpartition(".")[2]
    return Diagnostic(
        UNJUDGED_POST,
        "the iptables commands in this file cannot be checked",
        Label(Span(start, max(end, start)), f"this is {_NAMES.get(ending, f'a .{ending} file')}"),
        notes=("only commands in Markdown, and in code of reStructuredText, are checked",),
        help="write it in Markdown, or set `DRYTABLES_FAIL = False` to publish it as it is",
    )


def words_of(html: str) -> str:
    """The words that a reader of a page gets to see, those in attributes last."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join((*parser.words, *parser.attributes))


def _shows_command(text: str) -> bool:
    visible = "".join(sign for sign in text.translate(_DASHES) if unicodedata.category(sign) != "Cf")
    visible = re.sub(r"\\[ \t]*\n", " ", visible)
    return _command_in(visible) is not None


def _command_in(text: str) -> tuple[int, int] | None:
    """Where a text has its first command, or else its first rule; a half-open range."""
    match = _COMMAND.search(text)
    if match:
        return match.span()
    start = 0
    for line in text.splitlines(keepends=True):
        rule = _RULE.search(line)
        jump = _JUMP.search(line, rule.end()) if rule else None
        if rule and jump:
            return start + rule.start(), start + jump.end()
        start += len(line)
    match = _POLICY_OR_TABLE.search(text)
    return match.span() if match else None


class _Words(HTMLParser):
    """Collects the text of HTML, with a line end for each tag that ends a word."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [f"\n{value}" for _, value in attrs if value]
        self._end_word(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_word(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def _end_word(self, tag: str) -> None:
        if tag not in _INLINE:
            self.words.append("\n")
