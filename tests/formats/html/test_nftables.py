"""The same in nftables, as a figure shows it."""

from __future__ import annotations

import re
import shlex
from html import unescape

import pytest
from drive import report_of, snippet_of
from drytables.formats.html.explained import Explained
from drytables.formats.html.nftables import in_nftables
from drytables.page.report import Snippet

SPREAD = "-A INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP"


def nftables_of(snippet: Snippet) -> str:
    """The HTML of a snippet in nftables."""
    return in_nftables(snippet, Explained())


def lines_of(html: str) -> list[str]:
    """The lines of code in some HTML."""
    (code,) = re.findall("<code>(.*?)</code></pre>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", code)).splitlines()


def sentences_of(html: str) -> dict[str, str]:
    """The words of nft that have a sentence, each with it."""
    found = re.findall(r'aria-description="([^"]*)">(.*?)</span>(?=[ \'])', html)
    return {unescape(re.sub(r"<[^>]+>", "", words)): unescape(sentence) for sentence, words in found}


def test_rules_that_may_not_be_there_are_not_joined_with_others() -> None:
    web = "iptables -A INPUT -p tcp --dport 80 -j ACCEPT"
    code = f'if [ -n "$SSH" ]; then\n  {web.replace("80", "22")}\nfi\n{web}\n'
    (snippet,) = report_of(f"```sh\n{code}```\n").snippets

    assert lines_of(nftables_of(snippet))[-2:] == [
        "nft 'add rule ip filter INPUT tcp dport 22 counter accept'",
        "nft 'add rule ip filter INPUT tcp dport 80 counter accept'",
    ]


@pytest.mark.parametrize(
    ("commands", "lines"),
    [
        (
            ["-A INPUT -p tcp --dport 22 -j ACCEPT"],
            [
                "nft 'add table ip filter'",
                "nft 'add chain ip filter INPUT { type filter hook input priority filter; }'",
                "nft 'add rule ip filter INPUT tcp dport 22 counter accept'",
            ],
        ),
        (
            ["-P INPUT DROP", "-P INPUT ACCEPT"],
            [
                "nft 'add table ip filter'",
                "nft 'add chain ip filter INPUT { type filter hook input priority filter; policy drop; }'",
                "nft 'add chain ip filter INPUT { type filter hook input priority filter; policy accept; }'",
            ],
        ),
        (
            ["-N web", "-X web"],
            ["nft 'add table ip filter'", "nft 'add chain ip filter web'", "nft 'delete chain ip filter web'"],
        ),
    ],
)  # fmt: skip
def test_lines(commands: list[str], lines: list[str]) -> None:
    """What several commands need is made once."""
    assert lines_of(nftables_of(snippet_of(*commands))) == lines


@pytest.mark.parametrize(
    ("command", "words", "sentence"),
    [
        (SPREAD, "numgen inc mod 3 0", "match one packet in every 3"),
        ("-A INPUT -i eth0 -j DROP", 'iifname "eth0"', "eth0"),
        ("-A INPUT -j web", "jump web", "web"),
        ("-A INPUT -g web", "goto web", "web"),
        ("-A INPUT -j DROP", "counter", "count"),
        ("-A INPUT -j DROP", "add table ip filter", "if it is not there yet"),
        ("-P INPUT DROP", "add chain ip filter INPUT", "end of the INPUT chain"),
        ("-P INPUT DROP", "policy drop", "at the hook"),
    ],
)
def test_each_word_is_explained(command: str, words: str, sentence: str) -> None:
    (found,) = [said for each, said in sentences_of(nftables_of(snippet_of(command))).items() if words in each]

    assert sentence in found


def test_a_shell_hands_the_words_on_as_they_are() -> None:
    html = nftables_of(snippet_of("""-A INPUT -m comment --comment "it's {a}; \\$b" -j LOG --log-prefix "x * " """))
    *_, rule = lines_of(html)

    assert shlex.split(rule)[0] == "nft" and len(shlex.split(rule)) == 2
    assert """comment "it's {a}; $b\"""" in shlex.split(rule)[1] and 'log prefix "x * "' in shlex.split(rule)[1]


def test_what_nft_cannot_say_is_told_beside_the_rest() -> None:
    html = nftables_of(snippet_of("-A INPUT -j DROP", "-D INPUT 3"))

    assert lines_of(html)[-1] == "# not in nft: iptables -D INPUT 3"
    assert "<li>Not in nft: nft deletes a rule by its handle" in html and "<code>nft -a list chain" in html


@pytest.mark.parametrize(
    "text",
    [
        "```sh\niptables -A INPUT -s <address> -j DROP\n```\n",
        '```{.sh refused="unknown-option"}\niptables -A INPUT --nonsense\n```\n',
        '```{.sh unchecked="why"}\niptables -A INPUT -j DROP\n```\n',
        "```sh\niptables -D INPUT 3\n```\n",
    ],
)
def test_nothing_is_shown_of_what_is_not_known(text: str) -> None:
    (snippet,) = report_of(text).snippets

    assert nftables_of(snippet) == ""


def test_the_correction_is_shown_of_what_is_refused_today() -> None:
    (snippet,) = report_of(
        f'```{{.sh iptables="1.4.10"}}\niptables {SPREAD.replace(" --packet 0", "")}\n```\n'
    ).snippets

    assert "numgen inc mod 3 0" in lines_of(nftables_of(snippet))[-1]


def test_fewer_rules_come_first_and_one_for_each_command_is_folded_again() -> None:
    html = nftables_of(snippet_of("-A INPUT -p tcp --dport 22 -j ACCEPT", "-A INPUT -p tcp --dport 23 -j DROP"))
    fewer, _, each = html.partition("<details><summary>One rule for each command</summary>")

    assert lines_of(fewer)[2:] == ["nft 'add rule ip filter INPUT tcp dport vmap { 22 : accept, 23 : drop }'"]
    assert lines_of(each)[2:] == [
        "nft 'add rule ip filter INPUT tcp dport 22 counter accept'",
        "nft 'add rule ip filter INPUT tcp dport 23 counter drop'",
    ]
    assert "not counted" in fewer and "not counted" not in each


@pytest.mark.parametrize(
    ("commands", "words", "sentence"),
    [
        (
            ["-A INPUT -p tcp --dport 22 -j ACCEPT", "-A INPUT -p tcp --dport 80 -j ACCEPT"],
            "tcp dport { 22, 80 }",
            "the destination port is 22 (ssh) or the destination port is 80 (http)",
        ),
        (
            ["-A INPUT -p tcp --dport 22 -j ACCEPT", "-A INPUT -p tcp --dport 23 -j DROP"],
            "tcp dport vmap { 22 : accept, 23 : drop }",
            "the destination port is 22 (ssh): let the packet through",
        ),
        (
            [SPREAD, "-A INPUT -j ACCEPT"],
            "numgen inc mod 3 vmap { 0 : drop, 1-2 : accept }",
            "count what comes here from 0 to 2, and then from 0 again; 0: ",
        ),
    ],
)
def test_a_joined_rule_says_all_that_it_stands_for(commands: list[str], words: str, sentence: str) -> None:
    assert sentences_of(nftables_of(snippet_of(*commands)))[words].startswith(sentence)
