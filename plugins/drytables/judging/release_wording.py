"""How older releases worded the messages of the newest: observed with iptables-legacy 1.8.9 and 1.8.11, and those
before 1.4.11.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..diagnostics.diagnostic import Diagnostic
from ..grammar.builtin import BY_NAME
from ..grammar.history.older_words import older_words
from ..grammar.history.releases import Release
from ..grammar.rule import Rule
from ..reading.pattern import pattern

#: The first release with this wording, and the first to refer to built-in options by their long names.
_SINCE = Release("1.8.11")


def in_words_of(release: Release, diagnostic: Diagnostic, rule: Rule) -> Diagnostic:
    """A diagnostic of a rule, with its quote in the words of a release."""
    quote = diagnostic.quote
    if quote is None or release >= _SINCE:
        return diagnostic
    of_a_table = _OF_A_TABLE.match(quote.words)
    if of_a_table:
        extension, option, what = of_a_table.groups()
        since = next((use.extension.table_since for use in rule.uses() if use.extension.name == extension), "")
        if since and release < Release(since):
            key = {"must be specified": "required", "can only be used once": option}.get(what, "")
            known = older_words(extension, key, release)
            return diagnostic._replace(quote=quote._replace(words=known or quote.words, since="" if known else since))
    return diagnostic._replace(quote=quote._replace(words=_reworded(quote.words, rule)))


#: How libxtables words what the table of an extension demands, which older releases of the extension said themselves.
_OF_A_TABLE = pattern(
    r'(\S+): (?:bad value for )?option "--([^"]+)"(?:,| (must be specified|can only be used once|cannot|also))'
)


def _reworded(words: str, rule: Rule) -> str:
    for use in rule.uses():
        for newer, older in use.extension.reworded.items():
            if newer in words:
                return words.replace(newer, older)
    for expression, reword in _REWORDED:
        match = expression.search(words)
        if match:
            return words[: match.start()] + reword(match, rule) + words[match.end() :]
    return words


def _words(words: str) -> Callable[[re.Match[str], Rule], str]:
    """Builds a rewording: these words, with `@` replaced by the letter of the option that the newest names."""

    def older(match: re.Match[str], rule: Rule) -> str:
        name = match.groupdict().get("name")
        return words.replace("@", f"-{BY_NAME[name].letter}") if name else words

    return older


def _end_of_a_range(match: re.Match[str], rule: Rule) -> str:
    """The end of a range, which is now compared with its beginning; few extensions compared the two before."""
    extension, option, end, least, most = match.groups()
    if end.isdecimal() and len(end) <= len(most) and int(end) < int(least):
        own = next((use.extension.reversed_says for use in rule.uses() if use.extension.name == extension), "")
        return own or f"{least} should be less than {end}"
    return f'{extension}: bad value for option "--{option}" near "{end}", or out of range (0-{most}).'


#: The messages of the newest, and what turns each into that of older releases.
_REWORDED = tuple(
    (pattern(newer), older)
    for newer, older in (
        (r"multiple --(?P<name>\S+) options not allowed", _words("multiple @ flags not allowed")),
        (r"Illegal option `--(?P<name>\S+)' with", _words("Illegal option `@' with")),
        (r"Can't use --(?P<name>\S+) with", _words("Can't use @ with")),
        (r"cannot have ! before --(?P<name>\S+)", _words("cannot have ! before @")),
        (r"--(?P<name>set-counters) (?=requires|packet|byte)", _words("@ ")),
        (r"must be shorter than 16 characters", _words("must be shorter than IFNAMSIZ (15)")),
        (r'\b(\w+): bad value for option "--(\S+)" near "([^"]*)", or out of range \((\d+)-(\d+)\)\.', _end_of_a_range),
    )
)
