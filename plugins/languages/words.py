"""The words of a theme: one table for each language, `words/es.toml` beside the templates, and what the setting WORDS
puts in their place, `WORDS = {"es": {"archives": "Todas"}}`.

What a table does not have is taken from that of the wider language (`es` for `es-AR`), and in the end from the English
one, which has everything.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from .direction import isolated
from .tags import kept_form, wider

ENGLISH = "en"
#: A text, or one for each plural form by its CLDR name.
Words = str | Mapping[str, str]
#: Languages that have one form for 1 and another for every other number that is likely here. The rest are looked up.
_SINGULAR_AND_PLURAL = frozenset({"en", "es"})
#: Kinds of values that are put in as they are: formatting makes nothing else of them.
_WITHOUT_FORMAT = frozenset({str, Markup, int})


class MissingWords(LookupError):
    """A template asks for words that no table has; the message says which."""


class Tables:
    """The words of one theme, in all languages that it has."""

    def __init__(self, folder: Path, overrides: Mapping[str, Mapping[str, Words]]) -> None:
        """`folder` has the tables, each named after its language; `overrides` are those of the setting, by language."""
        self.folder = folder
        self._overrides = {language.lower(): words for language, words in overrides.items()}
        self._tables: dict[str, dict[str, Words]] = {}
        self._said: dict[tuple[str, str], Markup] = {}  # what has no values in it

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Tables:
        """Return the words of the theme of a site, whose settings these are."""
        return cls(Path(settings["THEME"], "words"), settings.get("WORDS", {}))

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {path.stem.lower(): path for path in sorted(self.folder.glob("*.toml"))}

    def say(self, language: str, key: str, values: Mapping[str, Any]) -> Markup:
        """Return the words for a key as HTML, in a language or the nearest there is, with values put in, which are text
        unless they are marked as HTML. Words of another direction are kept in it.

        Of words with plural forms, the one for the value `count` is taken. Raises MissingWords if no table has any.
        """
        if values:
            return self._found(language, key, values)
        if (language, key) not in self._said:
            self._said[language, key] = self._found(language, key, values)
        return self._said[language, key]

    def _found(self, language: str, key: str, values: Mapping[str, Any]) -> Markup:
        for found_in in (*wider(language), ENGLISH):
            words = self._table(found_in).get(key)
            if words is not None:
                try:
                    said = _filled(words, found_in, values)
                except (LookupError, ValueError):  # table_checks.py reports it
                    continue
                return Markup(isolated(said, found_in, within=language))
        raise MissingWords(f"`{key}` is in none of the tables in {self.folder}: add it to {ENGLISH}.toml")

    def has(self, language: str) -> bool:
        """Return whether there are any words in a language, or in a wider one."""
        return any(each == ENGLISH or self._table(each) for each in wider(language))

    def name_of(self, language: str) -> str:
        """Return the name of a language in that language; its tag if nobody knows one."""
        name = self._table(kept_form(language)).get("language")
        if isinstance(name, str):
            return name
        from .cldr import own_name

        return own_name(language)

    def _table(self, language: str) -> dict[str, Words]:
        if language not in self._tables:
            file = self._files.get(language)
            self._tables[language] = {**_read(file), **self._overrides.get(language, {})}
        return self._tables[language]


def _filled(words: Words, language: str, values: Mapping[str, Any]) -> Markup:
    """Words with values put in. Raises LookupError or ValueError if they ask for others, or lack a form."""
    if isinstance(words, Mapping):
        words = words.get(plural(language, values["count"])) or words["other"]
    html = Markup.escape(words)
    parts = _parts(str(html))
    if parts is None or any(type(value) not in _WITHOUT_FORMAT for value in values.values()):
        return html.format(**values)
    said = [text if name is None else f"{text}{escape(values[name])}" for text, name in parts]
    return Markup("".join(said))


@cache
def _parts(html: str) -> list[tuple[str, str | None]] | None:
    """Words in parts: each a text and the name of the value after it, if there is one. None if any value is asked for
    in another way than by its name alone. Raises ValueError if the words are not well formed.
    """
    parts = [*Formatter().parse(html)]
    if any(form or conversion or not (name is None or name.isidentifier()) for _, name, form, conversion in parts):
        return None
    return [(text, name) for text, name, _, _ in parts]


def _read(file: Path | None) -> dict[str, Words]:
    """What is in a table; nothing if it cannot be read, which table_checks.py reports."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        return {}


def plural(language: str, count: int) -> str:
    """Return the name of the plural form that a language has for a number."""
    if wider(language)[-1] in _SINGULAR_AND_PLURAL:
        return "one" if count == 1 else "other"
    from .cldr import plural_of

    return plural_of(language, count)
