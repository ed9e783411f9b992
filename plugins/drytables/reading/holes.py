"""How many arguments a hole may stand for, judging by how it was typed."""

from __future__ import annotations

from collections.abc import Iterable

from .pattern import pattern
from .word import Arity

#: `$@`, `${a[@]}`, `${@:2}`, `${!prefix@}`: as many arguments as there are, even in quotes.
_EVERY_ARGUMENT = pattern(r"\$(?:@|\{!?(?:@|\w+\[@\]|\w+@\}))")
#: The same with a star, which is one argument in quotes.
_EVERY_ARGUMENT_IN_ONE = pattern(r"\$(?:\*|\{!?(?:\*|\w+\[\*\]|\w+\*\}))")
#: `$#`, `$?`, `$((i + 1))`, `${#name}`: a number, which contains nothing to split at.
_NUMBER = pattern(r"\$(?:[#?$!]|\(\(|\[|\{#)")
#: An ellipsis, or what a synopsis calls optional.
_ANY_NUMBER = ("...", "…", "[")
#: What begins an expansion, or a placeholder between delimiters.
_DELIMITERS = tuple("$`<{\\«‹〈《【「『（＜%#@*|")
_ORDER: tuple[Arity, ...] = ("one", "split", "list")


def arity_of(hole: str, *, is_quoted: bool = False) -> Arity:
    """How many arguments an expansion or a placeholder stands for, if it is a whole word; one that is a name alone
    (`YOUR_IP`, `192.0.2.x`) is one.
    """
    if _EVERY_ARGUMENT.match(hole):
        return "list"
    if is_quoted or _NUMBER.match(hole):
        return "one"
    if hole.startswith(_ANY_NUMBER) or _EVERY_ARGUMENT_IN_ONE.match(hole):
        return "list"
    return "split" if hole.startswith(_DELIMITERS) else "one"


def widest(arities: Iterable[Arity]) -> Arity:
    """The arity of a word whose holes have these."""
    return max(arities, key=_ORDER.index, default="one")
