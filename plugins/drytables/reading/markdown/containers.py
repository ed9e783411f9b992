"""What contains Markdown besides lists and quotes: admonitions, tabs, footnotes and definitions.

CommonMark has none of them. The Markdown that does indents what is in them by four columns, or for a definition by as
much as its first line, so that a fence there would be indented code, were it read by the letter.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from ..pattern import pattern
from .lines import LEVEL

_SIGNS = frozenset("!?=[:")
#: `!!! note`, `??? tip "Title"` and `=== "Tab"`: the rest of the line is a title.
_TITLED = pattern(r"""(?:!!!|\?\?\?\+?)[ \t]*[\w"']|===[!+]{0,2}[ \t]+["']""")
#: `[^1]: …` and `: …`: the rest of the line is the first of the content.
_LABELLED = pattern(r"(?P<label>\[\^[^\]\s]+\]:|:(?=[ \t]))[ \t]*")


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule of markdown-it-py for a container that begins in a line.

    Takes the state of the parser, the line, the line after the last of what is around it, and whether to say only if
    one begins there. Returns whether one does.
    """
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in _SIGNS or state.is_code_block(start):
        return False
    text = state.src[at : state.eMarks[start]]
    labelled = _LABELLED.match(text)
    if not labelled and not _TITLED.match(text):
        return False
    if silent:
        return True
    token = state.push("container_open", "div", 1)
    token.map = extent = [start, end]
    kept = state.blkIndent, state.listIndent, state.parentType, state.tShift[start], state.sCount[start]
    state.listIndent, state.parentType, state.line = -1, "root", start + 1
    if labelled:
        _begin_behind(state, start, at, labelled)
        state.md.block.tokenize(state, start, end)
    else:
        _push_title(state, start, text)
        state.blkIndent = state.sCount[start] + LEVEL
        state.md.block.tokenize(state, start + 1, end)
    state.blkIndent, state.listIndent, state.parentType, state.tShift[start], state.sCount[start] = kept
    extent[1] = state.line
    state.push("container_close", "div", -1)
    return True


def _begin_behind(state: StateBlock, start: int, at: int, labelled: re.Match[str]) -> None:
    """Have the content begin after the label of its first line."""
    is_definition = labelled["label"] == ":"
    state.blkIndent = state.sCount[start] + (len(labelled[0].expandtabs(LEVEL)) if is_definition else LEVEL)
    state.tShift[start] = at + labelled.end() - state.bMarks[start]
    state.sCount[start] = state.blkIndent


def _push_title(state: StateBlock, start: int, text: str) -> None:
    title = state.push("inline", "", 0)
    title.map, title.content, title.children = [start, start + 1], text, []
