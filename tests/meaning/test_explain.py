"""A command is taken apart: each piece with a sentence, in the order of the line."""

import pytest
from case_files import Case, cases_by_file
from drive import verdict_of
from drytables.diagnostics.source import Source
from drytables.grammar.builtin import COMMANDS, TABLES
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.history.distributions import first_with, shipping
from drytables.grammar.history.ranges import Range
from drytables.grammar.history.releases import NEWEST, Release
from drytables.judging.verdict import judge
from drytables.meaning.explain import explain
from drytables.meaning.options_in_words import unexplained
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command


def pieces(line: str) -> list[tuple[str, str]]:
    """The words and sentences of a command's pieces."""
    return [(part.words, part.sentence) for part in explain(verdict_of(line).rule)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "iptables -P FORWARD DROP",
            [("-P FORWARD DROP", "drop packets that reach the end of the FORWARD chain")],
        ),
        ("iptables -F", [("-F", "delete all rules of all chains")]),
        ("iptables -D INPUT 3", [("-D INPUT 3", "delete rule 3 of the INPUT chain")]),
        ("iptables -X old", [("-X old", "delete the chain old")]),
        ("iptables -E old new", [("-E old new", "rename the old chain to new")]),
        # What was not read to its end is told as far as it goes.
        ("iptables -E old", [("-E old", "rename the old chain")]),
        ("iptables -P INPUT", [("-P INPUT", "set what happens to packets that reach the end of the INPUT chain")]),
        ("iptables -R x", [("-R x", "replace a rule of the x chain")]),
        (
            "iptables -A x -s 10.0.0.1,192.0.2.0/24 --no-such-option",
            [
                ("-A x", "add a rule at the end of the x chain"),
                ("-s 10.0.0.1,192.0.2.0/24", "packets from 10.0.0.1 or 192.0.2.0/24"),
            ],
        ),
        (
            "iptables -A x -d 10.0.0.300 -i '' word",
            [
                ("-A x", "add a rule at the end of the x chain"),
                ("-d 10.0.0.300", "packets to 10.0.0.300"),
                ("-i ", 'packets coming in through ""'),
            ],
        ),
        (
            "iptables -A x -m set --match-set blocked",
            [("-A x", "add a rule at the end of the x chain"), ("-m set", "look the packet up in an ipset")],
        ),
        ("iptables -A INPUT -h --no-such-option", []),
        (
            "iptables -4 -C x -ptcp --dport=22",
            [
                ("-4", "for IPv4"),
                ("-C x", "check whether the x chain has this rule"),
                ("-ptcp", "TCP packets"),
                ("--dport=22", "the destination port is 22 (ssh)"),
            ],
        ),
        (
            "iptables -I INPUT ! -i eth+ -s 10.0.0.1 -j DROP",
            [
                (
                    "-I INPUT",
                    "insert a rule at the top of the INPUT chain, which is for packets for this machine itself",
                ),
                ("! -i eth+", "packets not coming in through an interface whose name begins with eth"),
                ("-s 10.0.0.1", "packets from 10.0.0.1"),
                ("-j DROP", "drop the packet silently"),
            ],
        ),
        (
            "iptables -A x -m statistic --mode nth ! --every 3 --packet 0 -g y",
            [
                ("-A x", "add a rule at the end of the x chain"),
                ("-m statistic", "match at random, or one in every so many packets"),
                ("--mode nth", "choose packets by counting them"),
                ("! --every 3", "match all but one packet in every 3"),
                ("--packet 0", "the first of every round (its counter begins at 0)"),
                ("-g y", "continue in the chain y, and do not return"),
            ],
        ),
        (
            "iptables -A x -m string --hex-string '|41|\"' --algo bm -m string ! --string '\xff' --algo kmp",
            [
                ("-A x", "add a rule at the end of the x chain"),
                ("-m string", "search the packet for text"),
                ('--hex-string |41|"', 'the packet contains "A""'),
                ("--algo bm", "search with the algorithm of Boyer and Moore"),
                ("-m string", "search the packet for text"),
                ("! --string \xff", 'the packet does not contain "\xff"'),
                ("--algo kmp", "search with the algorithm of Knuth, Morris and Pratt"),
            ],
        ),
        (
            "iptables -A x -m rateest --rateest a --rateest-gt --rateest-bps --rateest2 b",
            [
                ("-A x", "add a rule at the end of the x chain"),
                ("-m rateest", "compare rates that the target RATEEST measures"),
                ("--rateest a", "take the rate of the estimator a"),
                ("--rateest-gt", "it is above the other"),
                ("--rateest-bps", "compare rates in bits"),
                ("--rateest2 b", "the other is the rate of the estimator b"),
            ],
        ),
    ],
)
def test_each_piece_has_its_sentence(line: str, expected: list[tuple[str, str]]) -> None:
    assert pieces(line) == expected


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_no_sentence_breaks_off(cases: list[Case]) -> None:
    """Wherever a command ends, be it whole or not, what is said of its pieces are whole sentences."""
    for case in cases:
        words = case.command.split(" ")
        for count in range(2, len(words) + 1):
            command = read_line(Source("-", " ".join(words[:count])))
            if isinstance(command, Command):
                for part in explain(judge(command, Release(case.release or NEWEST)).rule):
                    assert part.sentence and not part.sentence.endswith((" ", " or", " of", " to", " the"))
                    assert not part.sentence.endswith(":") or part.words.endswith(":")


def test_nothing_built_in_is_without_a_sentence() -> None:
    assert unexplained() == set()
    chain_then = {"P": "DROP", "E": "new", "R": "1"}
    for command in COMMANDS:
        ((_, sentence),) = pieces(f"iptables -{command.letter} c {chain_then.get(command.letter, '')}")
        assert "c" in sentence and "{" not in sentence
    for table in TABLES:
        assert pieces(f"iptables -t {table} -L")[0][1].startswith(f"in the {table} table, ")


def test_no_option_of_an_extension_is_without_a_sentence() -> None:
    silent = [f"{each.kind} {each.name}" for each in all_extensions() if not each.sentence]
    silent += [
        f"{each.name} --{option.name}" for each in all_extensions() for option in each.options if not option.sentence
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("1.4.11", "Debian 7, Ubuntu 12.04 and RHEL/CentOS 7, and later"),
        ("1.8.11", "Debian 13 and Ubuntu 26.04, and later"),
    ],
)
def test_where_a_release_is_found(release: str, words: str) -> None:
    assert shipping([Range(Release(release), Release(NEWEST))]) == words


def test_a_distribution_that_nobody_knows_ships_nothing() -> None:
    assert first_with("Hannah Montana Linux", [Range(Release("1.4.11"), Release(NEWEST))]) is None
