"""How older releases said what the newest says in other words: observed with iptables-legacy 1.8.9 and 1.8.11."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..diagnostics.diagnostic import Diagnostic
from ..grammar.builtin import BY_NAME
from ..grammar.releases import Release

#: The first release that uses these words, and that names iptables' own options by their names.
_SINCE = Release("1.8.11")


def in_words_of(release: Release, found: Diagnostic) -> Diagnostic:
    """A diagnostic that quotes what a release says."""
    return found if release >= _SINCE else found._replace(notes=tuple(map(_reworded, found.notes)))


def _reworded(note: str) -> str:
    for newer, older in _REWORDED:
        said = newer.search(note)
        if said:
            return note[: said.start()] + older(said) + note[said.end() :]
    return note


def _words(words: str) -> Callable[[re.Match[str]], str]:
    """Says these words, with the letter of the option that the newest names in the place of `@`."""

    def older(said: re.Match[str]) -> str:
        name = said.groupdict().get("name")
        return words.replace("@", f"-{BY_NAME[name].letter}") if name else words

    return older


def _end_of_a_range(said: re.Match[str]) -> str:
    """The end of a range, which is now held against its beginning; few extensions held one against the other before."""
    extension, option, end, least, most = said.groups()
    if end.isdecimal() and int(end) < int(least):
        return "tcpmss: invalid range given" if extension == "tcpmss" else f"{least} should be less than {end}"
    return f'{extension}: bad value for option "--{option}" near "{end}", or out of range (0-{most}).'


#: The words of the newest, and what makes those of older releases of them.
_REWORDED = tuple(
    (re.compile(newer), older)
    for newer, older in (
        (r"multiple --(?P<name>\S+) options not allowed", _words("multiple @ flags not allowed")),
        (r"Illegal option `--(?P<name>\S+)' with", _words("Illegal option `@' with")),
        (r"Can't use --(?P<name>\S+) with", _words("Can't use @ with")),
        (r"cannot have ! before --(?P<name>\S+)", _words("cannot have ! before @")),
        (r"--(?P<name>set-counters) (?=requires|packet|byte)", _words("@ ")),
        (r"must be shorter than 16 characters", _words("must be shorter than IFNAMSIZ (15)")),
        (r"You must specify \(the comma", _words("You must spefify (the comma")),
        (r"(?<=: )no ports specified", _words("multiport expection an option")),
        (r'\b(\w+): bad value for option "--(\S+)" near "([^"]*)", or out of range \((\d+)-(\d+)\)\.', _end_of_a_range),
    )
)
