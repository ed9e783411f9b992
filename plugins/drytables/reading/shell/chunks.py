"""A text that is not all shell, in parts of which each can be parsed by itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from tree_sitter import Node

from ..excerpt import Excerpt
from .parsed import Parsed, parse
from .prompts import runs_iptables
from .quotes import Quoting, open_quote
from .syntax import Tree

#: How many lines a construct may span which is looked for in text that is not all shell.
_LONGEST = 60
#: How often parsing is tried for that in one text, so that a long one is read in time whatever it is.
_MOST_ATTEMPTS = 500
#: What ends such a construct stands in its last line.
_CLOSER = re.compile(r"\b(?:done|fi|esac)\b|[})]")
_JOINERS = ("{", "(", "&&", "||", "|")
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


class Chunk(NamedTuple):
    """A part of a text that is not all shell; `parsed` is the part as parsed where it had to be parsed to be found."""

    code: Excerpt
    parsed: Parsed | None = None


def chunks(code: Excerpt) -> list[Chunk]:
    """The parts of a text that is not all shell: a construct over several lines where one begins, else single lines."""
    lines = logical_lines(code)
    found = []
    at = attempts = 0
    while at < len(lines):
        size, parsed = 1, None
        if attempts < _MOST_ATTEMPTS and _opens(lines[at].text):
            size, more, parsed = _construct(lines[at : at + _LONGEST])
            attempts += more
        found.append(Chunk(Excerpt.join(lines[at : at + size]), parsed))
        at += size
    return found


def _opens(line: str) -> bool:
    """Whether a line may begin a construct, or a quoted text, that goes on in the next."""
    text = line.strip()
    if text.startswith(_OPENERS) or text.endswith(_JOINERS) or "<<" in text:
        return True
    quote = open_quote(text)
    # An apostrophe inside a word is what a program printed, not a quote.
    return quote is not None and not text[max(0, quote - 1) : quote].isalpha()


def _construct(lines: list[Excerpt]) -> tuple[int, int, Parsed | None]:
    """How many lines the construct takes that begins with the first, how often it was parsed, and as what in the end.

    Where none ends, the first line is all there is.
    """
    first = lines[0].text.strip()
    is_command = runs_iptables(first) and not first.endswith(_JOINERS)
    text, quoting, attempts = "", Quoting(), 0
    for size, line in enumerate(lines, start=1):
        if size > 1 and is_command and runs_iptables(line.text):
            break
        text += line.text
        quoting.follow(line.text)
        may_end = _CLOSER.search(line.text) or not first.startswith(_OPENERS)
        if not may_end or quoting.quote:
            continue
        attempts += 1
        parsed = parse(text)
        if not parsed.tree.has_error:
            return size, attempts, parsed
    return 1, attempts, None


def swallows(tree: Tree) -> bool:
    """Whether a quote or backtick runs on over a line that plainly runs iptables, and was not meant to.

    To the shell it is one word. But its author forgot to close it where the command is itself one of iptables, and
    where it begins inside a word it is an apostrophe. `sh -c '…'` and `$(…)` may well hold such lines.
    """
    if "tables" not in tree.text:
        return False
    commands = (visit.node for visit in tree.visits if visit.node.type == "command")
    return any(_swallows(tree, node) for node in commands if "\n" in tree.slice(node))


def _swallows(tree: Tree, command: Node) -> bool:
    """The same of one command."""
    is_command = runs_iptables(tree.slice(command))
    for child in command.children:
        text = tree.slice(child)
        if "\n" not in text or child.type.endswith("_redirect") or text.startswith("$("):
            continue
        was_meant = not is_command and text[0] in "'\"`$"
        if not was_meant and any(runs_iptables(line) for line in text.split("\n")[1:]):
            return True
    return False
