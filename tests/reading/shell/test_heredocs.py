"""Heredocs are found wherever they begin, and their bodies are what the shell makes of them."""

from __future__ import annotations

import subprocess

import pytest
from drive import report_of_code
from drytables.diagnostics.source import Source, Span
from drytables.reading.excerpt import Excerpt
from drytables.reading.shell.heredocs import body_of, find_heredocs, without_heredocs

SAVED = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -i eth9 -j ACEPT\nCOMMIT\n"
INDENTED = "".join(f"\t{line}\n" for line in SAVED.splitlines())


def refused(code: str) -> list[str]:
    """The words of each refused command that are about its target."""
    return [each.command.words[-1].text for each in report_of_code(code).commands() if each.status == "refused"]


@pytest.mark.parametrize(
    "code",
    [
        f"iptables-restore <<-END\n{INDENTED}\tEND", f"iptables-restore <<END;\n{SAVED}END",
        f"iptables-restore <<END && echo ok;\n{SAVED}END", f"iptables-restore << 'E D' || exit\n{SAVED}E D",
        f"iptables-restore <<\\END\n{SAVED}END", f'iptables-restore <<-"END" | cat\n{INDENTED}END',
        f"sudo iptables-restore -n <<!\n{SAVED}!", f"cat <<E | sudo iptables-restore\n{SAVED}E",
        f"f() {{\niptables-restore <<-E\n{INDENTED}\tE\n}}", f"(iptables-restore <<E)\n{SAVED}E",
        f"if iptables-restore <<E; then echo ok; fi\n{SAVED}E", f"x=$(iptables-restore <<E\n{SAVED}E\n)",
        f"iptables-restore 2>&1 <<E >log\n{SAVED}E", f"iptables-restore \\\n  <<E\n{SAVED}E",
        f"cat > a <<E\ndon't\nE\niptables-restore <<E\n{SAVED}E\n) broken",
        f"cat <<A; iptables-restore <<B\nx\nA\n{SAVED}B",
        f"iptables-restore <<E\n{SAVED}", f"$ iptables-restore <<E;\n> {'> '.join(SAVED.splitlines(True))}> E",
        "bash <<E;\niptables -A INPUT -j ACEPT\nE", "bash <<A; cat <<B\niptables -A INPUT -j ACEPT\nA\n:\nB",
        "ssh host bash -s <<-'E' && :\n\tiptables -A INPUT -j ACEPT\n\tE",
        "cat > up.sh <<A >log\n#!/bin/sh\niptables -A INPUT -j ACEPT\nA\n",
    ],
)  # fmt: skip
def test_a_fault_in_a_heredoc_is_found(code: str) -> None:
    report = report_of_code(code)

    assert refused(code) == ["ACEPT"]
    assert [each.code for each in report.all_diagnostics()] == ["unknown-target"]


def test_what_a_filter_makes_of_its_lines_is_not_known() -> None:
    indented = "".join(f"    {line}\n" for line in SAVED.splitlines())
    for reader in ("sed 's/^ *//' <<E | iptables-restore", "FOO=1 sudo envsubst <<E | iptables-restore"):
        (found,) = report_of_code(f"{reader}\n{indented}E\n").all_diagnostics()
        assert (found.code, found.edits) == ("unknown-target", ())
    assert any(
        each.code == "no-table"
        for each in report_of_code(f"cat <<E | iptables-restore\n{indented}E\n").all_diagnostics()
    )


def test_a_command_after_a_heredoc_is_read() -> None:
    assert refused(f"iptables-restore <<E;\n{SAVED}E\niptables -A INPUT -j DRPO") == ["ACEPT", "DRPO"]


def test_each_heredoc_of_a_line_has_a_family_of_its_own() -> None:
    code = (
        "ip6tables-restore <<A; iptables-restore <<B\n*filter\n-A INPUT -s ::1\nCOMMIT\nA\n*raw\n-A OUTPUT\nCOMMIT\nB"
    )

    assert [each.command.family for each in report_of_code(code).commands()] == ["ipv6", "ipv4"]


@pytest.mark.parametrize(
    "code", ["iptables-restore <<E\n$RULES\nE", "echo $((1<<2))\n2", "cat <<<E\nE", "# cat <<E\nE"]
)
def test_what_says_nothing_is_left_alone(code: str) -> None:
    assert not report_of_code(f"{code}\niptables -L").all_diagnostics()


def test_a_text_without_a_table_is_refused_by_iptables_restore() -> None:
    (diagnostic,) = report_of_code("iptables-restore <<E\n-A INPUT -j DROP\nE").all_diagnostics()

    assert diagnostic.code == "no-table"


def test_a_known_variable_is_read_in_saved_text_as_the_shell_puts_it_in() -> None:
    code = "IF=eth9\niptables-restore <<E\n*filter\n-A INPUT -i $IF -s ${X}/8 -j ACCEPT\nCOMMIT\nE"
    (checked,) = report_of_code(code).commands()

    assert [word.text for word in checked.command.words][5:9] == ["-i", "eth9", "-s", "${X}/8"][:4]


BODIES = [
    ("E", "a $x ${x}y \\$x \\\\ \\a\nb\\\nc\n"), ("'E'", "a $x \\$x \\\\\nb\\\nc\n"), ("\\E", "\ta\n"),
    ('-"E"', "\ta\n\t\t b\n  c\n"), ("-E", "\t$x\n\t\\\n\tb\n"), ("-'E F'", "\tE\n"),
]  # fmt: skip


@pytest.mark.starts_programs
def test_a_body_is_what_bash_makes_of_it() -> None:
    script = "x='v w'\n"
    for word, body in BODIES:
        script += (
            f"cat <<{word}\n{body}{word.strip('-').translate(str.maketrans('', '', chr(92) + chr(34) + chr(39)))}\n"
        )
    printed = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=True).stdout
    code = Excerpt.of(Source("-", script), Span(0, len(script)))

    assert "".join(body_of(code, each, {"x": "v w"}).text for each in find_heredocs(script)) == printed


def test_nothing_moves_where_a_heredoc_is_taken_out() -> None:
    text = "cat <<A | x <<-'B' # c <<C\none\nA\n\ttwo\n\tB\nthree"
    heredocs = find_heredocs(text)
    plain = without_heredocs(text, heredocs)

    assert [text[slice(*each.body)] for each in heredocs] == ["one\n", "\ttwo\n"]
    assert len(plain) == len(text)
    assert plain.splitlines()[0] == "cat < X | x < XXXX # c <<C"
    assert plain.split() == ["cat", "<", "X", "|", "x", "<", "XXXX", "#", "c", "<<C", "three"]
