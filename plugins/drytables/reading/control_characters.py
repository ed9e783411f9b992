"""Control characters in a text: they come with text copied from a terminal, and no feed can contain them."""

from __future__ import annotations

from ..diagnostics.codes.site import CONTROL_CHARACTER
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source, Span
from .pattern import pattern

#: What no XML document may contain (XML 1.0, 2.2), and so no Atom feed. The negation of what it may contain takes ten
#: times as long to compile.
_NOT_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {"\x00": "NUL", "\x07": "a bell", "\x08": "a backspace", "\x0c": "a page break", "\x1b": "an escape"}


def control_characters(source: Source) -> Diagnostic | None:
    """The diagnostic for the first character of a source that cannot be published; None if all can."""
    match = _NOT_XML.search(source.text)
    if match is None:
        return None
    char, others = match[0], len(_NOT_XML.findall(source.text)) - 1
    name = _NAMES.get(char, "a control character")
    more = f"; {others} more {'follows' if others == 1 else 'follow'}" if others else ""
    return Diagnostic(
        CONTROL_CHARACTER,
        f"{name} (U+{ord(char):04X}) cannot be published: no feed can contain it",
        Label(Span(match.start(), match.end()), f"here{more}"),
        help="delete it; such characters come with text that is copied from a terminal",
    )
