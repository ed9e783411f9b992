"""A text that is not all shell, in parts of which each can be parsed by itself."""

from __future__ import annotations

from .excerpt import Excerpt
from .placeholders import find_placeholders, mask
from .prompts import runs_iptables
from .quotes import open_quote
from .syntax import Tree

#: How many lines a construct may span which is looked for in text that is not all shell.
_LONGEST = 60
_OPENERS = ("for ", "while ", "until ", "if ", "case ", "function ")


def logical_lines(code: Excerpt) -> list[Excerpt]:
    """The lines, each with those that a backslash at its end joins to it."""
    found: list[Excerpt] = []
    pending: list[Excerpt] = []
    for line in code.lines():
        pending.append(line)
        if not line.text.endswith("\\\n"):
            found.append(Excerpt.join(pending))
            pending = []
    return [*found, Excerpt.join(pending)] if pending else found


def chunks(code: Excerpt) -> list[Excerpt]:
    """The parts of a text that is not all shell: a construct over several lines where one begins, else single lines."""
    lines = logical_lines(code)
    found = []
    at = 0
    while at < len(lines):
        size = _construct(lines[at : at + _LONGEST])
        found.append(Excerpt.join(lines[at : at + size]))
        at += size
    return found


def _construct(lines: list[Excerpt]) -> int:
    """How many lines the construct takes that begins with the first; 1 where there is none that ends."""
    first = lines[0].text.strip()
    opens = first.startswith(_OPENERS) or first.endswith(("{", "(", "&&", "||", "|")) or "<<" in first
    if not opens and open_quote(first) is None:
        return 1
    is_run = runs_iptables(lines[0].text)
    for size in range(1, len(lines) + 1):
        if size > 1 and is_run and not opens and runs_iptables(lines[size - 1].text):
            break
        text = "".join(line.text for line in lines[:size])
        if open_quote(text) is None and not Tree(mask(text, find_placeholders(text))).has_error:
            return size
    return 1


def swallows(tree: Tree) -> bool:
    """Whether a quote or backtick of an iptables command runs on over a line that is such a command too.

    To the shell it is one word; the author forgot to close it.
    """
    for visit in tree.walk():
        node = visit.node
        if node.type == "command" and runs_iptables(tree.slice(node)):
            for child in node.children:
                inner = tree.slice(child).split("\n")[1:] if not child.type.endswith("_redirect") else []
                if any(runs_iptables(line) for line in inner) and not tree.slice(child).startswith("$("):
                    return True
    return False
