"""Rules of a chain as fewer that do the same: `joined_rules.txt` has the rules and, below them, what they become."""

import pytest
from drytables.model.walk import walk
from drytables.nft.joined import NO_COUNTER, ONE_COUNTER
from drytables.nft.joining import joined
from model.rules import packet, ruleset

from nft.joined_cases import JoinedCase, joined_cases, statements_of

#: Packets that meet one or another of the rules below.
_PACKETS = [
    f"-p {protocol} {ports}-s {source} into {interface}"
    for protocol, ports in [
        *(("tcp", f"--dport {port} ") for port in (21, 22, 23, 80, 443, 8005)),
        ("udp", "--dport 53 "),
    ]
    for source in ("192.0.2.1", "192.0.2.177", "198.51.100.1", "203.0.113.9")
    for interface in ("eth0", "eth1")
]


@pytest.mark.parametrize("case", joined_cases(), ids=lambda case: "; ".join(case.rules))
def test_rules_become_fewer_where_no_packet_can_tell(case: JoinedCase) -> None:
    assert [str(each) for each in joined(statements_of(*case.rules))] == list(case.lines)


def test_every_rule_is_in_one_statement_and_in_order() -> None:
    statements = statements_of(*[rule for case in joined_cases() for rule in case.rules])

    assert [place for each in joined(statements) for place in each.members] == [*range(len(statements))]


def test_it_is_said_what_is_counted_together() -> None:
    alone, together, mapped, last = joined(
        statements_of(
            "-A INPUT -i lo -j ACCEPT",
            "-A INPUT -p tcp --dport 1 -j DROP",
            "-A INPUT -p tcp --dport 2 -j DROP",
            "-A INPUT -p udp --dport 1 -j DROP",
            "-A INPUT -p udp --dport 2 -j ACCEPT",
            "-A INPUT -j LOG",
        )
    )

    assert [each.note for each in (alone, together, mapped, last)] == ["", ONE_COUNTER, NO_COUNTER, ""]


def test_a_clause_knows_all_that_it_stands_for() -> None:
    (one,) = joined(statements_of("-A INPUT -p tcp --dport 1 -j DROP", "-A INPUT -p tcp --dport 2 -j ACCEPT"))

    found = [(source.clause.words, source.member) for source in one.clauses[-1].sources]
    assert found == [("tcp dport 1", 0), ("drop", 0), ("tcp dport 2", 1), ("accept", 1)]


@pytest.mark.parametrize(
    "rules",
    [
        ["-p tcp --dport 22 -j ACCEPT", "-p tcp --dport 23 -j DROP", "-p tcp --dport 8000:8010 -j DROP"],
        ["-s 192.0.2.0/25 -j DROP", "-s 192.0.2.128/25 -j ACCEPT", "-s 203.0.113.9 -j DROP"],
        ["-i eth0 -p tcp --dport 80 -j DROP", "-i eth1 -p tcp --dport 80 -j ACCEPT"],
        ["-p tcp -j DROP", "-p udp -j ACCEPT"],
    ],
)  # fmt: skip
def test_the_order_of_rules_that_are_joined_does_not_matter(rules: list[str]) -> None:
    added = [f"-A INPUT {rule}" for rule in rules]
    assert len(joined(statements_of(*added))) < len(rules)

    there, back = ruleset("-P INPUT DROP", *added), ruleset("-P INPUT DROP", *reversed(added))
    packets = [packet(text) for text in _PACKETS]
    ends = [[{ending.verdict for ending in walk(one, each).endings} for one in packets] for each in (there, back)]
    assert ends[0] == ends[1]
    assert len({*map(str, ends[0])}) > 1
