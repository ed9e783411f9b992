"""A packet as people write it: `-p tcp -s 192.0.2.7 --dport 22 into eth0`.

Options are those of iptables, of its matches and of `-m`, each with one value; beside them a few words in plain English
stand for options: `into eth0`, `out of eth1`, `from 192.0.2.7:4000`, `to 198.51.100.9:22`, `tcp`, `new`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..diagnostics.codes.packet import BAD_PACKET
from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Source, Span
from ..grammar.builtin import BY_LETTER, RULE_COMMANDS
from ..grammar.values.base import IPV4, Family
from ..judging.suggestions import nearest
from ..judging.verdict import judge
from ..reading.shell.line import read_words
from ..reading.word import Command, Word
from .condition import Condition, Look
from .conditions import conditions_of
from .packet import STATES, Packet, Way
from .ruleset import PlacedRule
from .values import Ranges, Words

#: Types of ICMP messages that have no codes, so that theirs is 0; all others may have any.
_WITHOUT_CODES = {"ipv4": frozenset({0, 8, 13, 14, 17, 18}), "ipv6": frozenset({128, 129, 130, 131, 132})}
#: What a part of a rule says that is not about a packet.
_OF_RULES = {
    **{f"-{letter}": name for letter in RULE_COMMANDS for name in BY_LETTER[letter].names},
    "-j": "jump", "-g": "goto", "-t": "table", "-F": "flush", "-P": "policy", "-N": "new-chain",
}  # fmt: skip
_CHAINS: dict[Way, str] = {"in": "INPUT", "forward": "FORWARD", "out": "OUTPUT", "loopback": "OUTPUT"}
_LOOPBACK = "lo"


class _Phrase(NamedTuple):
    """Words in plain English: the option that they stand for."""

    words: tuple[str, ...]
    letter: str


_PHRASES = (
    _Phrase(("into",), "i"),
    _Phrase(("out", "of"), "o"),
    _Phrase(("from",), "s"),
    _Phrase(("to",), "d"),
)
_STATES = {state.lower(): state for state in STATES}
_PROTOCOLS = ("tcp", "udp", "icmp", "icmpv6", "sctp", "dccp", "udplite", "esp", "ah", "gre")
_PLAIN = ("into", "out of", "from", "to", *_STATES, *_PROTOCOLS)
_EXAMPLE = "write it as `-p tcp -s 192.0.2.7 --dport 22 into eth0`"


class Unreadable(Exception):
    """What is wrong with a description."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = tuple(diagnostics)


def read_packet(source: Source) -> Packet:
    """The packet that a text describes; what the text does not say is not known. Raises Unreadable.

    A packet that comes in through an interface is for this machine, unless it goes `out of` another; one that only goes
    out is sent by this machine, and one that goes out of `lo` by this machine to itself.

    >>> packet = read_packet(Source("packet", "-p tcp --dport 22 into eth0"))
    >>> packet.way, packet.in_interface, packet.destination_port, packet.source
    ('in', 'eth0', 22, None)
    """
    words = read_words(source.text)
    if isinstance(words, Diagnostic):
        raise Unreadable([words])
    reader = _Reader(words)
    reader.read()
    if not reader.words:
        raise _wrong(Span(0, len(source.text)), "nothing is said of the packet", _EXAMPLE)
    return _packet(reader, source)


def _wrong(span: Span, message: str, help: str = "", label: str = "", edits: tuple[Edit, ...] = ()) -> Unreadable:
    return Unreadable([Diagnostic(BAD_PACKET, message, Label(span, label), help=help, edits=edits)])


class _Reader:
    """Turns the words of a description into those of a rule."""

    def __init__(self, typed: Sequence[Word]) -> None:
        self.typed, self.at = typed, 0
        self.words: list[Word] = []
        #: Ports that were written after an address; they need the protocol before them.
        self.ports: list[Word] = []
        self.family: Family = IPV4
        self.interfaces: dict[str, Word] = {}

    def read(self) -> None:
        """Read all words."""
        while self.at < len(self.typed):
            word = self.typed[self.at]
            if word.text.startswith(("-", "!")):
                self.at += 1
                self._option(word)
            else:
                self._plain(word)
        self.words += self.ports

    def _option(self, word: Word) -> None:
        """Read an option with its values."""
        if word.text == "!":
            raise _wrong(word.span, "a packet is one thing or another, and nothing is not", "leave the `!` out")
        if word.text in _OF_RULES or any(f"--{name}" == word.text for name in _OF_RULES.values()):
            says = "this is of a rule, and not of a packet"
            raise _wrong(word.span, says, f"leave it out, and describe the packet: {_EXAMPLE}")
        if word.text in ("-4", "-6"):
            self.family = IPV4 if word.text == "-4" else "ipv6"
            return
        self.words.append(word)
        for _ in range(_values_after(word.text)):
            if self.at < len(self.typed) and not self.typed[self.at].text.startswith("-"):
                self._note(word.text, self.typed[self.at])
                self.words.append(self.typed[self.at])
                self.at += 1

    def _note(self, option: str, value: Word) -> None:
        """What follows from the value of an option for how all others are read."""
        if option in ("-i", "--in-interface", "-o", "--out-interface"):
            self.interfaces["i" if option in ("-i", "--in-interface") else "o"] = value
        elif option in ("-s", "-d", "--source", "--destination", "--src", "--dst") and value.text.count(":") > 1:
            self.family = "ipv6"

    def _plain(self, word: Word) -> None:
        phrase = next((each for each in _PHRASES if self._says(each.words)), None)
        if phrase is not None:
            self.at += len(phrase.words)
            self._value(phrase, word)
            return
        self.at += 1
        if word.text.lower() in _STATES:
            self._insert(word.span, "-m", "conntrack", "--ctstate", _STATES[word.text.lower()])
        elif word.text.lower() in _PROTOCOLS:
            self._insert(word.span, "-p", word.text.lower())
        else:
            meant = nearest(word.text.lower(), _PLAIN)
            edits = (Edit(word.span, meant),) if meant else ()
            help = f"did you mean `{meant}`?" if meant else _EXAMPLE
            raise _wrong(word.span, f"`{word.text}` says nothing of a packet", help, edits=edits)

    def _says(self, words: Sequence[str]) -> bool:
        typed = self.typed[self.at : self.at + len(words)]
        return [word.text.lower() for word in typed] == [*words]

    def _value(self, phrase: _Phrase, word: Word) -> None:
        said = " ".join(phrase.words)
        if self.at == len(self.typed) or self.typed[self.at].text.startswith("-"):
            what = "an interface" if phrase.letter in "io" else "an address"
            raise _wrong(word.span, f"`{said}` needs {what} after it", f"write `{said} {_examples(phrase)}`")
        value = self.typed[self.at]
        self.at += 1
        if phrase.letter in "io":
            self._note(f"-{phrase.letter}", value)
        else:
            value = self._without_port(phrase.letter, value)
        self.words += (Word(f"-{phrase.letter}", word.span), value)

    def _without_port(self, letter: str, value: Word) -> Word:
        """An address without the port after it, which is kept for later."""
        text = value.text
        if text.count(":") > 1 and not text.startswith("["):
            self.family = "ipv6"
            return value
        if text.startswith("["):
            self.family = "ipv6"
        address, colon, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
        if colon:
            start = len(text) - len(port)
            option = "--sport" if letter == "s" else "--dport"
            self.ports += (Word(option, value.span), Word(port, value.part(start, len(text))))
        address = address if colon else text
        return Word(address.strip("[]"), value.part(0, len(address)))

    def _insert(self, span: Span, *texts: str) -> None:
        self.words += (Word(text, span) for text in texts)


#: The options that do not have just one value, of matches that describe a packet.
_VALUES = {"--syn": 0, "-f": 0, "--fragments": 0, "--tcp-flags": 2}


def _values_after(option: str) -> int:
    """How many values follow an option: none if it is in the same word."""
    is_glued = "=" in option if option.startswith("--") else len(option) > 2
    return 0 if is_glued else _VALUES.get(option, 1)


def _examples(phrase: _Phrase) -> str:
    return "eth0" if phrase.letter in "io" else "192.0.2.7"


def _way(reader: _Reader) -> Way:
    comes, goes = reader.interfaces.get("i"), reader.interfaces.get("o")
    if goes is None:
        return "in"
    if goes.text == _LOOPBACK:
        return "loopback"
    return "out" if comes is None else "forward"


def _packet(reader: _Reader, source: Source) -> Packet:
    """Judge the words as those of a rule, which a packet must meet, and take from it what the packet is."""
    way, family = _way(reader), reader.family
    start = Span(0, 0)
    program = "iptables" if family == IPV4 else "ip6tables"
    head = tuple(Word(text, start) for text in (program, "-A", _CHAINS[way]))
    words = (*head, *_without_loopback(reader, way))
    verdict = judge(Command(words, Span(0, len(source.text)), family))
    errors = [each for each in verdict.diagnostics if each.severity == "error"]
    if errors:
        raise Unreadable(errors)
    rule = verdict.rule
    sources, destinations = rule.sources or (None,), rule.destinations or (None,)
    if len(sources) > 1 or len(destinations) > 1:
        letter = "s" if len(sources) > 1 else "d"
        raise _wrong(rule.given[letter].span, "a packet has one address here, and not several")
    facts: dict[str, Any] = {}
    for condition in conditions_of(PlacedRule(rule, verdict.command.span, sources[0], destinations[0])):
        for field, value in _facts(condition, family):
            if value is None or facts.get(field, value) != value:
                raise _no_packet(condition, field, source, value is None)
            facts[field] = value
    return _completed(Packet(family=family, way=way), facts)


def _without_loopback(reader: _Reader, way: Way) -> Iterator[Word]:
    """The words of the rule; a packet that goes out of `lo` also comes in there, which no rule can ask for at once."""
    skipped = 0
    for at, word in enumerate(reader.words):
        if way == "loopback" and word.text in ("-i", "--in-interface") and at + 1 < len(reader.words):
            skipped = 2
        if skipped:
            skipped -= 1
        else:
            yield word


def _facts(condition: Condition, family: Family) -> Iterator[tuple[str, Any]]:
    """What a condition says of the packet that meets it: fields and their values; None if it leaves several."""
    if isinstance(condition, Look) and not condition.negated:
        if condition.field == "icmp":
            yield from _icmp(condition, family)
            return
        only = condition.values.only
        if condition.field == "state":
            yield "states", condition.values.words if isinstance(condition.values, Words) else None
        elif condition.field in ("is_later_fragment", "is_reply"):
            yield condition.field, None if only is None else bool(only)
        elif condition.field in Packet.__dataclass_fields__:
            yield condition.field, only
        else:
            yield condition.field, None
    else:
        yield "", None


def _icmp(condition: Look, family: Family) -> Iterator[tuple[str, Any]]:
    pairs = condition.values.ranges if isinstance(condition.values, Ranges) else ()
    low, high = pairs[0] if len(pairs) == 1 else (0, 0xFFFF)
    if low >> 8 != high >> 8:
        yield "icmp_type", None
        return
    yield "icmp_type", low >> 8
    if low == high:
        yield "icmp_code", low & 0xFF
    elif low >> 8 in _WITHOUT_CODES[family]:
        yield "icmp_code", 0


def _no_packet(condition: Condition, field: str, source: Source, is_wide: bool) -> Unreadable:
    """Why a condition describes no packet."""
    text = condition.text
    at = source.text.find(text) if text else -1
    span = Span(at, at + len(text)) if at >= 0 else Span(0, len(source.text))
    if not is_wide:
        return _wrong(span, f"`{text}` contradicts what is said before", "say each thing once")
    if isinstance(condition, Look) and not condition.negated and field in Packet.__dataclass_fields__:
        return _wrong(span, f"`{text}` is true of several packets", "write one value: a packet has just one")
    return _wrong(
        span, f"`{text}` cannot be followed", "leave it out; where a rule asks for it, both ways are followed"
    )


def _completed(packet: Packet, facts: dict[str, Any]) -> Packet:
    """The packet, with what follows from the rest."""
    packet = packet.changed(**facts)
    way = packet.way
    if way in ("out", "loopback"):
        packet = packet.changed(in_interface="")
    elif way == "in":
        packet = packet.changed(out_interface="")
    if any(facts.get(name) is not None for name in ("source_port", "destination_port", "tcp_flags", "icmp_type")):
        packet = packet.changed(is_later_fragment=False)
    if way == "loopback":
        packet = packet.changed(out_interface=_LOOPBACK)
    is_reply = facts.get("is_reply", False)
    return packet.changed(is_reply=is_reply) if packet.is_reply is None else packet
