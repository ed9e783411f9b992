"""Rule sets and packets for tests, from text."""

from __future__ import annotations

from drytables.diagnostics.source import Source
from drytables.model.packet import Packet
from drytables.model.packet_text import read_packet
from drytables.model.ruleset import PlacedRule, Ruleset
from drytables.page.rules_of_text import rules_of_code


def source_of(*rules: str, program: str = "iptables") -> Source:
    """A script of some commands, each without its program."""
    return Source("rules.sh", "".join(f"{program} {rule}\n" for rule in rules))


def ruleset(*rules: str, program: str = "iptables") -> Ruleset:
    """What some commands result in."""
    return rules_of_code(source_of(*rules, program=program)).rulesets[""]


def placed(rule: str, program: str = "iptables") -> PlacedRule:
    """A rule of INPUT, as it is behind `-A INPUT`."""
    (found,) = ruleset(f"-A INPUT {rule}", program=program).rules()
    return found


def packet(text: str) -> Packet:
    """The packet that a text describes."""
    return read_packet(Source("packet", text))
