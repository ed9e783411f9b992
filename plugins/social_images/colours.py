"""The colours of the theme, as its stylesheet names them."""

import re
from pathlib import Path

_COLOUR = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>#[0-9a-f]{3,6});")


def colours(theme: Path) -> dict[str, str]:
    """Return the colours of a theme's light scheme by name: the first that its stylesheet sets for each."""
    stylesheet = theme / "static/style.css"
    values: dict[str, str] = {}
    for colour in _COLOUR.finditer(stylesheet.read_text(encoding="utf-8") if stylesheet.is_file() else ""):
        values.setdefault(colour["name"], colour["value"])
    return values
