"""Each command in nft: `cases.txt` has a line for the command, and below it what is expected."""

import pytest
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.commands import translate
from drytables.nft.translation import Translation
from drytables.reading.shell.line import read_line
from oracle.commands import taken_command

from nft.cases import Case, cases


def translated(line: str) -> Translation:
    """A command, which iptables accepts, in nft."""
    command = read_line(Source("line", line))
    assert not isinstance(command, Diagnostic)
    verdict = judge(command)
    assert verdict.status == "accepted", verdict.diagnostics
    return translate(verdict.rule)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.command)
def test_a_command_is_said_in_nft(case: Case) -> None:
    translation = translated(case.command)

    if case.reason:
        assert translation.why_not is not None, translation.lines
        assert case.reason in f"{translation.why_not.reason}; {translation.why_not.nearest}"
        assert translation.lines is None
    else:
        assert translation.lines == list(case.lines), translation.why_not
    assert all(any(part in note for note in translation.notes) for part in case.notes), translation.notes


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_no_made_up_command_makes_it_fall_over(start: int) -> None:
    """Nor one in which a word is not known; and no line has an end within it."""
    for number in range(start, start + 100):
        command = read_line(Source("line", taken_command(5, number)))
        assert not isinstance(command, Diagnostic)
        at = 1 + number % (len(command.words) - 1)
        hole = command.words[at]._replace(holes=((0, len(command.words[at].text)),))
        unknown = command._replace(words=(*command.words[:at], hole, *command.words[at + 1 :]))
        for each in (command, unknown):
            verdict = judge(each)
            if verdict.status != "refused":
                translation = translate(verdict.rule)
                assert (translation.lines is None) != (translation.why_not is None)
                assert not any("\n" in line for line in translation.lines or ())


def test_every_clause_knows_what_it_says() -> None:
    (statement,) = translated("iptables -A INPUT -i eth0 -p tcp --dport 22 -m comment --comment x -j LOG").statements

    said = {clause.words: clause.letter or clause.use.extension.name for clause in statement.clauses if clause.words}
    assert said == {'iifname "eth0"': "i", "tcp dport 22": "tcp", "counter": "c", "log": "LOG"}
    assert statement.comment == '"x"'


def test_what_is_not_known_is_not_guessed() -> None:
    command = read_line(Source("line", "iptables -A INPUT -p tcp --dport 22 -j ACCEPT"))
    assert not isinstance(command, Diagnostic)
    words = [word._replace(holes=((0, 2),)) if word.text == "22" else word for word in command.words]
    rule = judge(command._replace(words=tuple(words))).rule

    assert translate(rule).lines == ["add rule ip filter INPUT tcp dport 22 counter accept"]  # shown as it was typed
    assert translate(rule.changed(unread=tuple(words[-1:]))).why_not is not None


def test_the_table_and_a_base_chain_are_made_and_a_users_chain_is_not() -> None:
    base = translated("ip6tables -t mangle -A OUTPUT -j ACCEPT")
    own = translated("iptables -A MINE -j ACCEPT")

    assert base.foundations == (
        "add table ip6 mangle",
        "add chain ip6 mangle OUTPUT { type route hook output priority mangle; }",
    )
    assert own.foundations == ("add table ip filter",)
