"""Which notation a source's header is in, and what takes the place of a missing one."""

from __future__ import annotations

import re

from drytables.diagnostics.diagnostic import Label
from drytables.diagnostics.source import Span

from . import pelican_header, toml_header, yaml_header
from .codes import REPEATED_FIELD, UNREADABLE_HEADER
from .header import Header, fault

#: A first line that is nearly `---` or `+++`: too short, too long, or of dashes as a word processor makes them.
_NEARLY_A_FENCE = re.compile(r"(?P<line>[-–—]{1,9}|(?P<plus>\+{1,9}))[ \t]*\n(?P<next>[^\n]*)")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")


def read_header(text: str) -> Header:
    """The header of a source's text, whose lines end in line feeds."""
    for notation in (yaml_header, toml_header):
        if notation.begins(text):
            header = notation.read(text)
            break
    else:
        header = pelican_header.read(text)
    if not header.fields and not header.faults:
        return _with_other_dashes(text) or _below_blank_lines(text, header)
    repeated = tuple(
        fault(
            REPEATED_FIELD,
            f"`{again.name.words}` is there twice",
            again.name.span,
            causes=(Label(first.name.span, "the first"),),
            help="keep one of the two",
        )
        for again, first in header.repeated()
    )
    return Header(header.notation, header.fields, header.lines, header.faults + repeated)


def _with_other_dashes(text: str) -> Header | None:
    """A header that nobody finds, because the line above it is not quite one."""
    nearly = _NEARLY_A_FENCE.match(text)
    if nearly is None or not pelican_header.is_plainly_meant(nearly["next"]):
        return None
    sign = "+++" if nearly["plus"] else "---"
    span = Span(*nearly.span("line"))
    help_ = f"write `{sign}` above it and below it"
    return Header("pelican", (), 0, (fault(UNREADABLE_HEADER, f"this is not `{sign}`", span, help=help_),))


def _below_blank_lines(text: str, header: Header) -> Header:
    """A header that nobody finds, because blank lines are above it."""
    blank = _BLANK_LINES.match(text)
    if blank is None:
        return header
    below = text[blank.end() :]
    line = below.split("\n", 1)[0]
    is_fenced = any(each.begins(below) and each.read(below).fields for each in (yaml_header, toml_header))
    is_field = pelican_header.read(below).fields and pelican_header.is_plainly_meant(line)
    if not is_fenced and not is_field:
        return header
    above = fault(
        UNREADABLE_HEADER,
        "a header must begin in the first line",
        Span(blank.end(), blank.end() + len(line.rstrip())),
        "it begins here, below a blank line",
        help="remove the blank lines above it",
    )
    return Header(header.notation, (), header.lines, (above,))
