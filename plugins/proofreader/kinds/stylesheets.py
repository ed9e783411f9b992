"""The addresses in stylesheets, and in the attributes and elements of HTML that hold styles: `url(…)`, `@import "…"`,
`image-set("…" 2x)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

_Kind = Literal["stylesheet", "font", "image"]

_COMMENT = r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?+"
#: Blanks, and signs that are not escaped, end a bare address. What is left open ends with the text, as in a browser.
_BARE = r"""(?:[^\s"'()\\]|\\(?:[0-9a-f]{1,6}\s?|[\s\S]))++(?=\s*+(?:\)|\Z))"""
_PART = re.compile(
    rf"{_COMMENT}|\\[\s\S]"
    # It loads nothing.
    r"""|@namespace\b(?:[^;{}"']|"[^"\n]*+"|'[^'\n]*+')*+"""
    r"|(?P<font>@font-face(?![\w-]))|(?P<set>(?<![\w-])(?:-webkit-)?image-set\()"
    rf"|(?P<import>@import(?:\s|{_COMMENT})*+)?+(?P<call>(?<![\w-])(?:url|src)\(\s*+)?+"
    r"""(?:"(?P<double>(?:[^"\\\n]|\\[\s\S])*+)"?+|'(?P<single>(?:[^'\\\n]|\\[\s\S])*+)'?+"""
    rf"|(?(call)(?P<bare>{_BARE})|(?!)))"
    r"|(?P<sign>[(){}])",
    re.IGNORECASE,
)
_QUOTES = {"double": '"', "single": "'", "bare": ""}
_ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-f]{1,6})\s?|\n|(?P<sign>[\s\S]))", re.IGNORECASE)
_NEEDS_QUOTES = re.compile(r"""[\s"'()\\]""")


class Reference(NamedTuple):
    """What a stylesheet loads: its address as a browser reads it, what it is loaded as, and where it is written, from
    `start` to `end` and within its `quote`, which may be none.
    """

    address: str
    kind: _Kind
    start: int
    end: int
    quote: str


def references_in_styles(css: str) -> Iterator[Reference]:
    """Yield all references of a stylesheet, in their order. Takes time that grows with its length."""
    is_font, depth = False, 0  # how many parentheses are open from that of an `image-set(` on
    for found in _PART.finditer(css):
        group, is_import = found.lastgroup, found["import"] is not None
        if group in _QUOTES:
            start, end = found.span(group)
            is_whole = css[end : end + 1] in ("", _QUOTES[group]) or group == "bare"
            if is_whole and end > start and (is_import or found["call"] or depth == 1):
                kind: _Kind = "stylesheet" if is_import else "font" if is_font else "image"
                yield Reference(_meant(found[group]), kind, start, end, _QUOTES[group])
            depth += bool(depth and found["call"])
        elif group == "set":
            depth += 1
        elif group == "font":
            is_font = True
        elif found["sign"] in ("{", "}"):
            is_font, depth = is_font and found["sign"] == "{", 0
        elif depth and found["sign"]:
            depth += 1 if found["sign"] == "(" else -1


def addresses_in_styles(css: str) -> Iterator[str]:
    """Yield the addresses in a stylesheet. What begins with `#` is in the document that the styles are for."""
    return (each.address for each in references_in_styles(css) if not each.address.startswith("#"))


def with_addresses(css: str, change: Callable[[str], str]) -> str:
    """Return a stylesheet in which each address is what `change` makes of it. What stays the same is left as it is
    written.
    """
    pieces, at = [], 0
    for each in references_in_styles(css):
        changed = change(each.address)
        if changed != each.address:
            pieces += [css[at : each.start], _written(changed, each.quote)]
            at = each.end
    return "".join([*pieces, css[at:]])


def _meant(written: str) -> str:
    """What is written, without escapes."""
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda found: _sign(int(found["code"], 16)) if found["code"] else found["sign"] or "", written)


def _sign(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def _written(address: str, quote: str) -> str:
    """An address within a quote; where there is none, with quotes of its own if it needs them."""
    if not quote:
        return f'"{_written(address, chr(34))}"' if _NEEDS_QUOTES.search(address) else address
    return address.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\a ")
