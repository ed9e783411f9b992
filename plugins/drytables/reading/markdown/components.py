"""Code in a component of MDX: `<CodeBlock>{`…`}</CodeBlock>` and `<Code code={`…`} />`, as JavaScript reads it."""

from __future__ import annotations

import re

from ..excerpt import Excerpt
from ..pattern import pattern

_TEMPLATE = r"(?P<raw>String\.raw)?`(?P<template>(?:[^`\\]|\\.)*+)`"
_TEXT = rf"""(?:{_TEMPLATE}|"(?P<double>(?:[^"\\\n]|\\.)*+)"|'(?P<single>(?:[^'\\\n]|\\.)*+)')"""
_CHILD = pattern(rf"\s*+\{{\s*+{_TEXT}\s*+\}}\s*+\Z", re.DOTALL)
_VALUE = pattern(
    rf"\b(?:code|children|content|source|text|value)=(?:\{{\s*+{_TEXT}\s*+\}}|\"(?P<plain>[^\"]*+)\")", re.DOTALL
)
_ESCAPE = pattern(r"\\(?P<what>.)", re.DOTALL)
#: What an escape means where that is not its own character; a line end after a backslash is none.
_MEANINGS = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}


def child(text: Excerpt) -> Excerpt | None:
    """The code that is the only child of a component, as an expression; None if it is not an expression."""
    return _value(text, _CHILD.match(text.text))


def value_of(words: Excerpt) -> Excerpt | None:
    """The code that a component is given as a value, by the words of its tag; None if there is none."""
    return _value(words, _VALUE.search(words.text))


def _value(text: Excerpt, match: re.Match[str] | None) -> Excerpt | None:
    if match is None:
        return None
    groups = match.groupdict()
    name = next(each for each in ("template", "double", "single", "plain") if groups.get(each) is not None)
    code = text.cut(match.start(name), match.end(name))
    return code if name == "plain" or match["raw"] else _unescaped(code)


def _unescaped(code: Excerpt) -> Excerpt:
    """The code with what each escape stands for."""
    pieces, at = [], 0
    for escape in _ESCAPE.finditer(code.text):
        meaning = _MEANINGS.get(escape["what"], escape["what"])
        pieces += [code.cut(at, escape.start()), Excerpt.written_for(meaning, code.span(*escape.span()))]
        at = escape.end()
    return Excerpt.join([*pieces, code.cut(at, len(code.text))])
