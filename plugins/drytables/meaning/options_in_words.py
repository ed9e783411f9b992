"""What the options of iptables itself ask for, in words."""

from __future__ import annotations

from ..grammar.builtin import BY_LETTER
from ..grammar.rule import Hole, Rule, Setting
from ..grammar.values.addresses import Network, say_network
from ..grammar.values.interfaces import say_interface
from ..grammar.values.protocols import say_protocol
from ..grammar.values.wording import Context, counted, in_a_row, quoted
from .sentences import filled

_OPTIONS = {
    "i": "packets {|not }coming in through {value}",
    "o": "packets {|not }going out through {value}",
    "f": "{only|not} the second and later fragments of a packet",
    "n": "show addresses and ports as numbers, without looking up names",
    "v": "show more details",
    "x": "show counters in full",
    "0": "number the rules",
    "M": "load kernel modules with {value}",
    "4": "for IPv4",
    "6": "for IPv6",
    "h": "show the help",
    "V": "show the version",
}


def option_in_words(rule: Rule, letter: str, setting: Setting) -> str:
    """What a built-in option asks for; every letter has words but those of commands, and `-j`, `-g`, `-m` and `-t`."""
    if letter in _IN_THEIR_OWN_WAY:
        return _IN_THEIR_OWN_WAY[letter](rule, setting)
    text = str(setting.value)
    value = say_interface(text) if letter in "io" else text or quoted(text)
    return filled(_OPTIONS[letter], setting.negated, value)


def _addresses(rule: Rule, setting: Setting, networks: tuple[Network | Hole, ...] | None, way: str) -> str:
    """`from 10.0.0.1 or 192.0.2.0/24`; without any bits of a mask, every address is meant."""
    said = [_network(each, rule.family) for each in networks or ()]
    if _typed(setting).lower() == "localhost":
        said = [f"localhost ({each})" for each in said]
    if not said or any(isinstance(each, Network) and not each.mask for each in networks or ()):
        return f"packets {way} no address, which none is" if setting.negated else f"packets {way} any address"
    return f"packets {way} {'any address but ' if setting.negated else ''}{in_a_row(said, 'or')}"


def _network(network: Network | Hole, family: str) -> str:
    return (network.text or quoted("")) if isinstance(network, Hole) else say_network(network, family)


def _typed(setting: Setting) -> str:
    return " ".join(word.text for word in setting.words[1:])


def _source(rule: Rule, setting: Setting) -> str:
    return _addresses(rule, setting, rule.sources, "from")


def _destination(rule: Rule, setting: Setting) -> str:
    return _addresses(rule, setting, rule.destinations, "to")


def _protocol(rule: Rule, setting: Setting) -> str:
    if not isinstance(rule.protocol, int):
        return f"packets {'not ' if setting.negated else ''}of the protocol {setting.value or quoted('')}"
    if not rule.protocol:
        return "packets of no protocol, which none is" if setting.negated else "packets of any protocol"
    said = say_protocol(rule.protocol, Context(rule.family, typed=_typed(setting)))
    if setting.negated:
        return f"packets of any protocol but {said}"
    name, number = said.split(" ", 1) if said.endswith(")") else (said, "")
    return f"packets of {said}" if said.startswith("protocol ") else f"{name} packets {number}".rstrip()


def _counters(rule: Rule, setting: Setting) -> str:
    counts = _typed(setting).replace(",", " ").split()
    if len(counts) != 2:
        return "start with these counts of packets and bytes"
    return f"start its counters at {counted(counts[0], 'packet')} and {counted(counts[1], 'byte')}"


def _wait(rule: Rule, setting: Setting) -> str:
    seconds = _typed(setting)
    limit = f", for {counted(f'at most {seconds}', 'second')}" if seconds else ""
    return f"wait until no other iptables is running{limit}"


def _wait_interval(rule: Rule, setting: Setting) -> str:
    text = _typed(setting)
    return (
        f"look every {counted(text, 'microsecond')} whether one still is"
        if text
        else "look now and then whether one is"
    )


_IN_THEIR_OWN_WAY = {
    "s": _source,
    "d": _destination,
    "p": _protocol,
    "c": _counters,
    "w": _wait,
    "W": _wait_interval,
}


def unexplained() -> set[str]:
    """The letters of built-in options without a sentence; there must be none."""
    explained = {*_OPTIONS, *_IN_THEIR_OWN_WAY, "j", "g", "m", "t"}
    return {letter for letter, entry in BY_LETTER.items() if not entry.is_command} - explained
