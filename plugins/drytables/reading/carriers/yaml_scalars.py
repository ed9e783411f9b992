"""YAML's scalars as YAML folds them, each character with its place. YAML 1.1, chapters 5 and 9.

A scalar whose places cannot be told is written for the whole of it: what YAML makes of it is known from the parser.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..excerpt import Excerpt
from ..pattern import pattern
from .yaml_tree import Scalar

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODE = pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_BREAK = pattern(r"[ \t]*\n(?:[ \t]*\n)*[ \t]*")
_MASK = pattern("X{5,}")
_HEADER = pattern(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\n")


def folded(code: Excerpt, masked: str, scalar: Scalar) -> Excerpt:
    """What YAML makes of a scalar. `masked` is the text that was parsed, in which templates are letters."""
    whole = code.cut(scalar.start, scalar.end)
    parsed = Excerpt(masked[scalar.start : scalar.end], whole.starts, whole.ends)
    reader = _READERS.get(scalar.style, _plain)
    text = Excerpt.join(reader(parsed))
    if scalar.style in ("|", ">"):
        text = text.cut(0, len(text.text.rstrip("\n")))
        value = scalar.value.rstrip("\n")
    else:
        value = scalar.value
    if text.text != value:
        return Excerpt.written_for(_MASK.sub("{}", value), whole.span(0, len(whole.text.rstrip())))
    return text if masked == code.text else _unmasked(text, code)


def _unmasked(text: Excerpt, code: Excerpt) -> Excerpt:
    """The text with its templates, of which the parser saw letters."""
    chars = [
        code.text[bisect_left(code.starts, start)] if char == "X" else char
        for start, char in zip(text.starts, text.text, strict=True)
    ]
    return Excerpt("".join(chars), text.starts, text.ends)


def _plain(text: Excerpt) -> Iterator[Excerpt]:
    yield from _lines_folded(text.cut(0, len(text.text.rstrip())))


def _lines_folded(text: Excerpt) -> Iterator[Excerpt]:
    """Text in which a line end is a blank, and each empty line a line end."""
    at = 0
    for match in _BREAK.finditer(text.text):
        yield text.cut(at, match.start())
        yield _break(text, match)
        at = match.end()
    yield text.cut(at, len(text.text))


def _break(text: Excerpt, match: re.Match[str]) -> Excerpt:
    count = match[0].count("\n")
    return Excerpt.written_for("\n" * (count - 1) or " ", text.span(*match.span()))


def _single(text: Excerpt) -> Iterator[Excerpt]:
    inside = text.cut(1, len(text.text) - 1)
    for piece in _lines_folded(inside):
        at = 0
        for match in re.finditer("''", piece.text):
            yield piece.cut(at, match.start())
            yield Excerpt.written_for("'", piece.span(*match.span()))
            at = match.end()
        yield piece.cut(at, len(piece.text))


_SPECIAL = pattern(r"\\|[ \t]*\n")
_CONTINUED = pattern(r"\\\n(?:[ \t]*\n)*[ \t]*")


def _double(text: Excerpt) -> Iterator[Excerpt]:
    text = text.cut(1, len(text.text) - 1)
    at = 0
    while True:
        special = _SPECIAL.search(text.text, at)
        if not special:
            yield text.cut(at, len(text.text))
            return
        start = special.start()
        yield text.cut(at, start)
        line_end = _BREAK.match(text.text, start)
        if line_end:
            yield _break(text, line_end)
            at = line_end.end()
            continue
        continued = _CONTINUED.match(text.text, start)
        if continued:
            at = continued.end()
            yield Excerpt.written_for("\n" * (continued[0].count("\n") - 1), text.span(start, at))
            continue
        code = _CODE.match(text.text, start)
        at = code.end() if code else start + 2
        char = chr(int(code[1] or code[2] or code[3], 16)) if code else _ESCAPES.get(text.text[start + 1 : at], "")
        yield Excerpt.written_for(char, text.span(start, at))


def _literal(text: Excerpt) -> Iterator[Excerpt]:
    yield from _block(text, is_folded=False)


def _folded_block(text: Excerpt) -> Iterator[Excerpt]:
    yield from _block(text, is_folded=True)


def _block(text: Excerpt, *, is_folded: bool) -> Iterator[Excerpt]:
    """The lines below the header of a block, without their indentation."""
    header = _HEADER.match(text.text)
    lines = text.cut(header.end() if header else len(text.text), len(text.text)).lines()
    indents = [len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip(" \n")]
    indent = indents[0] if indents else 0
    lines = [line.cut(min(indent, len(line.text) - line.text.endswith("\n")), len(line.text)) for line in lines]
    at = 0
    while at < len(lines):
        line = lines[at]
        end = len(line.text) - line.text.endswith("\n")
        yield line.cut(0, end)
        after = at + 1
        while after < len(lines) and not lines[after].text.rstrip("\n"):
            after += 1
        is_text = bool(line.text.rstrip("\n")) and line.text[0] not in " \t"
        if is_folded and is_text and after < len(lines) and lines[after].text[0] not in " \t":
            count, place = after - at - 1, line.span(end, len(line.text))
            yield Excerpt.written_for("\n" * count or " ", place)
            at = after
            continue
        yield line.cut(end, len(line.text))
        at += 1


_READERS = {"": _plain, "'": _single, '"': _double, "|": _literal, ">": _folded_block}
