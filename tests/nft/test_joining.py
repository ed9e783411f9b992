"""Rules of a chain as fewer that do the same: `joined_rules.txt` has the rules and, below them, what they become."""

import pytest
from drytables.nft.joined import NO_COUNTER, ONE_COUNTER
from drytables.nft.joining import joined

from nft.joined_cases import JoinedCase, joined_cases, statements_of


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
