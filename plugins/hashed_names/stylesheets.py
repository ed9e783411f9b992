"""The references in a stylesheet, also in one that stands in a page: `url(…)`, `@import "…"`, `image-set("…" 2x)`."""

from __future__ import annotations

import re
from collections.abc import Callable

_STRING = r""""(?:[^"\\\n]|\\[\s\S])*+"|'(?:[^'\\\n]|\\[\s\S])*+'"""
_BARE = r"""(?:[^\s"'()\\]|\\(?:[0-9a-f]{1,6}\s?|[\s\S]))++"""
_ADDRESS = rf"""(?<![\w-])(?:url|src)\(\s*+(?:(?P<in_url>{_STRING})|(?P<bare>{_BARE})\s*+\))"""
_PART = re.compile(
    r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
    rf"|@import(?:\s|/\*(?:[^*]|\*(?!/))*+\*/)*+(?P<imported>{_STRING})"
    rf"|(?<![\w-])(?:-webkit-)?image-set\((?P<set>(?:[^()\"']|{_STRING}|\((?:[^()\"']|{_STRING})*+\))*+)\)"
    rf"|{_ADDRESS}"
    rf"|{_STRING}"
    # One that does not end is looked at once.
    r"|\"(?:[^\"\\\n]|\\[\s\S])*+|'(?:[^'\\\n]|\\[\s\S])*+",
    re.IGNORECASE,
)
#: In `image-set(…)` a string is an address, unless it says of which type an image is.
_IN_SET = re.compile(rf"(?<![\w-])type\([^()]*+\)|{_ADDRESS}|(?P<imported>{_STRING})", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-f]{1,6})\s?|\n|(?P<sign>[\s\S]))", re.IGNORECASE)
_NEEDS_QUOTES = re.compile(r"""[\s"'()\\]""")
_SOURCE_MAP = re.compile(r"(?P<before>/\*[#@]\s*+sourceMappingURL=)(?P<address>[^\s*]++)(?=\s*\*/\s*\Z)")


def with_references(css: str, change: Callable[[str], str]) -> str:
    """Return a stylesheet in which each reference is what `change` makes of it. What stays the same is left as it is
    written. Takes time that grows with the length.
    """

    def of_part(found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind == "set":
            return _put(found, "set", _IN_SET.sub(of_part, found["set"]))
        if kind not in ("imported", "in_url", "bare"):
            return found[0]
        written = found[kind]
        value = _meant(written if kind == "bare" else written[1:-1])
        changed = change(value)
        if changed == value:
            return found[0]
        quote = '"' if kind == "bare" else written[0]
        is_bare = kind == "bare" and not _NEEDS_QUOTES.search(changed)
        return _put(found, kind, changed if is_bare else _quoted(changed, quote))

    return _SOURCE_MAP.sub(lambda found: found["before"] + change(found["address"]), _PART.sub(of_part, css))


def _put(found: re.Match[str], group: str, text: str) -> str:
    start, end = (at - found.start() for at in found.span(group))
    return found[0][:start] + text + found[0][end:]


def _meant(written: str) -> str:
    """What is written, without escapes."""
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda found: _sign(int(found["code"], 16)) if found["code"] else found["sign"] or "", written)


def _sign(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def _quoted(value: str, quote: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\a ")
    return f"{quote}{escaped}{quote}"
