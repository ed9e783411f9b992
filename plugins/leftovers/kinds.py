"""What other generators replace in a text, and git's marks, and what to write here in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drytables.diagnostics.diagnostic import Severity
from drytables.reading.pattern import pattern

_IN_ANY_CASE = "write it in Markdown or HTML, or put it between backticks if it is to be shown"
_PICTURE = "write `![what it shows](picture.png)`, and `/// caption` below it for a caption"
_LINK = "write `[words](post.md)`"
_FENCE = "write a fence, with the language after its backticks"
_FRAME = 'write an `<iframe title="…" src="…">`, or a link'
_BOX = "write `> [!NOTE]`, and `> ` before each of its lines"
_CONTENTS = "write `[TOC]` on a line of its own"
_QUOTE = "write `> ` before each of its lines"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to write such a thing, and how grave it is to publish it.

    `signs` are words of which each text with one has at least one. The group `name` of the pattern says which it is,
    and `instead` what to write for some names. With `needs_more`, it is one only if it has a value or an address, or is
    closed.
    """

    whose: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    instead: dict[str, str] = field(default_factory=dict)
    otherwise: str = _IN_ANY_CASE
    needs_more: bool = False
    severity: Severity = "warning"


_OF_HUGO = {
    "figure": _PICTURE,
    "img": _PICTURE,
    "image": _PICTURE,
    "ref": _LINK,
    "relref": _LINK,
    "highlight": _FENCE,
    "youtube": _FRAME,
    "vimeo": _FRAME,
    "slideshare": _FRAME,
    "speakerdeck": _FRAME,
    "gist": "write a link",
    "tweet": "write a link",
    "x": "write a link",
    "alert": _BOX,
    "notice": _BOX,
    "callout": _BOX,
    "admonition": _BOX,
    "quote": _QUOTE,
    "blockquote": _QUOTE,
}
_OF_LIQUID = {
    "include": "write what it includes",
    "highlight": _FENCE,
    "codeblock": _FENCE,
    "code": _FENCE,
    "post_url": _LINK,
    "post_link": _LINK,
    "link": _LINK,
    "asset_img": _PICTURE,
    "img": _PICTURE,
    "asset_path": _LINK,
    "asset_link": _LINK,
    "youtube": _FRAME,
    "vimeo": _FRAME,
    "gist": "write a link",
    "blockquote": _QUOTE,
    "quote": _QUOTE,
    "pullquote": _QUOTE,
    "raw": "leave it out: nothing is replaced here",
}
_TITLE = "remove it, and the heading with it: the title is above the text as it is"
_OF_VARIABLES = {"page.title": _TITLE, "post.title": _TITLE, "title": _TITLE, ".title": _TITLE}
_OF_WORDPRESS = {
    "caption": _PICTURE,
    "embed": _FRAME,
    "youtube": _FRAME,
    "vimeo": _FRAME,
    "sourcecode": _FENCE,
    "code": _FENCE,
}
_VARIABLES = "site|page|post|layout|include|paginator|config|theme|section|collections|hexo|eleventy|meta|resources"

KINDS = (
    Kind(
        "a shortcode of Hugo",
        ("{{<", "{{%"),
        # Over several lines too, as pictures with many parameters are.
        pattern(r"\{\{[<%]-?[ \t]*(?P<name>\w[\w./-]*+)(?:\s(?:[^{]|\{(?!\{)){0,600}?)?[\s/]*+-?[>%]\}\}"),
        _OF_HUGO,
    ),
    Kind(
        "a tag of Liquid, as in Jekyll and Hexo",
        ("{%",),
        pattern(r"(?<!\{)\{%-?[ \t]*(?P<name>(?!end)[a-z_]\w*)\b[^\n%]{0,400}%\}", re.IGNORECASE),
        _OF_LIQUID,
    ),
    Kind(
        "a variable of another generator",
        ("{{",),
        pattern(
            rf"(?<![\w$^\\{{}}])\{{\{{-?[ \t]*(?P<name>\.?(?:{_VARIABLES})\b[^{{}}\n]{{0,400}}|"
            r"[\"'][^\"'{}\n]{1,200}[\"'][ \t]*\|[^{}\n]{1,200}|[a-z_]\w*\([^{}\n]{0,400}\)[ \t]*)\}\}",
            re.IGNORECASE,
        ),
        _OF_VARIABLES,
        otherwise="write the address or the words themselves",
    ),
    Kind(
        "an embedded file of Obsidian",
        ("![[",),
        pattern(r"!\[\[(?P<name>[^\[\]\n]{1,200})\]\]"),
        otherwise=_PICTURE,
    ),
    Kind(
        "a wiki link",
        ("[[",),
        pattern(r"(?<![!\[\w])\[\[(?P<name>(?![\s\d,.;+-]*\]\])[^\s\[\]\"'][^\[\]\n]{0,200})\]\](?![(\[:])"),
        {"_toc_": _CONTENTS},
        otherwise=_LINK,
    ),
    Kind(
        "a comment of Obsidian",
        ("%%",),
        # On lines of its own, or else close to its signs, which are a percent sign in the formats of other programs.
        pattern(
            r"(?<![\w%])(?P<name>%%)(?:(?<=^%%)(?:[^%\n]{1,400}|[ \t]*\n(?:(?!%%)[^\n]{0,400}\n){1,40}?)%%[ \t]*$"
            r"|(?=[^\s%])[^%\n]{0,400}(?<=[^\s%])%%(?![\w%]))",
            re.MULTILINE,
        ),
        otherwise="write `<!-- … -->`",
    ),
    Kind(
        "a highlight of Obsidian",
        ("==",),
        pattern(r"(?<![\w=!<>+*/%&|^~:-])(?P<name>==)(?=[^\s=])[^=\n]{0,200}(?<=[^\s=])==(?![\w=])"),
        otherwise="write `<mark>…</mark>`",
    ),
    Kind(
        "a shortcode of WordPress",
        ("[/", "="),
        pattern(
            # As `\\[ \\]` once pandoc has made Markdown of it.
            r"(?<![\\!\]])(?P<mark>\\?)\[(?P<name>caption|gallery|embed|audio|video|playlist|youtube|vimeo|"
            r"soundcloud|gist|sourcecode|code|button|contact-form(?:-7)?|(?:su|vc)_\w{1,40})\b"
            r"[^\[\]\n]{0,400}(?<!\\)(?P=mark)\](?![(\[:])"
        ),
        _OF_WORDPRESS,
        needs_more=True,
    ),
    Kind(
        "an import of MDX",
        ("import ", "export "),
        pattern(
            # One that only names a module is one of Go, unless it names a file.
            r"^(?P<name>import(?=[ \t]+(?:[\w{*][^\n]{0,200}[ \t]from[ \t]+[\"']|[\"'](?=[./@]|[^\"'\n]{1,200}\.s?css))"
            r"[^\"'\n]{1,200}[\"'];?[ \t]*$)"
            r"|export(?=[ \t]+(?:const|default|function)\b))[^\n]*$",
            re.MULTILINE,
        ),
        otherwise="leave it out",
    ),
    Kind(
        "a component of MDX",
        ("<",),
        pattern(r"^<(?P<name>[A-Z][a-z]\w{0,60})(?=[ \t/][^<>\n]{0,400}(?:=|/>))[^<>\n]{0,400}>", re.MULTILINE),
    ),
    Kind(
        "a box of Docusaurus or VitePress",
        (":::",),
        pattern(r"^:::+[ \t]*(?P<name>note|tip|info|warning|danger|caution|important|details)\b[^\n]*$", re.MULTILINE),
        otherwise=_BOX,
    ),
    Kind(
        "an instruction of kramdown",
        ("{:",),
        pattern(r"\{:(?P<name>toc\b|:[a-z]\w*)[^}\n]{0,200}\}"),
        {"toc": _CONTENTS},
        otherwise="leave it out",
    ),
    Kind(
        "what git writes where two versions differ",
        ("<<<<<<< ",),
        pattern(r"^<{7} (?P<name>)\S[^\n]*$", re.MULTILINE),
        otherwise="keep what is to stay of the two, and remove the lines with the marks",
        severity="error",  # half of what follows was abandoned
    ),
)
