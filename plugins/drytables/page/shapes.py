"""Verdicts on commands that differ from others in their values only: the first ones of a shape are judged, and what
came out is repeated with the words of the others.

A shape is a command without the values of its options; `meaning.slots` finds out which of these its verdict depends on.
Only a verdict without a diagnostic is repeated, for commands of which everything is known. It is the one that judging
would give, with all that is in its rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..diagnostics.source import Span
from ..grammar.extension import Extension, Option
from ..grammar.history.older_values import value_in
from ..grammar.history.releases import Release
from ..grammar.rule import Rule, Setting, Use
from ..judging.parsing.networks import read_networks
from ..judging.verdict import Verdict, judge
from ..meaning.canonical import canonical
from ..meaning.slots import KEPT, Slots, find_slots
from ..reading.word import Command, Word

#: How many shapes and verdicts are kept at most, and how long their commands may be. When there are more, all are
#: forgotten.
_MOST, _LONGEST = 4_096, 1_000
#: How many commands of a shape are judged by themselves. To find out which of its values matter takes as long as to
#: judge six, and most that occur twice do not occur ten times.
_JUDGED = 4
#: How many values of an option are remembered.
_MOST_VALUES = 64

_WITH_VALUE = frozenset({"-s", "-d", "-i", "-o"})
_WITHOUT_SLOT = frozenset(f"--{name}" for name in KEPT)
#: The sign for a value in a shape, and the separator of its words. Neither occurs in a text that has a shape.
_SLOT, _BETWEEN = "\0", "\n"
#: What a rule consists of: single words of its command, and what does not depend on the values in its slots.
_WORDS = ("command_word", "chain", "number_word", "argument", "table_word", "protocol_word", "jump")
_FACTS = ("command", "number", "table", "protocol", "sources", "destinations", "goto")
#: The commands that zero counters as well, depending on where their words are.
_LISTING = ("list", "list-rules", "zero")

#: Makes a value of a text; None if it is the same for all commands.
_Reader = Callable[[str], Any] | None


class _SettingOf(NamedTuple):
    """A setting of a shape: `at` are the places of its words."""

    option: Option
    value: Any
    negated: bool
    at: tuple[int, ...]
    read: _Reader

    def of(self, words: Sequence[Word]) -> Setting:
        """The setting, with the words of a command."""
        value = self.value if self.read is None else self.read(words[self.at[-1]].text)
        return Setting(self.option, value, self.negated, tuple([words[at] for at in self.at]))


class _UseOf(NamedTuple):
    """A match or target of a shape: the places of its name, and of the first word of `named`."""

    extension: Extension
    at: int
    first: int
    implicit: bool
    settings: tuple[tuple[str, tuple[_SettingOf, ...]], ...]

    def of(self, words: Sequence[Word], rule: Rule) -> Use:
        """The use, with the words of a command."""
        word = words[self.at]
        use = _RepeatedUse(self.extension, word, Span(words[self.first].span.start, word.span.end), rule, self.implicit)
        del use.settings
        use.shape = self
        return use


class _RepeatedUse(Use):
    """A use whose settings are made on request: most are never asked for."""

    __slots__ = ("shape",)

    shape: _UseOf

    def __getattr__(self, name: str) -> Any:
        """The settings, which are not there yet."""
        if name != "settings":
            raise AttributeError(name)
        words = self.rule.words
        self.settings = {each: [setting.of(words) for setting in some] for each, some in self.shape.settings}
        return self.settings


class _NotOfWords(Exception):
    """Raised for a rule in which something is only part of a word of its command, such as the value in `--dport=22`."""


class _Model:
    """A verdict that holds for other commands as well."""

    __slots__ = ("facts", "given", "has_networks", "matches", "needs", "shared", "slots", "target", "words")

    def __init__(self, verdict: Verdict, slots: Slots, unbound: frozenset[int], shared: dict[str, Any]) -> None:
        """Take apart a verdict; `unbound` are the places of the values on which it does not depend, and `shared` is
        what is known of all rules that differ in these only. Raises _NotOfWords.
        """
        rule = verdict.rule
        self.slots, self.shared = slots, shared
        self.needs = verdict.needs
        places = {id(word): at for at, word in enumerate(verdict.command.words)}
        words = ((name, getattr(rule, name)) for name in _WORDS)
        self.words = [(name, _place(word, places)) for name, word in words if word is not None]
        self.facts = [(name, getattr(rule, name)) for name in _FACTS]

        def setting_of(setting: Setting, extension: Extension | None = None) -> _SettingOf:
            at = tuple(_place(word, places) for word in setting.words)
            read = None
            if at[-1] in unbound:
                read = _reader(extension, setting.option, rule.family, verdict.release) if extension else str
            return _SettingOf(setting.option, setting.value, setting.negated, at, read)

        def use_of(use: Use) -> _UseOf:
            settings = tuple(
                (name, tuple(setting_of(each, use.extension) for each in some)) for name, some in use.settings.items()
            )
            at = _place(use.word, places)
            first = next((each for each in (at - 1, at) if _begins(use, verdict.command.words[each])), None)
            if first is None:
                raise _NotOfWords
            return _UseOf(use.extension, at, first, use.implicit, settings)

        self.given = [(letter, setting_of(setting)) for letter, setting in rule.given.items()]
        self.has_networks = any(letter in "sd" and setting.read for letter, setting in self.given)
        self.matches = [use_of(use) for use in rule.matches]
        self.target = use_of(rule.target) if rule.target is not None else None

    def verdict(self, command: Command, printed: Sequence[str], release: Release) -> Verdict:
        """The verdict on another command, of the same shape and with the same facts, whose values print like this."""
        words = command.words
        rule = Rule(command.family, words)
        for name, fact in self.facts:
            setattr(rule, name, fact)
        for name, at in self.words:
            setattr(rule, name, words[at])
        rule.given = {letter: setting.of(words) for letter, setting in self.given}
        rule.matches = [use.of(words, rule) for use in self.matches]
        if self.target is not None:
            rule.target = self.target.of(words, rule)
        if self.has_networks:
            read_networks(rule, release)
        rule.written = self.slots.filled(printed) or ""
        rule.shared = self.shared
        return Verdict(command, release, rule, "accepted", (), self.needs, ())


def _place(word: Word, places: dict[int, int]) -> int:
    """The place of a word in its command; raises _NotOfWords."""
    at = places.get(id(word))
    if at is None:
        raise _NotOfWords
    return at


def _begins(use: Use, word: Word) -> bool:
    """Whether what names a match or target begins with a word, and ends with the name."""
    return use.named == Span(word.span.start, use.word.span.end)


@cache
def _reader(extension: Extension, option: Option, family: str, release: Release) -> Callable[[str], Any]:
    """What reads the values of an option of a match or target."""
    kind = value_in(extension, option, family, release)
    return lru_cache(_MOST_VALUES)(lambda text: kind.read(text, family))


class _Waiting:
    """What will be a model once enough commands were seen: how many were, and what is known of all their rules."""

    __slots__ = ("seen", "shared")

    def __init__(self) -> None:
        self.seen = 0
        self.shared: dict[str, Any] = {}


class _Shape:
    """What is known of a shape: its slots, and the models by what these depend on.

    `slots` is None until enough commands were seen. `is_each_judged` says that none will ever be repeated.
    """

    __slots__ = ("is_each_judged", "models", "seen", "slots")

    def __init__(self) -> None:
        self.slots: Slots | None = None
        self.seen = 1
        self.models: dict[Hashable, _Model | _Waiting] = {}
        self.is_each_judged = False


class Shapes:
    """The shapes of the commands that a release has judged so far."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._shapes: dict[Hashable, _Shape] = {}
        self._held = 0

    def verdict(self, command: Command) -> Verdict | None:
        """The verdict on a command, if it is known without judging the command."""
        texts = [word.text for word in command.words]
        places = _places(command, texts)
        if places is None:
            return None
        values = [texts[at] for at in places]
        for at in places:
            texts[at] = _SLOT
        key = command.family, _BETWEEN.join(texts)
        shape = self._shapes.get(key)
        if shape is None:
            self._make_room()
            self._shapes[key] = _Shape()
            return None
        if shape.is_each_judged:
            return None
        if shape.slots is None:
            shape.seen += 1
            return self._learnt(shape, command, places) if shape.seen >= _JUDGED else None
        reading = shape.slots.read(values)
        if reading is None:
            return None
        printed, facts = reading
        model = shape.models.get(facts)
        if isinstance(model, _Model):
            return model.verdict(command, printed, self.release)
        if model is None:
            self._make_room()
            model = shape.models[facts] = _Waiting()
        if model.seen >= _JUDGED:
            return self._learnt(shape, command, places)
        model.seen += 1
        return self._judged(command, model.shared)

    def _judged(self, command: Command, shared: dict[str, Any]) -> Verdict | None:
        """Judge a command in full; None if there is something to say of it."""
        verdict = judge(command, self.release)
        verdict.rule.shared = shared
        return None if verdict.diagnostics else verdict

    def _make_room(self) -> None:
        self._held += 1
        if self._held > _MOST:
            self._shapes.clear()
            self._held = 1

    def _learnt(self, shape: _Shape, command: Command, places: Sequence[int]) -> Verdict | None:
        """Judge a command in full, and keep what of its verdict holds for other values."""
        verdict = judge(command, self.release)
        if verdict.status != "accepted" or verdict.diagnostics or verdict.rule.command in _LISTING:
            shape.is_each_judged = shape.slots is None
            return None if verdict.diagnostics else verdict
        slots = find_slots(command, places, shape.slots, canonical(verdict.rule), self.release)
        if shape.slots is None or (slots.bound, slots.telling) != (shape.slots.bound, shape.slots.telling):
            shape.slots, shape.models = slots, {}
        reading = slots.read([command.words[at].text for at in places])
        if reading is not None:
            unbound = frozenset(at for slot, at in enumerate(places) if slot not in slots.bound)
            waiting = shape.models.get(reading[1])
            try:
                shape.models[reading[1]] = _Model(verdict, slots, unbound, waiting.shared if waiting else {})
            except _NotOfWords:
                shape.is_each_judged = True
        return verdict


def _places(command: Command, texts: Sequence[str]) -> list[int] | None:
    """The places of the values in a command; None if it has no shape, as not all of it is known and plain."""
    whole = " ".join(texts)
    if len(whole) > _LONGEST or not (whole.isascii() and whole.isprintable()):
        return None
    for word in command.words:
        if word.holes:
            return None
    places = []
    for at, text in enumerate(texts[:-1]):
        if text[:1] == "-" and (text in _WITH_VALUE or (text[:2] == "--" and _takes_value(text))):
            value = texts[at + 1]
            if value and value[0] not in "-!":
                places.append(at + 1)
    return places


@lru_cache(maxsize=1024)
def _takes_value(option: str) -> bool:
    """Whether a long option may have its value in the word after it."""
    return len(option) > 2 and option not in _WITHOUT_SLOT and "=" not in option


@cache
def shapes_of(version: str) -> Shapes:
    """The shapes that this process has met, for a release."""
    return Shapes(Release(version))
