"""Every match of the grammar has its place in the model: its options are read, or what they lack is said."""

from __future__ import annotations

import pytest
from drytables.grammar.catalogue import all_extensions
from drytables.model.condition import AnyOf, Condition, Counted, Look, Unknowable
from drytables.model.conditions import conditions_of
from drytables.model.matches import addresses
from drytables.model.matches.table import READERS
from drytables.model.matches.unknowable import AS_A_WHOLE, COUNTING, EVERY_PACKET, LACKING

from ..rules import ruleset

MATCHES = sorted({each.name for each in all_extensions() if each.kind == "match"})


@pytest.mark.parametrize("name", MATCHES)
def test_every_option_of_every_match_is_read_or_has_a_reason(name: str) -> None:
    declared = {
        option.name for each in all_extensions() for option in each.options if (each.kind, each.name) == ("match", name)
    }
    read = {*READERS.get(name, {}), *addresses.MODIFIERS.get(name, ())}
    is_whole = name in AS_A_WHOLE | COUNTING | EVERY_PACKET

    assert read <= declared, "it reads options that there are not"
    assert is_whole or name in LACKING or read == declared
    assert not is_whole or not read
    assert name in COUNTING or name in EVERY_PACKET or read == declared or LACKING[name]


def test_nothing_is_said_of_matches_that_there_are_not() -> None:
    named = {*READERS, *LACKING, *AS_A_WHOLE, *COUNTING, *EVERY_PACKET, *addresses.MODIFIERS}

    assert named - {*MATCHES} == set()


def said(condition: Condition) -> str:
    """A condition in a line."""
    if isinstance(condition, Look):
        return f"{'not ' if condition.negated else ''}{condition.field} {tuple(condition.values)}"
    if isinstance(condition, AnyOf):
        return f"{'not ' if condition.negated else ''}any of {' | '.join(map(said, condition.looks))}"
    if isinstance(condition, Unknowable):
        return f"? {condition.lacks}"
    return f"counted {condition.text}" if isinstance(condition, Counted) else str(condition)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("-s 10.0.0.0/8", ["source (((167772160, 184549375),),)"]),
        ("-d 10.0.0.1/255.0.255.255", ["destination (167772161, 4278255615)"]),
        ("! -s 0.0.0.1", ["source (((0, 0), (2, 4294967295)),)"]),
        ("-s $LAN", ["? which address `$LAN` stands for"]),
        ("-s www.example.org", ["? which address `www.example.org` stands for"]),
        ("-i eth+", ["in_interface ('eth', True)"]),
        ("! -i lo", ["not in_interface ('lo', False)"]),
        ("-i +", []),
        ("-p all", []),
        ("! -p tcp", ["protocol (((0, 5), (7, 255)),)"]),
        ("-f", ["is_later_fragment (((1, 1),),)"]),
        ("-p udp --dport 53", ["protocol (((17, 17),),)", "destination_port (((53, 53),),)"]),
        (
            "-p tcp -m multiport ! --ports ssh,80:90",
            ["protocol (((6, 6),),)", "not any of source_port (((22, 22), (80, 90)),) | "
             "destination_port (((22, 22), (80, 90)),)"],
        ),
        ("-p tcp -m multiport --dports $P", ["protocol (((6, 6),),)", "? what `$P` stands for"]),
        ("-p tcp --tcp-option 2", ["protocol (((6, 6),),)", "? which TCP options it has"]),
        ("-p icmp --icmp-type any", ["protocol (((1, 1),),)", "icmp (((0, 65535),),)"]),
        ("-m mark ! --mark 1/3", ["not mark (1, 3)"]),
        ("-m mark --mark 1", ["mark (((1, 1),),)"]),
        ("-m conntrack ! --ctstate INVALID,NEW,RELATED,UNTRACKED", ["state (frozenset({'ESTABLISHED'}),)"]),
        ("-m conntrack --ctstate SNAT", ["any of translated (frozenset({'SNAT'}),)"]),
        ("-m conntrack --ctexpire 5", ["? what connection tracking knows of its connection"]),
        ("-m dscp --dscp-class ef", ["tos (184, 252)"]),
        ("-m limit --limit 1/s", ["counted -m limit --limit 1/s"]),
        ("-m set --match-set bad src", ["? what is in the set"]),
        ("-m comment --comment hello", []),
        ("-m socket", ["? which sockets are open"]),
        ("-m addrtype --dst-type LOCAL --limit-iface-in", ["? the addresses of the interface"]),
        ("$OPTS", ["? what `$OPTS` stands for"]),
    ],
)  # fmt: skip
def test_what_a_rule_asks(rule: str, expected: list[str]) -> None:
    """The conditions of iptables itself first, then those of its matches, as the kernel asks them."""
    (placed,) = ruleset(f"-A INPUT {rule} -j ACCEPT").rules()

    assert [said(each) for each in conditions_of(placed)] == expected
