"""The words of a command, from the shell's tree, including those after a redirection, and escaped spaces."""

from __future__ import annotations

import re

from tree_sitter import Node

from ...diagnostics.source import Span
from ..pattern import pattern
from ..word import Word
from .syntax import Tree, Visit
from .words import ShellWord, WordReader, joined

#: A command that begins with its program, not with a variable that is set for it.
_PLAIN = pattern(r"[\w./:,+@%^-]++(?:[ \t][\w./:,+@%^= \t!-]*+)?", re.ASCII)
_PLAIN_WORD = pattern(r"[^ \t]+")
_ESCAPED = pattern(r"\\.", re.DOTALL)
_CONTINUED = pattern(r"(?:\\\n)+")
_GAP = pattern(r"(?:\s|\\.)+", re.DOTALL)
_ESCAPED_AT_END = pattern(r"(?:[ \t]|\\\n)*\\[ \t]")


def words_of(visit: Visit, tree: Tree, reader: WordReader) -> list[ShellWord]:
    """The words of a command; text in a non-Latin script is one word, up to the next option."""
    plain = _plain_range(visit, tree, reader)
    if plain:
        return [reader.as_it_stands(*match.span()) for match in _PLAIN_WORD.finditer(reader.code.text, *plain)]
    children, parent = visit.node.children, visit.parent
    nodes = [child for child in children if child.type != "variable_assignment" and not _redirects(child)]
    around = parent.children if parent and parent.type == "redirected_statement" else []
    for redirect in (*children, *around):
        if redirect.type == "file_redirect":
            # tree-sitter-bash assigns every word after `> file` to the redirection.
            nodes += redirect.children_by_field_name("destination")[1:]
    words: list[ShellWord] = []
    expansions = tree.expansions(nodes)
    for start, end in _ranges(nodes, tree, reader.code.text):
        words += reader.read(start, end, expansions)
    return _with_prose_joined(words)


def arguments_of(visit: Visit, tree: Tree, reader: WordReader) -> list[Word]:
    """The words of a command as its program gets them, which takes less than `words_of`: most are only split."""
    plain, code = _plain_range(visit, tree, reader), reader.code
    if plain is None:
        return [each.word for each in words_of(visit, tree, reader)]
    matches = _PLAIN_WORD.finditer(code.text, *plain)
    if not isinstance(code.starts, range):
        return [Word(match[0], code.span(*match.span())) for match in matches]
    # One unmodified stretch of the source, so that its places need not be looked up.
    base, new = code.starts[0], tuple.__new__
    # As Word and Span would do, in a third of the time: there are millions of these.
    return [
        new(Word, (match[0], new(Span, (base + match.start(), base + match.end())), (), "one")) for match in matches
    ]


def _plain_range(visit: Visit, tree: Tree, reader: WordReader) -> tuple[int, int] | None:
    """Where a command is, if the shell does nothing in it but split words; None if it may do more.

    This holds for most commands, and saves looking at the nodes of their words.
    """
    node, parent, code = visit.node, visit.parent, reader.code
    start, end = tree.start(node), tree.end(node)
    if not _PLAIN.fullmatch(code.text, start, end) or end_of_words(code.text, end) != end or node.has_error:
        return None
    if (parent and parent.type == "redirected_statement") or reader.has_placeholder(start, end):
        return None
    return start, end


def _ranges(nodes: list[Node], tree: Tree, text: str) -> list[tuple[int, int]]:
    """The ranges of the words that the nodes form in a text.

    Nodes that touch are one word. tree-sitter-bash leaves out an escaped space beside or between them, which belongs to
    the word it touches, or is a word.
    """
    ranges: list[tuple[int, int]] = []
    for start, end in sorted((tree.start(node), tree.end(node)) for node in nodes):
        if start == end:
            continue
        before = ranges[-1][1] if ranges else start
        if _CONTINUED.fullmatch(text, before, start):
            start = before
        elif _GAP.fullmatch(text, before, start):
            _add_escaped(ranges, text, before, start)
        _add_range(ranges, start, end)
    if ranges:
        last = ranges[-1][1]
        _add_escaped(ranges, text, last, end_of_words(text, last))
    return ranges


def end_of_words(text: str, end: int) -> int:
    """The index where the words of a command end whose last node ends at `end`: an escaped space there is a word, or
    part of one.
    """
    after = _ESCAPED_AT_END.match(text, end)
    return after.end() if after else end


def _add_range(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a range, merging it with the last one if they touch."""
    if ranges and ranges[-1][1] == start:
        ranges[-1] = ranges[-1][0], end
    else:
        ranges.append((start, end))


def _add_escaped(ranges: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the escaped characters in a part of the text."""
    for match in _ESCAPED.finditer(text, start, end):
        if match[0] != "\\\n":
            _add_range(ranges, *match.span())


def _redirects(node: Node) -> bool:
    return node.type.endswith("_redirect")


def _with_prose_joined(words: list[ShellWord]) -> list[ShellWord]:
    """The words, with text in a non-Latin script joined into one up to the next option.

    `-d Сегмент IPv4-сети шлюза 1 -j RETURN` means one address, which the reader is expected to know.
    """
    if all(word.text.text.isascii() for word in words):
        return words
    result: list[ShellWord] = []
    group: list[ShellWord] = []
    for word in words:
        text = word.text.text
        is_hole = word.holes == ((0, len(text)),)
        is_prose = is_hole and not text.isascii() and any(char > "\u024f" and char.isalpha() for char in text)
        if not text.startswith("<") and (is_prose or (group and text[:1] not in "-!")):
            group.append(word)
            continue
        result += joined(group)
        group = []
        result.append(word)
    return result + joined(group)
