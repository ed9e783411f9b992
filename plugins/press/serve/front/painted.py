"""Reads a report that is coloured for a terminal, so that it can be shown elsewhere."""

import re
from html import escape

#: Pieces of text, each with the classes that it is to have, "" for none.
Pieces = list[tuple[str, str]]

_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
#: By the number that a terminal knows a colour by: the class that `report.css` knows it by.
_NAMES = {"1": "strong", "31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}
_BRIGHT = {str(int(number) + 60): name for number, name in _NAMES.items() if number != "1"}


#: A line of an excerpt, or the row with the carets below it: each begins with the margin.
_EXCERPT = re.compile(r" *(?:\d+ *)?\|")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def plain(report: str) -> str:
    """Return the report without its colours."""
    return _COLOUR.sub("", report)


def parts(report: str) -> list[tuple[str, Pieces]]:
    """Return the report as parts, each with its class and its pieces. Lines of class "excerpt", in which each character
    has its column, must not be broken; those of the words around it, of class "", may be.
    """
    found: list[tuple[str, Pieces]] = []
    colours: list[str] = []
    for line in _LINE.findall(report):
        kind = "excerpt" if _EXCERPT.match(plain(line)) else ""
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        colours = _paint(found[-1][1], line, colours)
    return found


def _paint(pieces: Pieces, line: str, colours: list[str]) -> list[str]:
    """Add the pieces of a line that begins in some colours, and return those in which it ends."""
    # Every second piece is the inside of a colour's code.
    for index, piece in enumerate(_COLOUR.split(line)):
        if index % 2:
            for number in piece.split(";"):
                name = _NAMES.get(number) or _BRIGHT.get(number)
                colours = [*colours, name] if name else []
        elif piece:
            classes = " ".join(colours)
            before = pieces.pop()[1] if pieces and pieces[-1][0] == classes else ""
            pieces.append((classes, before + piece))
    return colours


def html(report: str) -> str:
    """Return the report as HTML for the inside of a `pre`."""
    return "".join(_span(kind, "".join(_span(*piece) for piece in pieces)) for kind, pieces in parts(escape(report)))


def _span(classes: str, inside: str) -> str:
    return f'<span class="{classes}">{inside}</span>' if classes else inside
