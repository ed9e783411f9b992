"""The commands in strings of a program or a configuration: `os.system("…")`, `exec.Command("…", "…")`, `inline = […]`.

A string is what it is after its escapes, joined with those that are added to it; a value that only the program knows is
unknown. Strings that are printed or described are for people. A list with the name of a program in it is its arguments.

Many a fence names a language only for its colours. A line that runs iptables, and is in no string or comment, is of a
shell in every language, and so are what looks like strings and comments in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..names import IPTABLES, is_iptables, is_shell
from ..pattern import pattern
from ..word import Arity
from .argument_words import argument_of
from .carried import UNKNOWN, Argument, Carried, Contents, Use, in_order, without_lines
from .string_lists import Element, List, statements
from .string_syntax import Syntax
from .string_tokens import Token, tokens

#: What plainly runs iptables at the start of a line.
_RUNS = pattern(rf"\s*(?:\$\s+)?(?:(?:sudo|doas)\s+)?(?:/[\w./-]*/)?{IPTABLES}\s+(?:!\s*)?[-–—]")
#: Functions that show their arguments to people, by the last part of their names.
_SHOWS = pattern(
    r"(?:.*[.:>])?(?:e?print|f?printf|e?println|puts|pp?|echo|secho|say|cout|write_?line|warn(?:ing)?|info|debug|notice|trace"
    r"|critical|fatal\w*|panic|log\w*|raise|throw|assert\w*|expect|describe|it|test|\w*errorf?|errors\.new|\w*exception"
    r"|die|abort|fail|message|help|alert)!?",
    re.IGNORECASE,
)
#: Keys of what people read.
_READ = pattern(
    r"[\"']?\w*(?:name|description|title|summary|msg|message|help|comment|notes?|label|docs?|reason|usage|example|error)"
    r"[\"']?",
    re.IGNORECASE,
)
#: What ends the arguments of a program where a language wants that said.
_NOTHING = pattern(r"(?:NULL|nullptr|nil|null|None|undefined|0)")

#: What adds to a variable: a command in it is not whole yet.
_GROWS = pattern(
    r"\b(\w+)(?:[ \t]*(?:[+.]=|<<)|\.(?:append|extend|push|push_back|add|insert|concat)\()|\bappend\((\w+)\b"
)


def commands_in_strings(code: Excerpt, syntax: Syntax) -> Contents:
    """What the strings of a text carry; lines without a string or a comment are left."""
    found = [*tokens(code, syntax)]
    grown = frozenset(match[1] or match[2] for match in _GROWS.finditer(code.text))
    carried: list[Carried] = []
    waiting: list[List] = [*statements(found, code)]
    while waiting:
        each = waiting.pop()
        carried += _carried_by(each, waiting, grown, syntax)
    return Contents(in_order(iter(carried)), without_lines(code, _lines_of(found, code)))


def _lines_of(found: list[Token], code: Excerpt) -> set[int]:
    """The numbers of the lines with strings and comments, except for those of a shell."""
    starts = [0, *(match.end() for match in re.finditer("\n", code.text))]
    taken: set[int] = set()
    inside: set[int] = set()
    for token in found:
        if token.kind in ("quoted", "remark"):
            ends = [token.end - 1]
            if token.string is not None and token.string.text:
                ends.append(bisect_left(code.starts, token.string.ends[-1]) - 1)
            first, last = (bisect_right(starts, at) - 1 for at in (token.start, max(ends)))
            taken.update(range(first, last + 1))
            inside.update(range(first + 1, last + 1))
    return taken - _lines_of_shell(code, inside)


def _lines_of_shell(code: Excerpt, inside: set[int]) -> set[int]:
    """The numbers of the lines of commands that run iptables, and do not begin inside a string or comment."""
    of_shell: set[int] = set()
    goes_on = False
    for number, line in enumerate(code.lines()):
        if goes_on or (number not in inside and _RUNS.match(line.text)):
            of_shell.add(number)
            goes_on = line.text.endswith("\\\n")
        else:
            goes_on = False
    return of_shell


def _carried_by(each: List, waiting: list[List], grown: frozenset[str], syntax: Syntax) -> Iterator[Carried]:
    """What the strings of a list carry; the lists in it are put to those in waiting. `grown` are the variables that get
    more later.
    """
    is_for_people = each.bracket != "{" and (each.is_for_people or bool(_SHOWS.fullmatch(each.name)))
    use: Use = "program" if syntax.joiner else "file"
    words, spliced = _words(each)
    taken = {id(word) for word in words}
    arguments = [argument for word in words if (argument := _argument(word)) is not None]
    if arguments and not is_for_people:
        if each.is_part:
            end = arguments[-1].span.end
            arguments.append(_unknown(Span(end, end), "list"))
        yield Carried(arguments=tuple(arguments), use="run", is_list=True)
    for element in each.elements:
        built = _built(element)
        if built is not None:
            built.is_for_people, built.is_part = is_for_people, each.is_part
            waiting.append(built)
        is_read = is_for_people or bool(_READ.fullmatch(element.key)) or bool(_SHOWS.fullmatch(element.name))
        is_part = each.is_part or each.name == "append" or element.is_joined or element.key.rpartition(" ")[2] in grown
        for inner in element.lists.values():
            if inner is not spliced:
                inner.is_for_people, inner.is_part = is_read, is_part
                waiting.append(inner)
        is_docstring = syntax.adjacent and not each.bracket and len(each.elements) == 1 and element.is_string
        text = None if is_read or is_docstring or id(element) in taken else element.string()
        if text is not None and text.text.strip():
            yield Carried(_to_be_continued(text) if element.key in grown else text, use=use)


def _built(element: Element) -> List | None:
    """The words that calls one after another give to a command: `Command::new("x").arg("y").args(["z"])`, of Rust."""
    words: list[Element] = []
    calls = 0
    for _, each in sorted(element.lists.items()):
        name = each.name.rpartition(".")[2].rpartition("::")
        if name[2] == "arg" or (name[2] == "new" and name[0].endswith("Command")):
            words += each.elements[:1]
        elif name[2] == "args":
            inner = [*each.elements[0].lists.values()]
            words += inner[0].elements if len(inner) == 1 else [each.elements[0].spread()]
        else:
            continue
        calls += 1
    return List("(", "", [word for word in words if word.tokens]) if calls > 1 else None


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
        if not (at == program + 1 and text is not None and is_iptables(text.text)):
            words.append(element)
    return words, None


def _unknown(span: Span, arity: Arity) -> Argument:
    return Argument(Excerpt.written_for(UNKNOWN, span), span, ((0, len(UNKNOWN)),), arity)


def _to_be_continued(text: Excerpt) -> Excerpt:
    """A string to which more is added later."""
    if text.text.endswith(UNKNOWN):
        return text
    last = text.span(len(text.text) - 1, len(text.text))
    return Excerpt.join((text, Excerpt.written_for(f" {UNKNOWN}", last)))


def _is_nothing(element: Element) -> bool:
    return len(element.tokens) == 1 and bool(_NOTHING.fullmatch(element.tokens[0].typed))


def _is_program(texts: list[Excerpt | None], at: int) -> bool:
    """Whether the string at an index is a program, with its arguments after it."""
    text = texts[at]
    is_program = text is not None and is_iptables(text.text)
    if text is None or not (is_program or is_shell(text.text)):
        return False
    after = (each.text for each in map(texts.__getitem__, range(at + 1, len(texts))) if each is not None)
    first = next(after, "")
    if is_program and is_iptables(first):
        first = next(after, "")
    return first.startswith(("-", "!")) or (is_program and not first)


def _argument(element: Element) -> Argument | None:
    """An element of a list as a word of a command; None if there is nothing."""
    if not element.tokens:
        return None
    text = element.string()
    span = element.span
    if text is None or not text.text:
        if element.is_string:
            return Argument(text or Excerpt("", (), ()), span)
        is_spread = element.tokens[0].typed in ("*", ".") or element.tokens[-1].typed == "."
        return _unknown(span, "list" if is_spread else "one")
    return argument_of(text, span)
