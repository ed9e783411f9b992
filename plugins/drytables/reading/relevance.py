"""Whether a page can concern this checker at all: most pages of most sites do not, and need not be read.

It is asked of the bytes of a file: to search them for a few letters takes a thousandth of the time that reading a page
does, and most are not even decoded. Everything here is ASCII, which UTF-8 leaves as it is.
"""

from __future__ import annotations

import re

#: What every command, header and mark that is read here contains, in lower case: a program's name (which HTML may split
#: in two), a variable for it, or part of a mark.
_NAMES = (b"ptables", b"6tables", b">tables", b"$ip", b"${ip", b"refused=", b"unchecked", b"drytables-ignore")
#: What every rule without a program contains: the chain it changes, and then an option, with markup, blanks and
#: continued lines between them; or a policy. `chmod -R 755`, `grep -A 2` and `xargs -I {}` are none. It begins with a
#: character of its own, as does the next one, since such a place is found at once.
_RULE = re.compile(
    rb"-(?<![\w-]-)(?:"
    rb"[AIDR][ \t]+[^\s\d{-]\S*(?:[ \t]|\\\r?\n)(?:[^\n\\-]++|\\\r?\n|\\|-(?![A-Za-z-]))*+-"
    rb"|P[ \t]+(?:\S*(?:INPUT|FORWARD|OUTPUT|ROUTING)|\S+[ \t]+(?:ACCEPT|DROP)))"
)
#: What every table of saved text contains: its name, or an unknown one above a chain or a rule.
_TABLE = re.compile(
    rb"\*(?:(?:filter|nat|mangle|raw|security|broute)(?![\w*])"
    rb"|[a-z]+[ \t]*(?:\r?\n|\\n\",?\s*\")[ \t>+]*(?::[\w-]+[ \t]|-[AIN][ \t]))"
)


def may_concern_us(text: str) -> bool:
    """Whether a text may contain an iptables command, or a mark or header that is read here."""
    return data_may_concern_us(text.encode(errors="surrogatepass"))


def data_may_concern_us(data: bytes) -> bool:
    """Whether the bytes of a file may contain such a thing, in UTF-8; also if they are in no such encoding."""
    lowered = data.lower()
    if any(name in lowered for name in _NAMES):
        return True
    return b"\0" in data or bool(_RULE.search(data) or _TABLE.search(data))
