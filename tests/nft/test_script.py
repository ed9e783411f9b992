"""Many commands as one file: what is added and taken away again is not in it."""

import pytest
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.script import Command, Script, Table, script
from drytables.reading.shell.line import read_line


def of(*lines: str) -> Script:
    """The file of some commands."""
    return script(Command(f"here:{number}", line, judge(read_line(Source("line", line))).rule)  # type: ignore[arg-type]
                  for number, line in enumerate(lines, 1))  # fmt: skip


def rules(made: Script) -> list[str]:
    """Its lines but for those that make tables and base chains."""
    return [line for line in made.text.splitlines()[1:] if " hook " not in line and not line.startswith("add table")]


def test_a_rule_that_is_deleted_again_is_not_in_the_file() -> None:
    made = of("iptables -A INPUT -i lo -j ACCEPT", "iptables -A INPUT -j DROP", "iptables -D INPUT -i lo -j ACCEPT")

    assert rules(made) == ["add rule ip filter INPUT counter drop"]
    assert made.missing == ()


def test_a_rule_that_the_machine_has_is_not_deleted_silently() -> None:
    made = of("iptables -D INPUT -i lo -j ACCEPT")

    assert len(made.missing) == 1
    assert rules(made)[0] == "# here:1: iptables -D INPUT -i lo -j ACCEPT"


@pytest.mark.parametrize("number", [1, 2])
def test_a_number_is_known_only_where_all_rules_are(number: int) -> None:
    added = ("iptables -A INPUT -i a -j ACCEPT", "iptables -A INPUT -i b -j ACCEPT")
    kept = "ab"[2 - number]

    assert rules(of("iptables -F INPUT", *added, f"iptables -D INPUT {number}")) == [
        "flush chain ip filter INPUT",
        f'add rule ip filter INPUT iifname "{kept}" counter accept',
    ]
    assert len(of(*added, f"iptables -D INPUT {number}").missing) == 1


def test_a_rule_is_replaced_where_it_was_added() -> None:
    made = of("iptables -N mine", "iptables -A mine -j DROP", "iptables -A mine -j LOG", "iptables -R mine 1 -j ACCEPT")

    assert rules(made) == [
        "add chain ip filter mine",
        "add rule ip filter mine counter accept",
        "add rule ip filter mine counter log",
    ]


def test_sets_of_several_rules_have_names_of_their_own() -> None:
    made = of(*["iptables -A INPUT -m connlimit --connlimit-above 3 -j DROP"] * 2)

    assert [line.split(" {")[0] for line in rules(made) if line.startswith("add set")] == [
        "add set ip filter connlimit0",
        "add set ip filter connlimit1",
    ]


def test_a_list_has_the_timeout_that_one_of_its_rules_names() -> None:
    made = of(
        "iptables -A INPUT -m recent --name seen --rcheck --seconds 60 -j DROP",
        "iptables -A INPUT -m recent --name seen --set",
    )

    assert [line for line in rules(made) if line.startswith("add set")] == [
        "add set ip filter seen { type ipv4_addr; flags dynamic,timeout; timeout 60s; }"
    ]


def test_chains_that_the_file_has_made_are_deleted_by_name() -> None:
    made = of("iptables -F", "iptables -X", "iptables -N mine", "iptables -F", "iptables -X")

    assert rules(made)[-1] == "delete chain ip filter mine"
    assert made.missing == ()
    assert "emptied, and not deleted" in made.text


def test_a_chain_that_nothing_makes_is_named() -> None:
    made = of("iptables -N mine", "iptables -A mine -j DROP", "iptables -A INPUT -j mine", "iptables -A INPUT -j yours")

    assert [line for line in made.text.splitlines() if "must exist" in line] == [
        "# the chain `ip filter yours` must exist: nothing here makes it"
    ]


def test_a_part_of_a_saved_table_is_added_to_what_there_is() -> None:
    made = script([Table("ipv4", "filter", (("INPUT", "DROP"), ("mine", "-")), is_whole=False)])

    assert made.text.splitlines()[1:] == [
        "add table ip filter",
        "add chain ip filter INPUT { type filter hook input priority filter; policy drop; }",
        "add chain ip filter mine",
    ]


def joined_rules(*lines: str) -> list[str]:
    """The rules of the file of some commands with fewer rules."""
    commands = [Command(f"here:{number}", line, judge(read_line(Source("line", line))).rule)  # type: ignore[arg-type]
                for number, line in enumerate(lines, 1)]  # fmt: skip
    return rules(script(commands, is_joined=True))


def test_rules_are_joined_as_they_stand_at_the_end_and_where_what_they_need_is_made() -> None:
    assert joined_rules(
        "iptables -A INPUT -p tcp --dport 22 -j ACCEPT",
        "iptables -A INPUT -p tcp --dport 23 -j DROP",
        "iptables -A FORWARD -j DROP",
        "iptables -N web",
        "iptables -A INPUT -p tcp --dport 80 -j web",
        "iptables -A INPUT -i lo -j ACCEPT",
        "iptables -D INPUT -p tcp --dport 23 -j DROP",
    ) == [
        "# a map of verdicts is not counted: put `counter` before a verdict to count what goes there",
        "add rule ip filter FORWARD counter drop",
        "add chain ip filter web",
        "add rule ip filter INPUT tcp dport vmap { 22 : accept, 80 : jump web }",
        'add rule ip filter INPUT iifname "lo" counter accept',
    ]


def test_what_is_put_in_between_keeps_rules_apart() -> None:
    lines = [f"iptables -I INPUT -p tcp --dport {port} -j ACCEPT" for port in (22, 80)]

    assert len(joined_rules(lines[0], lines[1])) == 2  # one, and what is said of it
    assert len(joined_rules(lines[0], "iptables -I INPUT -j LOG", lines[1])) == 3
    assert len(joined_rules(*lines, "iptables -I INPUT 2 -j LOG")) == 3


def test_a_rule_that_is_replaced_stays_at_its_end_of_the_chain() -> None:
    made = of(
        "iptables -F INPUT", "iptables -A INPUT -j DROP", "iptables -I INPUT -j LOG", "iptables -R INPUT 1 -j ACCEPT"
    )

    assert rules(made)[-1] == "insert rule ip filter INPUT counter accept"
