"""What is said first of a command, and in whose words; what is known of a rule that is open."""

import pytest
from case_files import Case, cases_by_file
from drive import command_of, report_of_code, verdict_of
from drytables.grammar.history.releases import NEWEST, Release
from drytables.grammar.rule import Rule
from drytables.judging import iptables
from drytables.judging.needs import needs
from drytables.judging.parsing.parse import parse
from drytables.judging.verdict import judge
from drytables.meaning.canonical import canonical
from drytables.meaning.explain import explain


def test_the_first_diagnostic_is_what_iptables_says_first() -> None:
    """Everything found is told, in the order in which iptables looks."""
    line = "iptables -A INPUT -p tpc -i abcdefghijklmnop -d 10.0.0.300 -s 10.0.0.400 -n -o eth0"
    found = verdict_of(line).diagnostics
    assert [each.code for each in found] == [
        "unknown-protocol",
        "bad-value",
        "bad-value",
        "bad-value",
        "option-not-for-command",
        "wrong-interface",
    ]
    assert "10.0.0.400" in found[2].message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("iptables -A INPUT -p tcp -s", 'option "-s" requires an argument'),
        ("iptables -A INPUT -0x", 'unknown option "-0"'),
        ("iptables -L -Z -A INPUT", "Cannot use -A with -Z"),
        ("iptables -A INPUT -m " + "a" * 29, f'Invalid match name "{"a" * 29}" (28 chars max)'),
        ("ip6tables -t ant -L", "can't initialize ip6tables table `ant': Table does not exist"),
        ("iptables -P MINE DROP", "Bad built-in chain name."),
        ("iptables -A INPUT -g DORP", "goto 'DORP' is not a chain"),
    ],
)
def test_the_note_quotes_iptables(line: str, says: str) -> None:
    """To the word, as observed."""
    refusal = verdict_of(line).refusal
    assert refusal is not None and refusal.quote is not None and says in refusal.quote.words


def test_a_cure_shows_what_was_typed_also_where_it_cannot_be_read() -> None:
    found = verdict_of("iptables -A INPUT -m statistic --mode nth --every x").diagnostics

    assert found[-1].help == "to match the first packet of every x, write `--every x --packet 0`"


def facts(rule: Rule) -> list[object]:
    """All that a rule says, copied as deep as looking at it could change it."""
    uses = [(use.extension, {name: [*settings] for name, settings in use.settings.items()}) for use in rule.uses()]
    rest = (getattr(rule, name) for name in Rule.__slots__ if name not in ("given", "matches"))
    return [uses, dict(rule.given), *rest]


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_a_rule_is_finished_when_it_is_read(cases: list[Case]) -> None:
    """Whatever looks at it afterwards finds it as it was."""
    for case in cases:
        command = command_of(case.command)
        release = Release(case.release or NEWEST)
        reading = parse(command, release)
        before = facts(reading.rule)
        if reading.is_whole:
            list(iptables.refusals(reading, release))
        explain(reading.rule)
        if judge(command, release).status != "refused":
            canonical(reading.rule)
            needs(reading)

        assert facts(reading.rule) == before, case.command


@pytest.mark.parametrize(
    ("line", "needs", "form"),
    [
        ("iptables -A INPUT -s example.org -m $X -j DROP", ["host example.org"], None),
        ("iptables -A WEB -s 10.0.0.1 $OPTS -j DROP", ["chain WEB"], None),
        ("iptables -A INPUT -d example.org -p tcp --dport $PORT -j $TARGET", ["host example.org"],
         "-A INPUT -d example.org/32 -p tcp -m tcp --dport $PORT -j $TARGET"),
    ],
)  # fmt: skip
def test_what_is_known_of_an_open_rule_is_true(line: str, needs: list[str], form: str | None) -> None:
    """What it needs is told; its form only where every word is known or stands for one value."""
    (checked,) = report_of_code(line).commands()

    assert checked.status == "open"
    assert [str(need) for need in checked.verdict.needs] == needs
    assert canonical(checked.verdict.rule) == form
