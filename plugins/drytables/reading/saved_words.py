"""The words of a rule in iptables-save text.

Observed with iptables-legacy-restore and iptables-nft-restore 1.8.9:

- Words end at spaces and tabs. A double quote opens a quoted part anywhere in a word; its closing quote ends the word.
  Within it, a backslash is dropped and the next character is literal. Outside of it, backslashes and single quotes
  quote nothing: they are ordinary characters. An unclosed quoted part extends to the end of the line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from .excerpt import Excerpt
from .holes import arity_of, widest
from .pattern import pattern
from .placeholders import find_placeholders, mask, outermost
from .shell.quotes import end_of
from .word import Word

_UNQUOTED = pattern(r'[^ \t"]+')
_QUOTED = pattern(r'[^"\\]+')
_WORD = pattern(r"[^ \t]+")
_VARIABLE = pattern(r"\$(?:\w+|\{[^{}\s]+\}|\([^()\n]*\))")


def words_of_rule(line: Excerpt, at: int) -> tuple[list[Word], int | None]:
    """The words of a rule from an index on, and the index of a quote that is never closed.

    Each placeholder and each variable of a heredoc is one hole, even with spaces in it.
    """
    ranges = outermost([*find_placeholders(line.text), *(match.span() for match in _VARIABLE.finditer(line.text))])
    if not ranges:
        return _split(line, at)
    words, quote = _split(Excerpt(mask(line.text, ranges), line.starts, line.ends), at)
    return [_with_holes(word, line, ranges) for word in words], quote


def _with_holes(word: Word, line: Excerpt, ranges: list[tuple[int, int]]) -> Word:
    """A word of a masked line with its original text; a quoted word can only be a hole as a whole."""
    low = bisect_left(line.starts, word.span.start)
    high = bisect_right(line.ends, word.span.end)
    typed = line.text[low:high]
    first = bisect_right(ranges, low, key=end_of)
    ranges = ranges[first : bisect_left(ranges, (high,), first)]
    if '"' in typed:
        (whole, *_), _ = _split(line.cut(low, high), 0)
        is_hole = any((start, end) == (low + 1, high - 1) for start, end in ranges)
        return whole.as_hole() if is_hole else whole
    holes = tuple((max(start, low) - low, min(end, high) - low) for start, end in ranges)
    return Word(typed, word.span, holes, widest(arity_of(typed[start:end]) for start, end in holes))


def _split(line: Excerpt, at: int) -> tuple[list[Word], int | None]:
    """The words of a rule from an index on, and the index of a quote that is never closed."""
    text = line.text
    if '"' not in text:
        matches = _WORD.finditer(text, at)
        return [Word(match[0], line.span(match.start(), match.end())) for match in matches], None
    words: list[Word] = []
    while at < len(text):
        if text[at] in " \t":
            at += 1
            continue
        start = at
        run = _UNQUOTED.match(text, at)
        parts = [run[0]] if run else []
        at = run.end() if run else at
        if at < len(text) and text[at] == '"':
            quote = at
            quoted, at, is_closed = _quoted(text, at + 1)
            if not is_closed:
                return [*words, Word("".join(parts) + quoted, line.span(start, at))], quote
            parts.append(quoted)
        words.append(Word("".join(parts), line.span(start, at)))
    return words, None


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """The text of a quoted part, the index after it, and whether it is closed."""
    parts: list[str] = []
    while at < len(text):
        if text[at] == '"':
            return "".join(parts), at + 1, True
        run = _QUOTED.match(text, at)
        # A backslash is dropped, and the character after it is literal.
        parts.append(run[0] if run else text[at + 1 : at + 2])
        at = run.end() if run else at + 2
    return "".join(parts), min(at, len(text)), False
