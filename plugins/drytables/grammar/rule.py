"""What a command means: a Rule, the matches and the target it uses, and the settings made of their options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..diagnostics.source import Span
from ..reading.word import Word

if TYPE_CHECKING:
    from .extension import Extension, Option


class Hole:
    """Stands where a value is not known (`$PORT`); keeps the text as typed."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Unknown(Exception):
    """Raised when a check asks for a value that is a hole; the check is then not made."""


@dataclass(slots=True)
class Setting:
    """One option as it was given: `! --every 3`."""

    option: Option
    value: Any
    negated: bool
    words: tuple[Word, ...]

    @property
    def span(self) -> Span:
        """From the option's word to its last value's."""
        return self.words[0].span.to(self.words[-1].span)

    @property
    def value_span(self) -> Span:
        """The value's words, or the option's where it has none or is glued to it."""
        return self.words[1].span.to(self.words[-1].span) if len(self.words) > 1 else self.words[0].span


@dataclass(slots=True)
class Use:
    """One use of a match or target, and its settings by option name, in order.

    `word` is its name, or the protocol's where that brought it in; `named` also takes in the `-m`, `-j` or `-p`
    before it. `is_whole` is False where an older release lets something be left out, or stand together, that newer
    ones do not.
    """

    extension: Extension
    word: Word
    named: Span
    rule: Rule
    implicit: bool = False
    is_whole: bool = True
    settings: dict[str, list[Setting]] = field(default_factory=dict)

    def has(self, option: str) -> bool:
        """Whether the option was given."""
        return option in self.settings

    def value(self, option: str, default: Any = None) -> Any:
        """The value last given for an option, or the default; raises Unknown for a hole."""
        given = self.settings.get(option)
        if not given:
            return default
        if isinstance(given[-1].value, Hole):
            raise Unknown(option)
        return given[-1].value

    def negated(self, option: str) -> bool:
        """Whether the option was last given with a `!` before it."""
        given = self.settings.get(option)
        return bool(given) and given[-1].negated  # type: ignore[index]  # bool() does not narrow

    def span(self, option: str = "") -> Span:
        """Where an option stands, or the naming of the extension when it was not given."""
        given = self.settings.get(option)
        return given[-1].span if given else self.named


@dataclass(slots=True)
class Rule:
    """A command taken apart.

    `command` is the long name of what it does (`append`), empty while none was read. `given` holds the built-in
    options by letter, the last one given. Addresses are (address, mask) pairs of integers or holes; a protocol is its
    number.
    """

    family: str
    words: tuple[Word, ...]
    command: str = ""
    command_word: Word | None = None
    chain: Word | None = None
    number: int | Hole | None = None
    number_word: Word | None = None
    argument: Word | None = None
    table: str = "filter"
    table_word: Word | None = None
    given: dict[str, Setting] = field(default_factory=dict)
    protocol: int | Hole | None = None
    protocol_word: Word | None = None
    sources: list[Any] = field(default_factory=list)
    destinations: list[Any] = field(default_factory=list)
    matches: list[Use] = field(default_factory=list)
    target: Use | None = None
    jump: Word | None = None
    goto: bool = False

    def uses(self) -> Iterator[Use]:
        """The matches in order, then the target."""
        yield from self.matches
        if self.target is not None:
            yield self.target

    def negated(self, letter: str) -> bool:
        """Whether a built-in option was given with a `!` before it."""
        setting = self.given.get(letter)
        return setting is not None and setting.negated

    @property
    def plain_protocol(self) -> int | None:
        """The protocol that every packet of this rule has, or None where several are possible; raises Unknown."""
        if isinstance(self.protocol, Hole):
            raise Unknown("protocol")
        return None if self.negated("p") else self.protocol or None
