"""Mistakes in the tables of words, and tables that are not there, in the report of a build: whoever translates a theme
need not know its templates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, Label
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import Found, Trouble

from .checks import fault_of
from .codes import WRONG_WORDS
from .tags import kept_form, written_form
from .words import ENGLISH, Tables

#: CLDR's names of plural forms.
_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})


def check_tables(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Report what is wrong with a table of the theme, and with the setting WORDS."""
    settings = generators[0].settings
    folder = Tables.of(settings).folder
    english = _table(folder / f"{ENGLISH}.toml", _stamp(folder / f"{ENGLISH}.toml"))
    if isinstance(english, str) or not english:
        return
    for file in sorted(folder.glob("*.toml")):
        table = _table(file, _stamp(file))
        if isinstance(table, str):
            yield Trouble(str(file.absolute()), table)
            continue
        faults = [*_faults(table, english)]
        text = file.read_text(encoding="utf-8") if faults else ""
        for key, what, help_ in faults:
            diagnostic = Diagnostic(WRONG_WORDS, what, Label(_place(text, key)), help=help_)
            yield Found(str(file.absolute()), text, diagnostic)
    for language, table in settings.get("WORDS", {}).items():
        for _, what, help_ in _faults(table, english):
            yield Trouble("WORDS", f'has under "{language}": {what}; {help_}')


def check_for_tables(generators: list[Any]) -> Iterator[Trouble]:
    """Report each language of the site that has no table, if its theme has any: English is around its texts."""
    settings, contents = generators[0].settings, generators[0].context["generated_content"].values()
    tables = Tables.of(settings)
    if not (tables.folder / f"{ENGLISH}.toml").is_file():
        return
    languages = {kept_form(settings["DEFAULT_LANG"])} | {each.lang for each in contents if each is not None}
    missing = {
        tables.folder.absolute() / f"{written_form(language).partition('-')[0]}.toml": language
        for language in sorted(languages, reverse=True)  # `zh` names the table of `zh-cn` as well
        if not tables.has(language) and fault_of(language) is None
    }
    for file, language in sorted(missing.items()):
        yield Trouble(
            str(file),
            f"is not there, so the words around what is in {tables.name_of(language)} are English; "
            f"copy {ENGLISH}.toml beside it to this name, and translate what is in it",
            "warning",
        )


def _faults(table: Mapping[str, Any], english: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The keys of a table that are wrong, with what is, and what to do."""
    for key, words in table.items():
        if key not in english:
            near = get_close_matches(key, english, 1)
            yield (
                key,
                f"no template asks for `{key}`",
                f"write `{near[0]}`" if near else f"see {ENGLISH}.toml for what they ask",
            )
            continue
        forms = words if isinstance(words, Mapping) else {"other": words}
        if not all(isinstance(form, str) for form in forms.values()):
            yield key, f"`{key}` is not text", 'put it between quotes: "…"'
        elif "other" not in forms or not forms.keys() <= _FORMS:
            yield (
                key,
                f"`{key}` has not the plural forms of a language",
                f"`other` is needed, and may go with {_listed(_FORMS - {'other'})}",
            )
        elif unknown := {name for form in forms.values() for name in _names(form)} - {*_names_of(english[key])}:
            known = [*_names_of(english[key])]
            yield (
                key,
                f"`{key}` asks for {_listed(unknown)}, which is never filled in",
                f"{_listed(known)} can be filled in"
                if known
                else "nothing is filled in here: write `{{` and `}}` for braces",
            )


def _names_of(words: Any) -> Iterator[str]:
    for form in words.values() if isinstance(words, Mapping) else (words,):
        yield from _names(form)


def _names(form: str) -> Iterator[str]:
    """What is filled in to some words; what cannot be parsed is named as it is."""
    try:
        yield from (name for _, name, *_ in Formatter().parse(form) if name is not None)
    except ValueError:
        yield form


def _listed(names: Any) -> str:
    return ", ".join(f"`{{{name}}}`" if name not in _FORMS else f"`{name}`" for name in sorted({*names}))


def _place(text: str, key: str) -> Span:
    found = re.search(rf"^{re.escape(key)}\b", text, re.MULTILINE)
    return Span(*found.span()) if found else Span(0, 1)


def _stamp(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _table(file: Path, _stamp: tuple[int, int]) -> dict[str, Any] | str:
    """A table, or what is wrong with all of it."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        return f"cannot be read as TOML: {error}"
