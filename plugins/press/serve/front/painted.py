"""Reads a report that is coloured for a terminal, so that it can be shown elsewhere."""

import re
from html import escape

_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
#: By the number that a terminal knows a colour by: the class that `report.css` knows it by.
_NAMES = {"1": "strong", "31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}
_BRIGHT = {str(int(number) + 60): name for number, name in _NAMES.items() if number != "1"}


def plain(report: str) -> str:
    """Return the report without its colours."""
    return _COLOUR.sub("", report)


def parts(report: str) -> list[tuple[str, str]]:
    """Return the report as pieces of text, each with the classes it is to have, "" for none."""
    found: list[tuple[str, str]] = []
    classes: list[str] = []
    # Every second piece is the inside of a colour's code.
    for index, piece in enumerate(_COLOUR.split(report)):
        if index % 2 == 0:
            if piece:
                found.append((" ".join(classes), piece))
            continue
        for number in piece.split(";"):
            name = _NAMES.get(number) or _BRIGHT.get(number)
            classes = [*classes, name] if name else []
    return found


def html(report: str) -> str:
    """Return the report as HTML for the inside of a `pre`."""
    return "".join(
        f'<span class="{classes}">{escape(text)}</span>' if classes else escape(text) for classes, text in parts(report)
    )
