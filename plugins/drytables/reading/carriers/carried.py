"""What text in another language carries: scripts for a shell, and the arguments of programs that no shell sees."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..names import is_beginning
from ..word import Arity

#: What a text is for: a shell runs it (`run:`), it may be the contents of a file, or the program has some use for it.
Use = Literal["run", "file", "program"]
#: What stands in a text for a value that only the other language knows: it is read as a placeholder.
UNKNOWN = "{}"


class Argument(NamedTuple):
    """One word that a program receives: its characters with their places, its span, which of them are unknown, and how
    many words it may be in truth.
    """

    text: Excerpt
    span: Span
    holes: tuple[tuple[int, int], ...] = ()
    arity: Arity = "one"


class Carried(NamedTuple):
    """One string that a language carries, as its readers see it, or one list of arguments.

    A `script` is for a shell if `use` says that it is run. If there are `arguments`, no shell sees it: they go to a
    program as they are, and `is_list` says that they are typed as a list, each by itself. `may_fail` says that the
    author expects it may fail.
    """

    script: Excerpt | None = None
    arguments: tuple[Argument, ...] = ()
    use: Use = "program"
    may_fail: bool = False
    is_list: bool = False


class Contents(NamedTuple):
    """What a text carries, and the lines of it that were not understood, each of the others left empty."""

    carried: tuple[Carried, ...]
    rest: Excerpt


def is_part_of_commands(part: Carried) -> bool:
    """Whether it is only what commands begin with: a program keeps it to add the rest."""
    if part.arguments:
        return part.is_list and is_beginning(" ".join(argument.text.text for argument in part.arguments))
    return part.script is not None and part.use != "run" and is_beginning(part.script.text)


def without_lines(code: Excerpt, taken: Collection[int]) -> Excerpt:
    """The code with the lines of some numbers (from 0) emptied."""
    return Excerpt.join(_emptied(line) if number in taken else line for number, line in enumerate(code.lines()))


def _emptied(line: Excerpt) -> Excerpt:
    return line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))


def in_order(carried: Iterator[Carried]) -> tuple[Carried, ...]:
    """What is carried, by its place in the text."""
    return tuple(sorted(carried, key=_place))


def _place(each: Carried) -> int:
    if each.script is not None:
        return each.script.starts[0] if each.script.text else 0
    return each.arguments[0].span.start if each.arguments else 0
