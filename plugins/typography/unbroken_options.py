"""Code in a sentence: no line ends within a word of it such as `--every`, though browsers end one behind `--`.

The Jinja filter `unbroken_options` is applied last, so that no other plugin sees what it adds, and no feed has it.
"""

import re
from html import unescape
from typing import Any

from markupsafe import Markup

#: So many letters have room on a telephone, in a list of a list as well.
_LONGEST = 20
#: Code with nothing marked up in it, and not in a block of its own.
_CODE = re.compile(r"(?<!<pre>)(?<!<span></span>)(?P<begin><code>)(?P<text>[^<]+)(?P<end></code>)")
_BLANKS = re.compile(r"(\s+)")
_INNER_HYPHEN = re.compile(r"\S-\w")


def unbroken_options(html: str) -> Markup:
    """Return `html` with each word of code that has a hyphen within it in a `<span class="unbroken">`. Figures are as
    they are made: those of snippets hold their options together themselves.
    """
    before, *figures = html.split("<figure")
    pieces = [_in_sentences(before)]
    for each in figures:
        figure, end, behind = each.partition("</figure>")
        pieces += ["<figure", figure, end, _in_sentences(behind)]
    return Markup("".join(pieces))


def _in_sentences(html: str) -> str:
    return _CODE.sub(lambda code: f"{code['begin']}{_unbroken(code['text'])}{code['end']}", html)


def _unbroken(text: str) -> str:
    return "".join(
        f'<span class="unbroken">{word}</span>'
        if _INNER_HYPHEN.search(word) and len(unescape(word)) <= _LONGEST
        else word
        for word in _BLANKS.split(text)
    )


def add_filter(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    generator.env.filters["unbroken_options"] = unbroken_options
