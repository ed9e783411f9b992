"""The references in JSON: in a web manifest, and in what a page tells machines of itself (JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_BEHIND_QUOTE = r'(?:[^"\\]|\\.)*+"'
#: A string that begins like an address, which it then is whatever it stands for; and all that is in front of it.
_ADDRESS = re.compile(
    rf'(?P<before>(?:[^"]++|"(?!https?:|/|\\/){_BEHIND_QUOTE})*+)(?P<string>"{_BEHIND_QUOTE})',
    re.DOTALL | re.IGNORECASE,
)


def with_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return JSON in which each string that begins like a complete address is what `change` makes of it. The rest is
    left as it is written, even if it is not JSON.
    """
    pieces, at = [], 0
    while found := _ADDRESS.match(text, at):
        pieces += [found["before"], _changed(found["string"], change)]
        at = found.end()
    return "".join([*pieces, text[at:]])


def _changed(string: str, change: Callable[[str], str]) -> str:
    try:
        value = json.loads(string)
    except ValueError:
        return string
    changed = change(value)
    return string if changed == value else json.dumps(changed)


def manifest_with_images(text: str, change: Callable[[str], str]) -> str:
    """Return a web manifest in which the address of each image is what `change` makes of it. One that cannot be read is
    returned as it is.
    """
    try:
        manifest = json.loads(text)
    except ValueError:
        return text
    changed = _with_sources(manifest, change)
    return text if changed == manifest else json.dumps(changed, ensure_ascii=False, indent=2)


def _with_sources(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {
            key: change(each) if key == "src" and isinstance(each, str) else _with_sources(each, change)
            for key, each in value.items()
        }
    return [_with_sources(each, change) for each in value] if isinstance(value, list) else value
