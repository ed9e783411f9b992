"""Which values of a command its verdict depends on, and how the others are read.

The place of a value in a command is a slot. The command is judged with holes in its slots as probes (`Hole` in
grammar/rule.py): a check that asks one for its value is noticed, and the canonical form shows where the others are
printed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..grammar.builtin import BY_NAME, LONGEST_INTERFACE
from ..grammar.extension import Extension, Option
from ..grammar.history.older_values import readings, value_in
from ..grammar.history.releases import Release, word_spans
from ..grammar.rule import Hole, Rule, Setting
from ..grammar.values.addresses import Name, Network, dotted_quad, read_network, write_network
from ..grammar.values.base import IPV4, Family, InvalidValue, Value
from ..judging.verdict import judge
from ..reading.word import Command, Word
from .canonical import canonical

#: The names of the built-in options whose values are no slots: all but those for addresses and interfaces.
KEPT = tuple(name for name, entry in BY_NAME.items() if entry.letter not in "sdio")

#: A value as the command's form prints it; None if the command must be judged again for it.
Printer = Callable[[str], str | None]
#: What the verdict depends on.
Teller = Callable[[str], Hashable]

#: How many values of an option are remembered; most options have only a few values, or far too many.
_MOST_VALUES = 64

#: The private-use character that marks the first slot; those of the others follow it.
_FIRST_MARK = 0xE000


class Writing(NamedTuple):
    """A form of rules, and how it prints the values in it; each returns None where it has to be worked out again.

    rule         all of a rule, whose values may be holes, which are printed as their text
    value        an option's value, negated or not
    network      an address or network after -s or -d, negated or not
    host         the same of an IPv4 address in its usual form, given as text
    interface    the name of an interface, negated or not
    """

    rule: Callable[[Rule], str | None]
    value: Callable[[Option, Any, Family, bool], str | None]
    network: Callable[[Network, Family, bool], str | None]
    host: Callable[[str, bool], str]
    interface: Callable[[str, bool], str | None]


def _canonical_value(option: Option, value: Any, family: Family, negated: bool) -> str | None:
    return option.value.write(value, family) if option.value is not None else None


#: The form that `iptables -S` prints.
CANONICAL = Writing(
    canonical,
    _canonical_value,
    lambda network, family, negated: write_network(network, family),
    lambda text, negated: f"{text}/32",
    lambda name, negated: name,
)


class Slots(NamedTuple):
    """The slots of a command.

    Of `bound` slots the whole text matters, of `telling` ones the facts that their kind of value states. `tellers`
    return these facts, each for the slot before it. `form` is the command's form as a format string, filled with what
    the `printers` return.
    """

    printers: tuple[Printer, ...]
    tellers: tuple[tuple[int, Teller], ...]
    bound: frozenset[int]
    telling: frozenset[int]
    form: str | None

    def filled(self, printed: Sequence[str]) -> str | None:
        """The form with these values."""
        return None if self.form is None else self.form.format(*printed)

    def read(self, values: Sequence[str]) -> tuple[list[str], tuple[Hashable, ...]] | None:
        """Values as they are printed, and what the verdict depends on; None if one of them is not read here."""
        printed = [print_value(value) for print_value, value in zip(self.printers, values, strict=True)]
        if None in printed:
            return None
        return printed, tuple([tell(values[slot]) for slot, tell in self.tellers])  # type: ignore[return-value]


class _Place(NamedTuple):
    """Where a mark is used: an option and its owner, or the letter of a built-in option."""

    setting: Setting
    extension: Extension | None = None
    letter: str = ""


class _Trial:
    """A command judged with marks in all slots but the `firm` ones."""

    def __init__(
        self, command: Command, places: Sequence[int], firm: Collection[int], release: Release, writing: Writing
    ) -> None:
        words = list(command.words)
        marked = [slot for slot in range(len(places)) if slot not in firm]
        for slot in marked:
            words[places[slot]] = Word(chr(_FIRST_MARK + slot), words[places[slot]].span, holes=((0, 1),))
        verdict = judge(command._replace(words=tuple(words)), release)
        is_refused = verdict.status == "refused"
        self.form = None if is_refused else writing.rule(verdict.rule)
        self.places = dict(_marked(verdict.rule))
        asked = {slot: "value" if is_refused else self._asked(slot) for slot in marked}
        #: The slots whose marks were asked for their value, or for the facts that their kind of value states.
        self.bound = {slot for slot in marked if asked[slot] == "value"}
        self.telling = {slot for slot in marked if asked[slot] == "facts"}

    def _asked(self, slot: int) -> str:
        """What a mark was asked for; everything, if it did not become the value of an option."""
        if slot not in self.places:
            return "value"
        hole = self.places[slot].setting.value
        return hole.asked_for if isinstance(hole, Hole) else ""


def _marked(rule: Rule) -> Iterator[tuple[int, _Place]]:
    """The settings whose value is a mark, by its slot."""
    for use in rule.uses():
        for settings in use.settings.values():
            for setting in settings:
                if isinstance(setting.value, Hole) and len(setting.value.text) == 1:
                    yield ord(setting.value.text) - _FIRST_MARK, _Place(setting, use.extension)
    for letter in "sdio":
        given = rule.given.get(letter)
        if given is not None and given.words[-1].holes:
            yield ord(given.words[-1].text) - _FIRST_MARK, _Place(given, letter=letter)


def find_slots(
    command: Command,
    places: Sequence[int],
    known: Slots | None,
    expected: str | None,
    release: Release,
    writing: Writing = CANONICAL,
) -> Slots:
    """Take out the values at some places of an accepted command, whose form in a `writing` is `expected`.

    `known` is what is already known of the slots of similar commands. There is always an answer: if all slots are
    bound, the command itself is left.
    """
    bound, telling = (set(known.bound), set(known.telling)) if known else (set[int](), set[int]())
    while True:
        _find_asked(command, places, bound, telling, release, writing)
        trial = _Trial(command, places, bound, release, writing)
        bound |= {slot for slot in range(len(places)) if slot not in trial.places}
        readers = [
            _WHOLE if slot in bound else _reader(trial.places[slot], command.family, release, slot in telling, writing)
            for slot in range(len(places))
        ]
        slots = Slots(
            tuple(printer for printer, _ in readers),
            tuple((slot, teller) for slot, (_, teller) in enumerate(readers) if teller is not None),
            frozenset(bound),
            frozenset(telling),
            _as_format(trial.form, len(places)),
        )
        values = [command.words[place].text for place in places]
        reading = slots.read(values)
        if reading is not None and slots.filled(reading[0]) == expected:
            return slots
        unread = {slot for slot, (printer, _) in enumerate(readers) if printer(values[slot]) is None}
        bound |= unread or {*range(len(places))}
        telling -= bound


def _find_asked(
    command: Command, places: Sequence[int], bound: set[int], telling: set[int], release: Release, writing: Writing
) -> None:
    """Add the slots that are asked for anything.

    The first question to a mark ends a check. What it would ask next is found by restoring the values that were asked
    for.
    """
    while True:
        trial = _Trial(command, places, bound | telling, release, writing)
        if not trial.bound and not trial.telling:
            return
        bound |= trial.bound
        telling |= trial.telling


def _as_format(text: str | None, count: int) -> str | None:
    if text is None:
        return None
    text = text.replace("{", "{{").replace("}", "}}")
    return text.translate({_FIRST_MARK + slot: f"{{{slot}}}" for slot in range(count)})


def _itself(text: str) -> str:
    return text


#: Reads a value in a bound slot.
_WHOLE: tuple[Printer, Teller | None] = (_itself, _itself)


def _reader(
    place: _Place, family: Family, release: Release, tells: bool, writing: Writing
) -> tuple[Printer, Teller | None]:
    """The reader of the values of a slot that is not bound; `tells` says that their facts matter."""
    setting, extension, letter = place
    if extension is None:
        if letter in "io":
            return _interface_printer(setting.negated, writing), None
        return _network_printer(family, setting.negated, writing), None
    return _value_reader(extension, setting.option, setting.negated, family, release, tells, writing)


@cache
def _value_reader(
    extension: Extension, option: Option, negated: bool, family: Family, release: Release, tells: bool, writing: Writing
) -> tuple[Printer, Teller | None]:
    value, printed = value_in(extension, option, family, release), option.value
    assert printed is not None
    default = None if negated else option.default
    names_something = type(printed).needs is not Value.needs

    @lru_cache(_MOST_VALUES)
    def print_value(text: str) -> str | None:
        try:
            found = value.read(text, family)
        except InvalidValue:
            return None
        if (default is not None and found == default) or (names_something and printed.needs(found)):
            return None
        if any(each.is_misread for each in readings(extension, option, (text,), family)):
            return None
        return writing.value(option, found, family, negated)

    @lru_cache(_MOST_VALUES)
    def tell(text: str) -> Hashable:
        spans = tuple((first, last) for first, last, *_ in readings(extension, option, (text,), family))
        return printed.facts(value.read(text, family)) if tells else None, spans

    has_changed = bool(option.before or word_spans(extension.name, option.name))
    return print_value, tell if tells or has_changed else None


@cache
def _interface_printer(negated: bool, writing: Writing) -> Printer:
    """The printer of the name of an interface: any word but one that means all interfaces, or is too long."""

    def print_interface(name: str) -> str | None:
        is_usual = name != "+" and len(name) <= LONGEST_INTERFACE and name.isascii()
        return writing.interface(name, negated) if is_usual else None

    return print_interface


@cache
def _network_printer(family: Family, negated: bool, writing: Writing) -> Printer:
    """The printer of one address after -s or -d: a numeric one that does not mean all addresses."""

    @lru_cache(_MOST_VALUES)
    def print_network(text: str) -> str | None:
        if family == IPV4 and dotted_quad(text) is not None:
            return writing.host(text, negated)
        if "," in text or " " in text or "\t" in text:
            return None
        try:
            network = read_network(text, family)
        except InvalidValue:
            return None
        if isinstance(network.address, Name) or not (network.mask or negated):
            return None
        return writing.network(network, family, negated)

    return print_network
