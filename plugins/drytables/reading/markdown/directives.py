"""The directives of MyST in place of a fence's language: ```` ```{note} ```` and ```` ```{code-block} sh ````."""

from __future__ import annotations

from typing import Final

from ..excerpt import Excerpt
from ..pattern import pattern

_DIRECTIVE = pattern(r"[ \t]*\{(?P<name>[A-Za-z][\w:-]*+)\}(?P<argument>[^\n]*)")
_OPTIONS = pattern(r"(?:---[ \t]*\n(?:(?!---)[^\n]*\n)*+---[ \t]*\n|(?:[ \t]*:[\w-]+:[^\n]*\n)++)(?:[ \t]*\n)?")
_LANGUAGE = pattern(r"[ \t]*(?P<language>[\w+#-]+)[ \t]*\Z")
#: Those that show code, whose argument is its language.
_OF_CODE: Final = frozenset({"code", "code-block", "sourcecode", "code-cell", "prompt", "highlight"})
#: Those that contain Markdown, and are no code even where no fence is in them.
_OF_MARKDOWN: Final = frozenset(
    {
        "admonition", "attention", "card", "caution", "danger", "deprecated", "details", "div", "dropdown", "error",
        "figure", "grid", "grid-item", "grid-item-card", "group-tab", "hint", "important", "margin", "note", "only",
        "seealso", "sidebar", "tab", "tab-item", "tab-set", "tabbed", "table", "tabs", "tip", "todo", "topic",
        "versionadded", "versionchanged", "warning",
    }
)  # fmt: skip


def directive_name(info: str) -> str:
    """The name of the directive that an info string begins with; empty if it begins with none."""
    match = _DIRECTIVE.match(info)
    return match["name"].lower() if match else ""


def is_of_code(name: str) -> bool:
    """Whether a directive shows code."""
    return name in _OF_CODE


def is_of_markdown(name: str) -> bool:
    """Whether all that is in a directive is Markdown; in one that nobody knows, it is where there are fences in it."""
    return name in _OF_MARKDOWN


def language_of(info: str) -> str:
    """The language that a directive of code is given; empty if it is given none."""
    match = _DIRECTIVE.match(info)
    language = _LANGUAGE.match(match["argument"]) if match else None
    return language["language"] if language else ""


def without_options(code: Excerpt) -> Excerpt:
    """What is in a directive without the lines of options that it begins with."""
    options = _OPTIONS.match(code.text)
    return code.cut(options.end(), len(code.text)) if options else code
