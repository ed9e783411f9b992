"""What a setting can be: one function for each kind of value, which returns it as the program uses it, or says what is
wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from ..diagnostics.codes.every import CODES
from ..diagnostics.diagnostic import Level, Severity
from ..grammar.history.releases import FIRST, NEWEST, Release, releases
from ..reading.markdown.dialect import DIALECTS, Dialect
from .patterns import Patterns, spec_of
from .suggestion import suggestion
from .toml_places import Way

Choice = TypeVar("Choice", bound=str)
Step = TypeVar("Step", bound=str | int)

#: The severities that a fault in a command within a sentence may have.
INLINE: tuple[Severity, ...] = ("note", "error")
_LEVELS: tuple[Level, ...] = get_args(Level)
#: Faults that end a check, or that only a site has, cannot be switched off.
_SETTABLE = {name: code for name, code in CODES.items() if code.on not in ("site", "settings", "packet")}
#: What people write for false.
_NO = frozenset({"false", "no", "off", "never", "0"})
_KINDS: dict[type, str] = {
    str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "a table",
}  # fmt: skip


class BadValue(Exception):
    """A value that a setting cannot have; `way` leads to it from the setting, and is the key's own where `is_key`.

    `others` are wrong as well, elsewhere in the same setting.
    """

    def __init__(self, message: str, help: str, way: Way = (), *, is_key: bool = False) -> None:
        super().__init__(message)
        self.message, self.help, self.way, self.is_key = message, help, way, is_key
        self.others: list[BadValue] = []


@dataclass(frozen=True, slots=True)
class Read:
    """What a setting's value is read with: the `folder` that its paths are relative to."""

    folder: str


#: Makes of a value what the program uses; raises BadValue. What else it is given depends on the kind of table.
Reader = Callable[[Any, Any], Any]


def text(value: Any, _: object) -> str:
    """A string with something in it."""
    if not isinstance(value, str):
        raise BadValue(f"a string is expected, not {kind_of(value)}", 'write it in quotes, as in "docs"')
    if not value.strip():
        raise BadValue("an empty string says nothing", "write what is meant, or remove the setting")
    return value


def boolean(value: Any, _: object) -> bool:
    """Whether something holds."""
    if not isinstance(value, bool):
        word = str(value).strip().lower()
        example = "false" if word in _NO else "true"
        raise BadValue(f"a boolean is expected, not {kind_of(value)}", f"write {example}, without quotes")
    return value


def texts(value: Any, read: object) -> tuple[str, ...]:
    """A list of strings."""
    if not isinstance(value, list):
        example = f'write ["{value}"]' if isinstance(value, str) else 'write ["docs"]'
        raise BadValue(f"a list of strings is expected, not {kind_of(value)}", example)
    return tuple(each_of(text, dict(enumerate(value)), read).values())


def patterns(value: Any, read: Read) -> Patterns:
    """A list of patterns."""
    lines = texts(value, read)
    each_of(_pattern, dict(enumerate(lines)), read)
    return Patterns(read.folder, lines)


def _pattern(line: str, _: Read) -> str:
    try:
        matches = any(each.include is not None for each in spec_of((line,)).patterns)
    except ValueError:
        matches = False
    if not matches:
        raise BadValue(f"the pattern `{line}` matches no path", "write it as in .gitignore")
    return line


def release(value: Any, read: Read) -> Release:
    """A release of iptables."""
    if isinstance(value, float):
        raise BadValue("a release is a string, not a number", f'write "{value}"')
    version = text(value, read)
    try:
        return Release(version)
    except ValueError:
        help = suggestion(version, (each.version for each in releases()), f"the known releases are {FIRST} to {NEWEST}")
        raise BadValue(f"unknown iptables release `{version}`", help) from None


def dialect(value: Any, read: Read) -> Dialect:
    """Which Markdown reads a file."""
    return one_of(DIALECTS, value, read, "Markdown")


def inline(value: Any, read: Read) -> Severity:
    """The severity of a fault in a command within a sentence."""
    return one_of(INLINE, value, read, "level")


def levels(value: Any, read: Read) -> Mapping[str, Level]:
    """A table of codes, and how much each counts."""
    if not isinstance(value, dict):
        raise BadValue(f"a table of codes is expected, not {kind_of(value)}", 'write { unseen-fence = "off" }')
    unknown = {code: _unknown_code(code) for code in value if code not in _SETTABLE}
    known: dict[str, Any] = {_SETTABLE[code]: level for code, level in value.items() if code not in unknown}
    return each_of(_level, known, read, list(unknown.values()))


def _level(value: Any, read: Read) -> Level:
    if isinstance(value, bool):
        raise BadValue("a string is expected, not a boolean", f'write "{"error" if value else "off"}"')
    return one_of(_LEVELS, value, read, "level")


def _unknown_code(code: str) -> BadValue:
    if code in CODES:
        why = "remove it: nothing is checked or published while there is such a fault"
        return BadValue(f"`{code}` cannot be set", why, (code,), is_key=True)
    help = suggestion(code, _SETTABLE, "`drytables codes` lists them")
    return BadValue(f"unknown code `{code}`", help, (code,), is_key=True)


def one_of(choices: tuple[Choice, ...], value: Any, read: object, what: str) -> Choice:
    """One of some strings."""
    word = text(value, read)
    for choice in choices:
        if choice == word:
            return choice
    help = suggestion(word, choices, f"it can be {', '.join(choices[:-1])} or {choices[-1]}")
    raise BadValue(f"unknown {what} `{word}`", help)


def each_of(reader: Reader, parts: Mapping[Step, Any], read: object, bad: Sequence[BadValue] = ()) -> dict[Step, Any]:
    """What each part of a value is read as; raises BadValue with all that is wrong, and what is known to be."""
    all_bad, good = [*bad], {}
    for step, part in parts.items():
        try:
            good[step] = reader(part, read)
        except BadValue as wrong:
            wrong.way = (step, *wrong.way)
            all_bad.append(wrong)
    if all_bad:
        all_bad[0].others = all_bad[1:]
        raise all_bad[0]
    return good


def kind_of(value: Any) -> str:
    """What a value is, in the words of TOML."""
    return _KINDS.get(type(value), "a date or time")
