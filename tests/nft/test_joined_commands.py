"""The rules of several commands as fewer: where they are added, and what keeps them apart."""

import pytest
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.commands import translate
from drytables.nft.joined_commands import join_commands
from drytables.reading.shell.line import read_line


def places(*commands: str) -> list[list[str]]:
    """For each command after `iptables`, the heads and the numbers of the rules of what stands in its place."""
    rules = [judge(read_line(Source("line", f"iptables {command}"))).rule for command in commands]  # type: ignore[arg-type]
    made = join_commands([(rule, translate(rule)) for rule in rules])
    return [[f"{one.joined.head.split()[0]} {len(one.rules)}" for one in each] for each in made]


SSH, WEB = "-p tcp --dport 22 -j ACCEPT", "-p tcp --dport 80 -j ACCEPT"


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([f"-A INPUT {SSH}", f"-A INPUT {WEB}"], [[], ["add 2"]]),
        ([f"-A INPUT {SSH}", "-P INPUT DROP", "-N web", f"-A INPUT {WEB}"], [[], ["add 1"], ["add 1"], ["add 2"]]),
        ([f"-A INPUT {SSH}", "-A FORWARD -j DROP", f"-A INPUT {WEB}"], [[], ["add 1"], ["add 2"]]),
        ([f"-A INPUT {SSH}", f"-I INPUT {WEB}"], [["add 1"], ["insert 1"]]),
        ([f"-A INPUT {SSH}", "-A INPUT -j LOG", f"-A INPUT {WEB}"], [["add 1"], ["add 1"], ["add 1"]]),
        ([f"-A INPUT {SSH}", "-F FORWARD", f"-A INPUT {WEB}"], [["add 1"], ["flush 1"], ["add 1"]]),
        ([f"-I INPUT {SSH}", "-I INPUT 2 -j LOG", f"-I INPUT {WEB}"], [["insert 1"], ["add 1"], ["insert 1"]]),
        ([f"-A INPUT {SSH}", "-D INPUT 1", f"-A INPUT {WEB}"], [["add 1"], [], ["add 1"]]),
        (["-A INPUT -s 192.0.2.1,192.0.2.2 -j DROP"], [["add 2"]]),
    ],
)  # fmt: skip
def test_rules_are_added_in_place_of_the_last_command(commands: list[str], expected: list[list[str]]) -> None:
    assert places(*commands) == expected


SPREAD = ("-A ways -m statistic --mode nth --every 2 --packet 0 -j one", "-A ways -j two")
MADE = ("-N ways", "-N one", "-N two")
ENDS = ("-A one -j DROP", "-A two -j LOG", "-A two -j ACCEPT")
JUMP = "-A INPUT -p tcp -j ways"


@pytest.mark.parametrize(
    "commands",
    [
        (*MADE, *SPREAD, *ENDS),
        (*MADE, *ENDS, JUMP, *SPREAD),
        (*MADE, "-A one -p tcp -j DROP", "-A two -j ACCEPT", JUMP, *SPREAD),
    ],
)
def test_a_spread_by_jumps_is_one_rule_where_the_commands_make_the_chains(commands: tuple[str, ...]) -> None:
    assert ["add 2"] in places(*commands)


@pytest.mark.parametrize(
    "commands",
    [
        # What else is in the chains is not known.
        (*SPREAD, *ENDS),
        ("-N ways", "-F one", "-F two", *SPREAD, *ENDS),
        # Packets come back.
        (*MADE, *SPREAD, *ENDS, "-I two -s 192.0.2.1 -j RETURN"),
        (*MADE, *SPREAD, *ENDS, "-D two 2"),
        (*MADE, *SPREAD, "-A one -p tcp -j DROP", "-A two -j ACCEPT"),
        (*MADE, *SPREAD, "-A one -p tcp -j DROP", "-A two -j ACCEPT", JUMP, "-A FORWARD -j ways"),
        (*MADE, *SPREAD, "-A one -m limit --limit 1/s -j DROP", "-A two -j ACCEPT"),
        # A rule before it is not in nft, and may let packets return.
        (*MADE, *SPREAD, "-A one -m u32 --u32 0=1 -j RETURN", *ENDS),
        # Rules of another table.
        (*MADE, *(f"-t mangle {each}" for each in MADE), *SPREAD, *(f"-t mangle {each}" for each in ENDS)),
    ],
)
def test_elsewhere_it_stays_one_rule_a_jump(commands: tuple[str, ...]) -> None:
    assert ["add 2"] not in places(*commands)


def test_each_rule_is_said_by_the_command_that_it_is_from() -> None:
    rules = [judge(read_line(Source("line", f"iptables -A INPUT {rule}"))).rule for rule in (SSH, WEB)]  # type: ignore[arg-type]
    *_, (together,) = join_commands([(rule, translate(rule)) for rule in rules])

    assert [rule is own for rule, own in zip(together.rules, rules, strict=True)] == [True, True]
