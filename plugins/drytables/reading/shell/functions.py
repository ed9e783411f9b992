"""Functions and aliases that pass their arguments on to iptables: a call of one is a command of iptables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..pattern import pattern
from ..word import Word
from .programs import family_of, running

#: A word that stands for all arguments of a function, or for those from one on.
_REST = pattern(r"\$(?:[@*]|\{[@*](?::(?P<first>[1-9]))?\})")
_ONE = pattern(r"\$(?:(?P<plain>[1-9])|\{(?P<braced>[1-9])\})")
#: A command of iptables, and an option that needs a value.
_COMMAND = pattern(r"-[A-Z]|-\w*[LSFXZ]\w*|--(?:append|insert|delete|check|replace|list|flush|zero|new|policy|rename)")
_OPTION = pattern(r"-[a-zA-Z]|--[a-z][\w-]*")
_LISTING = pattern(r"-[nvxLSFXZw]")
_WORD = pattern(r"\S+")
#: What makes the body of an alias more than words.
_NOT_PLAIN = pattern(r"""['"\\$`|&;<>()\n]""")
_ADDING = frozenset({"-A", "-I", "--append", "--insert"})


class PassedOn(NamedTuple):
    """A command of iptables in a function: its words, the program's name first, its family, how many arguments the
    function has taken away before it, and whether its author expects that it may fail.
    """

    words: tuple[Word, ...]
    family: str
    taken: int = 0
    may_fail: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it needs no arguments."""
        last = self.words[-2].text
        needs_value = bool(_OPTION.fullmatch(last)) and not _LISTING.fullmatch(last)
        return not needs_value and any(_COMMAND.match(word.text) for word in self.words)

    def called(self, program: Word, arguments: Sequence[Word]) -> tuple[Word, ...] | None:
        """The words that a call with these arguments runs; None if it has too few."""
        given = arguments[self.taken :]
        place = Span(program.span.end, program.span.end)
        words = [program]
        for word in self.words[1:]:
            rest, one = _rest(word), _ONE.fullmatch(word.text) if word.holes else None
            number = int(one["plain"] or one["braced"]) if one else 0
            if rest is not None:
                first = int(rest["first"] or 1)
                words += given[first - 1 :]
            elif number and number <= len(given):
                words.append(given[number - 1]._replace(span=place))
            else:
                words.append(word._replace(span=place))
        return tuple(words) if len(arguments) > self.taken else None


@dataclass(slots=True)
class Function:
    """A function while it is read: the index where it ends, how many arguments it has taken away so far, and the
    commands that it passes the others on to. Not `is_plain` if what it passes on is not known.
    """

    name: str
    end: int
    taken: int = 0
    is_plain: bool = True
    commands: list[PassedOn] = field(default_factory=list)

    def note(self, words: Sequence[str], *, is_certain: bool) -> None:
        """Note what a command in it does to its arguments; `is_certain` says that it runs, and once."""
        if words[:1] == ["shift"] and is_certain and (len(words) == 1 or words[1].isdecimal()):
            self.taken += int(words[1]) if len(words) > 1 else 1
        elif words[:1] == ["shift"] or words[:2] == ["set", "--"]:
            self.is_plain = False

    def passes_on(self) -> PassedOn | None:
        """The command that a call stands for; of several, the one that adds a rule. None if that is not known."""
        if not (self.is_plain and self.commands) or len({each.family for each in self.commands}) > 1:
            return None
        adding = (each for each in self.commands if any(word.text in _ADDING for word in each.words))
        return next(adding, self.commands[0])


def of_alias(body: Excerpt) -> PassedOn | None:
    """The command of an alias, with the words of a call added; None if it is not a plain one of iptables."""
    if _NOT_PLAIN.search(body.text):
        return None
    words = [Word(match[0], body.span(*match.span())) for match in _WORD.finditer(body.text)]
    run = running([word.text for word in words])
    family = family_of(words[run.at].text) if run.at < len(words) else None
    if family is None:
        return None
    end = words[-1].span.end
    return PassedOn((*words[run.at :], Word("$@", Span(end, end), ((0, 2),), "list")), family)


def holds_rest(words: Sequence[Word]) -> bool:
    """Whether one of the words stands for the arguments of a function."""
    return any(_rest(word) for word in words[1:])


def _rest(word: Word) -> re.Match[str] | None:
    return _REST.fullmatch(word.text) if word.arity == "list" else None
