"""Who reads a heredoc: the command or pipeline that it begins in, whatever else begins there."""

from __future__ import annotations

import pytest
from drive import report_of_code
from drytables.reading.shell.heredoc_readers import HeredocReader, HeredocReaders
from drytables.reading.shell.heredocs import find_heredocs, without_heredocs

SAVED = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j ACEPT\nCOMMIT\n"


def readers_of(text: str) -> list[HeredocReader]:
    """The readers of the heredocs of a script."""
    heredocs = find_heredocs(text)
    readers = HeredocReaders(without_heredocs(text, heredocs), heredocs)
    return [readers.of(each) for each in heredocs]


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("cat <<A | x <<-'B' # c <<C\none\nA\n\ttwo\n\tB\nthree", ["cat | x # c <<C", "cat | x # c <<C"]),
        ("a; b <<A && c <<B || d\nA\nB", ["b", "c"]),
        ("a <<A \\\n  | b\nA", ["a | b"]),
        ("a \\\n  <<A\nA", ["a"]),
        ("a <<A\nx\nA\nb <<B\ny\nB", ["a", "b"]),
    ],
)
def test_a_reader_is_the_whole_of_a_command(text: str, readers: list[str]) -> None:
    assert [" ".join(each.text.split()) for each in readers_of(text)] == readers


def test_what_begins_in_one_command_has_one_reader() -> None:
    first, second, other = readers_of("cat <<A <<B; cat <<C\nA\nB\nC")

    assert first is second
    assert first is not other


@pytest.mark.parametrize(
    ("text", "family", "origin", "is_other"),
    [
        ("iptables-restore <<E\nE", "ipv4", "heredoc", False),
        ("cat <<E | ip6tables-restore\nE", "ipv6", "heredoc", False),
        ("cat <<E \\\n | iptables-restore\nE", "ipv4", "heredoc", False),
        ("<<E cat | iptables-restore\nE", "ipv4", "heredoc", False),
        ("sed s/a/b/ <<E | iptables-restore\nE", "ipv4", "shown", False),
        ("iptables-restore <<E || exit\nE", "ipv4", "heredoc", False),
        ("python3 - <<E\nE", None, "heredoc", True),
        ("bash <<E\nE", None, "heredoc", False),
    ],
)
def test_what_is_known_of_a_reader(text: str, family: str | None, origin: str, is_other: bool) -> None:
    (reader,) = readers_of(text)

    assert reader[1:] == (family, origin, is_other)


def test_a_pipeline_that_goes_on_in_the_next_line_is_read_to_its_end() -> None:
    (found,) = report_of_code(f"cat <<E \\\n  | iptables-restore\n{SAVED}E\n").all_diagnostics()

    assert (found.code, [each.replacement for each in found.edits]) == ("unknown-target", ["ACCEPT"])


def test_each_heredoc_of_a_line_that_no_line_ends_is_restored_or_left_out() -> None:
    assert [each.body for each in find_heredocs("iptables-restore <<A <<B\nx\n")] == [(25, 27), (27, 27)]
    assert find_heredocs("cat <<A \\\n  <<B\nx\n") == []
    assert len(find_heredocs("iptables-restore <<A \\\n  <<B\nx\n")) == 1
