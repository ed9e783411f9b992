"""The commands in strings of a program or a configuration: `os.system("…")`, `exec.Command("…", "…")`, `inline = […]`.

A string is what it is after its escapes, joined with those that are added to it; a value that only the program knows is
unknown. Strings that are printed or described are for people. A list with the name of a program in it is its arguments.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ..excerpt import Excerpt
from .argument_words import argument_of
from .carried import Argument, Carried, Contents, in_order, without_lines
from .string_lists import Element, List, statements
from .string_syntax import Syntax
from .string_tokens import UNKNOWN, Token, tokens

_PROGRAM = re.compile(r"(?:\S*/)?ip6?tables(?:-legacy|-nft)?")
_SHELL = re.compile(r"(?:\S*/)?(?:ba|da|a|k|z)?sh")
#: Functions that show their arguments to people, by the last part of their names.
_SHOWS = re.compile(
    r"(?:.*[.:>])?(?:e?print|f?printf|e?println|puts|pp?|echo|secho|say|cout|write_?line|warn(?:ing)?|info|debug|notice|trace"
    r"|critical|fatal\w*|panic|log\w*|raise|throw|assert\w*|expect|describe|it|test|\w*errorf?|errors\.new|\w*exception"
    r"|die|abort|fail|message|help|alert)!?",
    re.IGNORECASE,
)
#: Keys of what people read.
_READ = re.compile(
    r"[\"']?\w*(?:name|description|title|summary|msg|message|help|comment|notes?|label|docs?|reason|usage|example|error)"
    r"[\"']?",
    re.IGNORECASE,
)
#: What ends the arguments of a program where a language wants that said.
_NOTHING = re.compile(r"(?:NULL|nullptr|nil|null|None|undefined|0)")


def commands_in_strings(code: Excerpt, syntax: Syntax) -> Contents:
    """What the strings of a text carry; lines without a string or a comment are left."""
    found = [*tokens(code, syntax)]
    carried: list[Carried] = []
    waiting: list[List] = [*statements(found, code)]
    while waiting:
        each = waiting.pop()
        carried += _carried_by(each, waiting, has_docstrings=syntax.adjacent)
    return Contents(in_order(iter(carried)), without_lines(code, _lines_of(found, code)))


def _lines_of(found: list[Token], code: Excerpt) -> set[int]:
    """The numbers of the lines with strings and comments."""
    starts = [0, *(match.end() for match in re.finditer("\n", code.text))]
    taken: set[int] = set()
    for token in found:
        if token.kind in ("quoted", "remark"):
            ends = [token.end - 1]
            if token.text.text:
                ends.append(bisect_left(code.starts, token.text.ends[-1]) - 1)
            first, last = (bisect_right(starts, at) - 1 for at in (token.start, max(ends)))
            taken.update(range(first, last + 1))
    return taken


def _carried_by(each: List, waiting: list[List], *, has_docstrings: bool) -> Iterator[Carried]:
    """What the strings of a list carry; the lists in it are put to those in waiting."""
    is_for_people = each.bracket != "{" and (each.is_for_people or bool(_SHOWS.fullmatch(each.name)))
    words, spliced = _words(each)
    arguments = tuple(argument for word in words if (argument := _argument(word)) is not None)
    if arguments and not is_for_people:
        yield Carried(arguments=arguments, use="run", is_list=True)
    for element in each.elements:
        is_read = is_for_people or bool(_READ.fullmatch(element.key)) or bool(_SHOWS.fullmatch(element.name))
        for inner in element.lists.values():
            if inner is not spliced:
                inner.is_for_people = is_read
                waiting.append(inner)
        is_docstring = has_docstrings and not each.bracket and len(each.elements) == 1 and element.is_string
        text = None if is_read or is_docstring or any(element is word for word in words) else element.string()
        if text is not None and text.text.strip():
            yield Carried(text)


def _words(each: List) -> tuple[list[Element], List | None]:
    """The elements of a list that are the words of one command, and the list among them that holds the last of them."""
    texts = [element.string() if element.is_string else None for element in each.elements]
    program = next((at for at in range(len(texts)) if _is_program(texts, at)), None)
    if program is None:
        return [], None
    first = program
    while first and texts[first - 1] is not None:
        first -= 1
    words = each.elements[first : program + 1]
    for at in range(program + 1, len(each.elements)):
        element, text = each.elements[at], texts[at]
        inner = element.lists.get(len(element.tokens) - 1)
        if text is None and inner is not None and inner.bracket in ("[", "{"):
            return [*words, *inner.elements], inner
        if text is None and (element.key or _is_nothing(element)):
            break
        # execl(3) wants the name twice.
        if not (at == program + 1 and text is not None and _PROGRAM.fullmatch(text.text)):
            words.append(element)
    return words, None


def _is_nothing(element: Element) -> bool:
    return len(element.tokens) == 1 and bool(_NOTHING.fullmatch(element.tokens[0].text.text))


def _is_program(texts: list[Excerpt | None], at: int) -> bool:
    """Whether the string at an index is a program, with its arguments in the strings after it."""
    text = texts[at]
    if text is None:
        return False
    after = texts[at + 1] if at + 1 < len(texts) else None
    if _SHELL.fullmatch(text.text):
        return after is not None and after.text.startswith("-")
    return bool(_PROGRAM.fullmatch(text.text))


def _argument(element: Element) -> Argument | None:
    """An element of a list as a word of a command; None if there is nothing."""
    if not element.tokens:
        return None
    text = element.string()
    span = element.tokens[0].span.to(element.tokens[-1].span)
    if text is None or not text.text:
        if element.is_string:
            return Argument(text or Excerpt("", (), ()), span)
        return Argument(Excerpt.written_for(UNKNOWN, span), span, ((0, len(UNKNOWN)),))
    return argument_of(text, span)
