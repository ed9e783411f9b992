"""One command a line is read as a POSIX shell would read it, and what is none is said."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source, Span
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("iptables -L", ["iptables", "-L"]),
        ("  /sbin/ip6tables\t-A  INPUT \r\n", ["/sbin/ip6tables", "-A", "INPUT"]),
        ("""iptables 'a b' "c \\" d" e\\ f '' g"h"'i'""", ["iptables", "a b", 'c " d', "e f", "", "ghi"]),
        ("iptables $x `y` # z", ["iptables", "$x", "`y`", "#", "z"]),
        ("iptables a\u00a0b", ["iptables", "a\u00a0b"]),
        ("iptables-legacy -L", ["iptables-legacy", "-L"]),
        ("iptables", ["iptables"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    command = read_line(Source("-", text))
    assert isinstance(command, Command)
    assert [word.text for word in command.words] == words
    assert command.family == ("ipv6" if "ip6" in words[0] else "ipv4")


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("iptables 'x", "unclosed-quote", "'"),
        ('iptables -A "x\\"', "unclosed-quote", '"'),
        ("", "no-command", ""),
        ("   ", "no-command", ""),
        ("nft list ruleset", "no-command", "nft"),
        ("iptables-save", "no-command", "iptables-save"),
        ("'ipt ables' -L", "no-command", "'ipt ables'"),
    ],
)
def test_faults(text: str, code: str, at: str) -> None:
    source = Source("-", text)
    found = read_line(source)
    assert isinstance(found, Diagnostic)
    assert (found.code, source.slice(found.span)) == (code, at)


def test_a_span_of_a_longer_text() -> None:
    source = Source("-", "iptables -L\niptables 'a b'\n")
    command = read_line(source, Span(12, 26))
    assert isinstance(command, Command)
    assert [source.slice(word.span) for word in command.words] == ["iptables", "'a b'"]


@pytest.mark.starts_programs
def test_the_shell_parser_is_not_loaded() -> None:
    loaded = "any(name.startswith('tree_sitter') for name in sys.modules)"
    code = f"import sys, drytables.reading.shell.line; sys.exit({loaded})"
    run = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=False)
    assert run.returncode == 0


@given(st.text("ab-'\"\\ \t", max_size=20))
def test_shlex_agrees(rest: str) -> None:
    text = "iptables " + rest
    found = read_line(Source("-", text))
    try:
        expected = shlex.split(text)
    except ValueError:
        # A backslash at the very end is no error to a shell, which has nothing more to read; to shlex it is.
        assert isinstance(found, Diagnostic) or text.endswith("\\")
        return
    assert isinstance(found, Command)
    assert [word.text for word in found.words] == expected


@given(st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_any_text_is_read(text: str) -> None:
    source = Source("-", "iptables " + text)
    found = read_line(source)
    if isinstance(found, Command):
        ends = [place for word in found.words for place in (word.span.start, word.span.end)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(source.text)
        if not set(text) & set("'\"\\"):
            assert all(source.slice(word.span) == word.text for word in found.words)
