"""A text that is not all shell, in parts that can each be parsed separately."""

from __future__ import annotations

from typing import NamedTuple

from tree_sitter import Node

from ..excerpt import Excerpt
from ..pattern import pattern
from .heredocs import find_heredocs
from .parsed import Parsed, parse
from .prompts import runs_iptables
from .quotes import Quoting, open_quote
from .syntax import Tree

#: The most lines that a construct may span in text that is not all shell.
_LONGEST = 60
#: How many times one text is parsed in search of constructs, so that even a long one is read in bounded time.
_MOST_ATTEMPTS = 500
#: What ends such a construct; it is in its last line.
_CLOSER = pattern(r"\b(?:done|fi|esac)\b|[})]")
_JOINERS = ("{", "(", "&&", "||", "|")
_OPENERS = ("for ", "while ", "until ", "if ", "case ", "function ")


def logical_lines(code: Excerpt) -> list[Excerpt]:
    """The lines, each joined with those that continue it after a trailing backslash."""
    joined: list[Excerpt] = []
    pending: list[Excerpt] = []
    for line in code.lines():
        pending.append(line)
        if not line.text.endswith("\\\n"):
            joined.append(Excerpt.join(pending))
            pending = []
    return [*joined, Excerpt.join(pending)] if pending else joined


class Chunk(NamedTuple):
    """A part of a text that is not all shell; `parsed` is set if it had to be parsed to be found."""

    code: Excerpt
    parsed: Parsed | None = None


def chunks(code: Excerpt) -> list[Chunk]:
    """The parts of a text that is not all shell: multi-line constructs, and otherwise single lines."""
    lines = _whole_lines(code)
    parts = []
    at = attempts = 0
    while at < len(lines):
        size, parsed = 1, None
        if attempts < _MOST_ATTEMPTS and _opens(lines[at].text):
            size, more, parsed = _construct(lines[at : at + _LONGEST])
            attempts += more
        parts.append(Chunk(Excerpt.join(lines[at : at + size]), parsed))
        at += size
    return parts


def _whole_lines(code: Excerpt) -> list[Excerpt]:
    """The logical lines, each with the heredocs that begin in it."""
    lines = logical_lines(code)
    heredocs = find_heredocs(code.text)
    if not heredocs:
        return lines
    joined: list[Excerpt] = []
    at = waiting = 0
    until = 0
    for line in lines:
        if at < until:
            joined[-1] = Excerpt.join((joined[-1], line))
        else:
            joined.append(line)
        at += len(line.text)
        while waiting < len(heredocs) and heredocs[waiting].operator[0] < at:
            until = max(until, heredocs[waiting].end)
            waiting += 1
    return joined


def _opens(line: str) -> bool:
    """Whether a line may begin a construct, or a quoted text, that continues in the next."""
    text = line.strip()
    if text.startswith(_OPENERS) or text.endswith(_JOINERS) or "<<" in text:
        return True
    quote = open_quote(text)
    # An apostrophe inside a word comes from program output and is not a quote.
    return quote is not None and not text[max(0, quote - 1) : quote].isalpha()


def _construct(lines: list[Excerpt]) -> tuple[int, int, Parsed | None]:
    """The number of lines in the construct that begins with the first, the number of attempts to parse it, and the
    result.

    If no construct ends, it is the first line alone.
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

    To the shell it is one word. But its author forgot to close it if the command is itself one of iptables, and if it
    begins inside a word it is an apostrophe. `sh -c '…'` and `$(…)` may well contain such lines.
    """
    if "tables" not in tree.text:
        return False
    commands = (visit.node for visit in tree.visits if visit.node.type == "command")
    return any(_swallows(tree, node) for node in commands if "\n" in tree.slice(node))


def _swallows(tree: Tree, command: Node) -> bool:
    """Whether a quote or backtick in one command runs on like this."""
    is_command = runs_iptables(tree.slice(command))
    for child in command.children:
        text = tree.slice(child)
        if "\n" not in text or child.type.endswith("_redirect") or text.startswith("$("):
            continue
        was_meant = not is_command and text[0] in "'\"`$"
        if not was_meant and any(runs_iptables(line) for line in text.split("\n")[1:]):
            return True
    return False
