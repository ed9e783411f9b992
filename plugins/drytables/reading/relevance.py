"""Whether a page can concern this checker at all: most pages of most sites do not, and need not be read.

Searching for a few letters takes a thousandth of the time that reading a page does.
"""

from __future__ import annotations

import re

#: What every command, header and mark that is read here contains, in lower case: a program's name (which HTML may split
#: in two), a variable for it, or part of a mark.
_NAMES = ("ptables", "6tables", ">tables", "$ip", "${ip", "refused=", "unchecked")
#: What every rule without a program, and every table of saved text, contains.
_OPTIONS = tuple(f"-{letter}{blank}" for letter in "AIDRP" for blank in " \t")
_TABLES = tuple(f"*{table}" for table in ("filter", "nat", "mangle", "raw", "security", "broute"))
_CHAIN_LINE = re.compile(r"^[ \t>]*:[\w-]+[ \t]+(?:-|[A-Z])", re.MULTILINE)


def may_concern_us(text: str) -> bool:
    """Whether a text may contain an iptables command, or a mark or header that is read here."""
    lowered = text.lower()
    if any(name in lowered for name in _NAMES):
        return True
    return any(sign in text for sign in (*_OPTIONS, *_TABLES)) or bool(_CHAIN_LINE.search(text))
