"""What a command means: a Rule, the matches and the target it uses, and the settings made from their options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..diagnostics.source import Span
from ..reading.word import Word

if TYPE_CHECKING:
    from .extension import Extension, Option


class Hole:
    """A placeholder for an unknown value (`$PORT`); keeps the text as typed.

    `asked_for` says what a check wanted to know: nothing, the facts that its kind gives about a value, or all of it.
    A hole is a probe as well: `meaning.slots` judges a command with holes in place of its values, and so learns on
    which of them the verdict depends.
    """

    __slots__ = ("asked_for", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked_for: Literal["", "facts", "value"] = ""

    def __str__(self) -> str:
        """The text, as shown to people."""
        return self.text


class Unknown(Exception):
    """Raised when a check asks for a value that is a hole; the check is then skipped."""


class Setting(NamedTuple):
    """One option as it was given: `! --every 3`."""

    option: Option
    value: Any
    negated: bool
    words: tuple[Word, ...]

    @property
    def known(self) -> Any:
        """The value; raises Unknown for a hole."""
        if isinstance(self.value, Hole):
            self.value.asked_for = "value"
            raise Unknown(self.option.name)
        return self.value

    @property
    def told(self) -> Any:
        """The value, for words about it; None for a hole. Nothing is decided by it, and so nothing is noted."""
        return None if isinstance(self.value, Hole) else self.value

    @property
    def facts(self) -> Any:
        """What the option's kind of value lets checks know of it; raises Unknown for a hole."""
        if isinstance(self.value, Hole):
            self.value.asked_for = self.value.asked_for or "facts"
            raise Unknown(self.option.name)
        return self.option.value.facts(self.value) if self.option.value is not None else None

    @property
    def span(self) -> Span:
        """From the option's word to its last value's."""
        first, last = self.words[0].span, self.words[-1].span
        return first.to(last) if last is not first else first

    @property
    def is_glued(self) -> bool:
        """Whether the value is part of the option's word: `-ptcp`, `--dport=22`."""
        return len(self.words) > 1 and self.words[1].span.end == self.words[0].span.end

    @property
    def value_span(self) -> Span:
        """The value's words, or the option's if it has no value or is glued to it."""
        return self.words[1].span.to(self.words[-1].span) if len(self.words) > 1 else self.words[0].span


class Use:
    """One use of a match or target, and its settings by option name, in order.

    `word` is its name, or the protocol's if that brought it in; `named` also includes the `-m`, `-j` or `-p` before it.
    """

    __slots__ = ("extension", "implicit", "named", "rule", "settings", "word")

    def __init__(self, extension: Extension, word: Word, named: Span, rule: Rule, implicit: bool = False) -> None:
        self.extension, self.word, self.named, self.rule, self.implicit = extension, word, named, rule, implicit
        self.settings: dict[str, list[Setting]] = {}

    def has(self, option: str) -> bool:
        """Whether the option was given."""
        return option in self.settings

    def value(self, option: str, default: Any = None) -> Any:
        """The value last given for an option, or the default; raises Unknown for a hole."""
        given = self.settings.get(option)
        return given[-1].known if given else default

    def told(self, option: str) -> Any:
        """The value last given for an option, for words about it; None if it was not given, or is a hole."""
        given = self.settings.get(option)
        return given[-1].told if given else None

    def facts(self, option: str) -> Any:
        """The facts of the value last given for an option, None if it was not given; raises Unknown for a hole."""
        given = self.settings.get(option)
        return given[-1].facts if given else None

    def negated(self, option: str) -> bool:
        """Whether the option was last given with a `!` before it."""
        given = self.settings.get(option)
        return bool(given) and given[-1].negated  # type: ignore[index]  # bool() does not narrow

    def span(self, option: str = "") -> Span:
        """Where an option is, or, if it was not given, where the extension is named."""
        given = self.settings.get(option)
        return given[-1].span if given else self.named


class Rule:
    """A parsed command: the options of iptables itself here, those of its matches and its target in their uses.

    Parsing completes it; nothing that looks at it later changes it.
    """

    __slots__ = (
        *("argument", "chain", "command", "command_word", "destinations", "family", "given", "goto", "jump", "matches"),
        *("number", "number_word", "protocol", "protocol_word", "sources", "table", "table_word", "target", "unread"),
        *("shared", "words", "written"),
    )

    def __init__(self, family: str, words: tuple[Word, ...]) -> None:
        self.family, self.words = family, words
        #: The long name of what it does (`append`), empty until one is read, and the words that say so.
        self.command = ""
        self.command_word: Word | None = None
        self.chain: Word | None = None
        #: A rule's number after the chain, or the policy or name.
        self.number: int | Hole | None = None
        self.number_word: Word | None = None
        self.argument: Word | None = None
        self.table = "filter"
        self.table_word: Word | None = None
        #: The options of iptables itself by letter, each as it was last given.
        self.given: dict[str, Setting] = {}
        self.protocol: int | Hole | None = None
        self.protocol_word: Word | None = None
        #: The addresses of -s and -d: networks, or holes for those that are unknown or cannot be read; None if the
        #: option is not given.
        self.sources: tuple[Any, ...] | None = None
        self.destinations: tuple[Any, ...] | None = None
        self.matches: list[Use] = []
        self.target: Use | None = None
        self.jump: Word | None = None
        self.goto = False
        #: The words whose meaning is not known: those that may expand to any options (`$OPTS`), the options of an
        #: unknown match, and everything from the word on at which reading stopped.
        self.unread: tuple[Word, ...] = ()
        #: Its canonical form, if that is known without looking at all of it; empty if it is not.
        self.written = ""
        #: What was found out about it, by name, for all rules that differ from it in values that do not matter.
        self.shared: dict[str, Any] | None = None

    def changed(self, **facts: Any) -> Rule:
        """A copy with some facts replaced; what it contains is shared."""
        other = Rule(self.family, self.words)
        for name in self.__slots__:
            setattr(other, name, facts.get(name, getattr(self, name)))
        other.written, other.shared = "", None
        return other

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
        """The protocol that every packet of this rule has, or None if several are possible; raises Unknown."""
        if isinstance(self.protocol, Hole):
            raise Unknown("protocol")
        return None if self.negated("p") else self.protocol or None
