"""The references in a stylesheet that is a file: what it loads, and its source map, which tools of authors ask for."""

from __future__ import annotations

import re
from collections.abc import Callable

from proofreader.kinds.stylesheets import with_addresses

_SOURCE_MAP = re.compile(r"(?P<before>/\*[#@]\s*+sourceMappingURL=)(?P<address>[^\s*]++)(?=\s*\*/\s*\Z)")


def with_references(css: str, change: Callable[[str], str]) -> str:
    """Return a stylesheet in which each reference is what `change` makes of it. What stays the same is left as it is
    written. Takes time that grows with the length.
    """
    return _SOURCE_MAP.sub(lambda found: found["before"] + change(found["address"]), with_addresses(css, change))
