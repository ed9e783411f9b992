"""The long options that a command may use at a point of its line, looked up as getopt_long does.

glibc's rules, observed with iptables-legacy 1.8.9: an exact name wins; else an abbreviation that fits only one option.
Names of iptables itself come before those of extensions, and among these the extension loaded last comes first. Two
names of one option (`--dport`, `--destination-port`) count as one. An extension that is loaded again keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...grammar.builtin import BY_LETTER, BY_NAME, BuiltIn
from ...grammar.extension import Extension, Option
from ...grammar.history.releases import NEWEST, Release, Spans, builtin_spans, option_spans
from ...grammar.values.base import IPV4, Family


class Owned(NamedTuple):
    """An option of a match or target, and the extension it belongs to."""

    extension: Extension
    option: Option


Found = BuiltIn | Owned


class Ambiguous:
    """An abbreviation that fits more than one option; `names` are the candidates."""

    def __init__(self, names: list[str]) -> None:
        self.names = names


@cache
def options_of(extension: Extension, family: Family, version: str) -> dict[str, Option]:
    """The options of an extension in a release, by each of their long names."""
    if version == NEWEST:
        return extension.by_name
    release = Release(version)
    return {
        name: option
        for name, option in extension.by_name.items()
        if release.is_in(option_spans(extension.name, name, family))
    }


def _spans_of_name(name: str, entry: BuiltIn, family: Family) -> Spans:
    return builtin_spans((f"--{name}", f"-{entry.letter}"), family)


def _spans_of_letter(entry: BuiltIn, family: Family) -> Spans:
    return builtin_spans((f"-{entry.letter}", f"--{entry.names[0]}"), family)


#: The long names that ip6tables lacks: it knows `-f`, but only to refuse it (observed with ip6tables-legacy 1.8.9).
_ONLY_IPV4 = ("fragments",)


@cache
def builtins(family: Family, version: str) -> dict[str, BuiltIn]:
    """The built-in long options of a release."""
    release = Release(version)
    return {
        name: entry
        for name, entry in BY_NAME.items()
        if (family == IPV4 or name not in _ONLY_IPV4)
        and (version == NEWEST or release.is_in(_spans_of_name(name, entry, family)))
    }


@cache
def letters(family: Family, version: str) -> dict[str, BuiltIn]:
    """The built-in one-letter options of a release; `0` is only the key of --line-numbers, which has no letter."""
    release = Release(version)
    return {
        letter: entry
        for letter, entry in BY_LETTER.items()
        if letter != "0" and (version == NEWEST or release.is_in(_spans_of_letter(entry, family)))
    }


#: From this release on, an option that two matches share belongs to the one loaded last; before, to the first.
_LAST_LOADED_FIRST = Release("1.4.11")


class Vocabulary:
    """The long options known so far on one command line."""

    __slots__ = ("_own", "family", "letters", "loaded", "release")

    def __init__(self, family: Family, release: Release) -> None:
        self.family, self.release = family, release
        self._own = builtins(family, release.version)
        self.letters = letters(family, release.version)
        self.loaded: list[tuple[Extension, dict[str, Option]]] = []

    def load(self, extension: Extension) -> None:
        """Make the options of an extension known; it must not be known yet."""
        self.loaded.append((extension, options_of(extension, self.family, self.release.version)))

    def find_letter(self, letter: str) -> BuiltIn | None:
        """The built-in option with this letter."""
        if self.release.is_watched and letter in BY_LETTER:
            self.release.is_in(_spans_of_letter(BY_LETTER[letter], self.family))
        return self.letters.get(letter)

    def is_shared(self, option: Option) -> bool:
        """Whether more than one loaded extension has an option of this name."""
        self._ask_for_exactly(option.name)
        return sum(option.name in options for _, options in self.loaded) > 1

    def find(self, name: str) -> Found | Ambiguous | None:
        """The option with this name, or with this unambiguous abbreviation."""
        self._ask_for_exactly(name)
        own = self._own.get(name)
        if own is not None:
            return own
        owners = [Owned(extension, options[name]) for extension, options in self.loaded if name in options]
        if len(owners) > 1:
            return owners[-1 if self.release >= _LAST_LOADED_FIRST else 0]
        return owners[0] if owners else self._abbreviated(name)

    # The tables did not ask a watched release for what they have: that is made up for here.

    def _ask_for_exactly(self, name: str) -> None:
        """Ask a watched release whether it has an option of this very name."""
        if not self.release.is_watched:
            return
        if name in BY_NAME:
            self.release.is_in(_spans_of_name(name, BY_NAME[name], self.family))
        for extension, _ in self.loaded:
            if name in extension.by_name:
                self.release.is_in(option_spans(extension.name, name, self.family))

    def _ask_for_all(self, beginning: str) -> None:
        """Ask a watched release for every option that an abbreviation may mean."""
        names = [*BY_NAME, *(name for extension, _ in self.loaded for name in extension.by_name)]
        for name in names if self.release.is_watched else ():
            if name.startswith(beginning):
                self._ask_for_exactly(name)

    def _abbreviated(self, beginning: str) -> Found | Ambiguous | None:
        self._ask_for_all(beginning)
        candidates: dict[int, tuple[str, Found]] = {}
        for name, entry in self._own.items():
            if name.startswith(beginning):
                candidates.setdefault(id(entry), (name, entry))
        for extension, options in self.loaded:
            for name, option in options.items():
                if name.startswith(beginning):
                    candidates.setdefault(id(option), (name, Owned(extension, option)))
        if len(candidates) > 1:
            return Ambiguous(sorted({name for name, _ in candidates.values()}))
        return next(iter(candidates.values()))[1] if candidates else None

    def names(self) -> Iterator[str]:
        """Every long name that could be used here."""
        yield from self._own
        for _, options in reversed(self.loaded):
            yield from options
