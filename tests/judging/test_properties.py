"""What holds for any words whatever: nobody thought of these commands."""

import re
import shlex

import pytest
from case_files import all_cases
from drytables.diagnostics.diagnostic import apply
from drytables.diagnostics.source import Source, Span
from drytables.formats.records import rule_record
from drytables.grammar.builtin import BY_NAME, CHAINS, STANDARD_TARGETS, TABLES
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.history.releases import NEWEST, Release, releases
from drytables.judging.acceptance import acceptance
from drytables.judging.verdict import Verdict, judge
from drytables.meaning.canonical import canonical
from drytables.meaning.explain import explain
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command, Word
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.commands import TEXTS, command

EXTENSIONS = [*all_extensions()]
RELEASES = releases()
LETTERS = "ACDIRLSFZNXPEpsdjgiofcnxvmtwWM46hV0b"

#: What iptables prints in a form that it does not read: interfaces, labels and genres with blanks, times of more than
#: 31 bits, prefixes of no length, shifted ports, the mask of a cluster's node, two rates; and ipcomp, which means 0
#: without an option.
NOT_READ_AGAIN = re.compile(
    r"""w b|(label|genre) ['"][^'"]* |(src|dst)-pfx ::/0|\d-\d+/\d|(src|dst)-prefix 33|sid 2001:db8::1/ffff:0"""
    r"|cluster|rateest|ipcompspi :|(week|month)days -|-\d+b/s"
)

#: Words that mean something somewhere on a command line.
meaningful = st.sampled_from(
    [
        *(f"-{letter}" for letter in LETTERS),
        *(f"--{name}" for name in BY_NAME),
        *(f"--{name}" for extension in EXTENSIONS for name in extension.by_name),
        *(extension.name for extension in EXTENSIONS),
        *CHAINS,
        *TABLES,
        *STANDARD_TARGETS,
        *("tcp", "udp", "icmp", "!", "--", "-", "1"),
        *TEXTS,
    ]
)
words = st.one_of(meaningful, meaningful, meaningful, st.text(max_size=8))
made_up = st.integers(0, 1 << 30).map(lambda number: command(7, number))


def judged(text: str, release: str = NEWEST) -> Verdict | None:
    """The verdict on a line, if it is a command."""
    found = read_line(Source("-", text))
    return judge(found, Release(release)) if isinstance(found, Command) else None


def of_words(texts: list[str]) -> Command:
    """A command of these words."""
    at, made = 0, []
    for text in ["iptables", *texts]:
        made.append(Word(text, Span(at, at + len(text))))
        at += len(text) + 1
    return Command(tuple(made), Span(0, at - 1), "ipv4")


@given(st.lists(words, max_size=14), st.sampled_from(RELEASES), st.booleans())
@settings(max_examples=examples(200), deadline=None)
def test_any_words_are_judged(texts: list[str], release: Release, ipv6: bool) -> None:
    """No words make it fall over, and what is found lies within the command."""
    found = of_words(["-A", "INPUT", *texts] if ipv6 else texts)
    if ipv6:
        found = Command(found.words, found.span, "ipv6")
    verdict = judge(found, release)
    canonical(verdict.rule)
    assert all(part.sentence for part in explain(verdict.rule))
    assert verdict.status == "refused" or acceptance(verdict) != ((), ())
    for each in verdict.diagnostics:
        for span in (each.span, *(cause.span for cause in each.causes), *(edit.span for edit in each.edits)):
            assert found.span.start <= span.start <= span.end <= found.span.end


@given(made_up, st.sampled_from(RELEASES))
@settings(max_examples=examples(200), deadline=None)
def test_a_command_out_of_the_grammar_is_judged_by_every_release(line: str, release: Release) -> None:
    """Older ones demanded less, so that more can be missing."""
    record = rule_record(line, release)
    assert record["ok"] is all(each.get("severity") != "error" for each in record["diagnostics"])
    for each in record["diagnostics"]:
        assert 0 <= each["start"] <= each["end"] <= len(line)
    assert " object at 0x" not in str(record)


def test_the_canonical_form_is_its_own() -> None:
    """What `iptables -S` prints is accepted again, and prints the same."""
    lines = [case.command for case in all_cases() if not case.release]
    lines += [command(11, number) for number in range(600)]
    for line in (line for line in lines if not NOT_READ_AGAIN.search(line)):
        verdict = judged(line)
        form = canonical(verdict.rule) if verdict is not None and verdict.status == "accepted" else None
        for printed in form.split("\n") if form and verdict is not None else ():
            program = "iptables" if verdict.rule.family == "ipv4" else "ip6tables"
            # -S escapes ' too, which a shell would not take away again between double quotes.
            again = judged(f"{program} -t {verdict.rule.table} {printed}".replace("\\'", "'"))
            assert again is not None and again.refusal is None, f"{line}\n{printed}\n{again and again.refusal}"
            assert canonical(again.rule) == printed, line


@pytest.mark.parametrize("seed", range(4))
def test_a_repair_mends_what_it_was_made_for(seed: int) -> None:
    """With the edits of one diagnostic made, iptables no longer refuses the command for that reason at that place."""
    for number in range(400):
        line = command(20 + seed, number)
        verdict = judged(line)
        refusal = verdict.refusal if verdict is not None else None
        if refusal is None or not refusal.edits or refusal.span.end > len(line):
            continue
        mended = judged(apply(refusal.edits, line))
        found = mended.refusal if mended is not None else None
        assert found is None or (found.code, found.message) != (refusal.code, refusal.message), (
            f"{line}\n{apply(refusal.edits, line)}\n{refusal}"
        )


@pytest.mark.parametrize(
    "word",
    [
        "a" * 30_000,
        "-" + "n" * 30_000,
        "-" * 30_000,
        "1" * 30_000,
        "," * 30_000,
        "!" * 30_000,
        ":" * 30_000,
        "é/" * 15_000,
    ],
    ids=lambda word: word[:3],
)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "-A",
        "-s",
        "-p",
        "-i",
        "-j",
        "-m",
        "-m multiport --dports",
        "-p tcp --dport",
        "-m comment --comment",
        "-c",
        "-w",
        "-j LOG --log-prefix",
        "-m mark --mark",
        "-m conntrack --ctstate",
        "-j SNAT --to-source",
        "-m statistic --mode",
    ],
)
def test_words_of_thirty_thousand_letters_are_read(before: str, word: str) -> None:
    """They neither break the stack nor take for ever."""
    verdict = judged(f"iptables -A INPUT {before} {shlex.quote(word)}")
    assert verdict is not None and all(part.sentence for part in explain(verdict.rule))


def test_ten_thousand_words_are_read() -> None:
    """Many words are as good as few."""
    for text in ("-v", "!", "-m limit", "-A", "-p tcp", "-s 10.0.0.1", "-m comment --comment x"):
        assert judged("iptables -A INPUT " + f"{text} " * 10_000) is not None
