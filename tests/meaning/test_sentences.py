"""Each option of each extension in words, as the files of sentences/ have them: a command, and below it what is said of
its matches and target, `WORDS => SENTENCE`. `BLESS=1` rewrites what is said; read the difference aloud.
"""

import os
import re
from pathlib import Path

import pytest
from drive import verdict_of
from drytables.diagnostics.source import Source
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.extension import Extension
from drytables.grammar.history.releases import NEWEST, Release
from drytables.grammar.rule import Rule
from drytables.grammar.values.base import Value
from drytables.judging.verdict import judge
from drytables.meaning.explain import explain
from drytables.meaning.sentences import filled
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command

FOLDER = Path(__file__).with_name("sentences")
FILES = sorted(FOLDER.rglob("*.txt"))


def commands_of(file: Path) -> list[str]:
    """The commands of a file: its lines that are not indented."""
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1].strip()]


def said_of(file: Path, rule: Rule) -> list[str]:
    """The parts of a rule that a file is about: for built-in options those, otherwise matches and the target."""
    is_builtin = file.stem == "builtin"
    named = {id(use.named): use.named for use in rule.uses()}.values()
    return [
        f"    {part.words} => {part.sentence}"
        for part in explain(rule)
        if (part.is_detail or part.span in named) != is_builtin
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_option_is_told_as_a_person_says_it(file: Path) -> None:
    lines = []
    for command in commands_of(file):
        lines += [command, *said_of(file, verdict_of(command).rule)]
    text = "\n".join(lines) + "\n"
    if os.environ.get("BLESS"):
        file.write_text(text, encoding="utf-8")

    assert text == file.read_text(encoding="utf-8")


def test_every_option_is_there_and_negated_if_it_may_be() -> None:
    wanted = {
        (each, option.name, negated)
        for each in all_extensions()
        for option in each.options
        for negated in ((False, True) if option.negatable else (False,))
    }
    told: set[tuple[Extension, str, bool]] = set()
    for file in FILES:
        for command in commands_of(file):
            for use in verdict_of(command).rule.uses():
                told |= {
                    (use.extension, name, setting.negated)
                    for name, settings in use.settings.items()
                    for setting in settings
                }

    assert sorted(f"{each.kind} {each.name} {'! ' * negated}--{name}" for each, name, negated in wanted - told) == []


@pytest.mark.parametrize("release", ["1.4.2", NEWEST])
def test_numbers_of_thousands_of_digits_are_told(release: str) -> None:
    """Python converts none of them: what no release reads is not converted, and what one cuts is cut first."""
    for file in FILES:
        for command in commands_of(file)[:3]:
            for digits in ("9" * 5000, f"{'0' * 5000}7"):
                read = read_line(Source("-", re.sub(r"(?<![\w.:/-])\d+", digits, command)))
                if isinstance(read, Command):
                    assert all(part.sentence for part in explain(judge(read, Release(release)).rule))


#: Kinds of value that a person says just as `iptables -S` prints them, and what they are.
SAID_AS_WRITTEN = {
    "Counter": "a number",
    "MacAddress": "an address in figures",
    "MulticastMac": "an address in figures",
    "PacketRate": "a number",
}


def test_each_kind_of_value_has_a_form_for_people() -> None:
    """Beside the one for `-S`; that each is told somewhere follows from the test above."""
    kinds = {type(option.value) for each in all_extensions() for option in each.options if option.value is not None}

    assert {kind.__name__ for kind in kinds if kind.say is Value.say} == SAID_AS_WRITTEN.keys()


#: Options whose `!` changes nothing, and where that is said.
NEGATED_IN_VAIN = {
    ("SET", "add-set"): "targets/set.py: a `!` is accepted and ignored",
    ("SET", "exist"): "the same",
    ("SET", "timeout"): "the same",
    ("SET", "del-set"): "the same",
    ("SET", "map-set"): "the same",
    ("SET", "map-mark"): "the same",
    ("SET", "map-prio"): "the same",
    ("SET", "map-queue"): "the same",
    ("connbytes", "connbytes"): "matches/connbytes.py: the negation of a single number is lost",
}


def test_what_is_negated_is_told_otherwise() -> None:
    """The sentence of each option that may be negated, of the commands of all files, with a `!` and without."""
    alike = set()
    for command in (command for file in FILES for command in commands_of(file)):
        rule = verdict_of(command).rule
        for use in rule.uses():
            for name, settings in use.settings.items():
                if not settings[0].option.negatable or settings[0].negated:
                    continue
                at = settings[0].span.start
                plain, negated = (
                    [part.sentence for part in explain(verdict_of(line).rule) if part.span.start in (at, at + 2)]
                    for line in (command, f"{command[:at]}! {command[at:]}")
                )
                if plain and plain == negated:
                    alike.add((use.extension.name, name))

    assert alike == NEGATED_IN_VAIN.keys()


@pytest.mark.parametrize(
    ("template", "negated", "value", "sentence"),
    [
        ("it is {not }{value}", False, "5", "it is 5"),
        ("it is {not }{value}", True, "5", "it is not 5"),
        ("the connection {has|does not have} {value}", True, "it", "the connection does not have it"),
        ("{|not }so", False, "", "so"),
        ("up to {value:packet}", False, "1", "up to 1 packet"),
        ("{value:second}", False, "3600", "3600 seconds (an hour)"),
        ("{value:byte} long", False, "at most 1048576", "at most 1048576 bytes (1 MiB) long"),
        ("{value:byte}", False, "$N", "$N bytes"),
        # A value is put in as it is, whatever it looks like.
        ("{value}, {not }so", True, "{a|b} {value}", "{a|b} {value}, not so"),
    ],
)
def test_gaps_are_filled(template: str, negated: bool, value: str, sentence: str) -> None:
    assert filled(template, negated, value) == sentence
