"""Code in a `parsed-literal`, in which markup is read: what a reader of the page sees of it."""

from __future__ import annotations

from ..excerpt import Excerpt
from ..pattern import pattern

#: An escaped character, emphasis, a role, a link, and a substitution, of which only what it stands for is known.
_MARKUP = pattern(
    r"\\(?P<escaped>[^\n])"
    r"|(?<!\S)\*\*(?=\S)(?P<strong>[^*\n]+)(?<=\S)\*\*(?!\w)"
    r"|(?<!\S)\*(?=\S)(?P<emphasis>[^*\n]+)(?<=\S)\*(?!\w)"
    r"|(?<![\w+.:-]):[\w+.:-]+:`(?P<role>[^`\n<]+)`"
    r"|`(?P<link>[^`\n<]+)(?:[ ]<[^`\n>]*>)?`__?"
    r"|\|(?P<substitution>\w[\w .-]*)\|_{0,2}"
)


def without_inline_markup(code: Excerpt) -> Excerpt:
    """The code without its markup; a substitution becomes a placeholder with its name."""
    pieces, at = [], 0
    for match in _MARKUP.finditer(code.text):
        pieces.append(code.cut(at, match.start()))
        kind = match.lastgroup or ""
        if kind == "substitution":
            pieces.append(Excerpt.written_for(f"<{match[kind]}>", code.span(*match.span())))
        elif not (kind == "escaped" and match[kind].isspace()):
            pieces.append(code.cut(*match.span(kind)))
        at = match.end()
    pieces.append(code.cut(at, len(code.text)))
    return Excerpt.join(pieces)
