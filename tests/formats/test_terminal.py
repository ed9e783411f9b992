"""How a diagnostic looks on a terminal, where the golden files have no text for it."""

import pytest
from drytables.diagnostics.source import Source
from drytables.formats.terminal import text
from drytables.page.check import check


@pytest.mark.parametrize(("before", "after"), [(0, 90), (40, 40), (90, 0), (3, 3)])
def test_of_a_long_line_the_part_around_the_fault_is_shown(before: int, after: int) -> None:
    line = "iptables -A INPUT -j DROP; " * before + "iptables -A INPTU -j DROP" + "; iptables -A INPUT -j DROP" * after
    source = Source("post.md", f"Title: x\n\n```sh\n{line}\n```\n")
    (fault,) = [each for each in check(source).all_diagnostics() if each.severity == "error"]

    _, place, _, shown, marks, *_ = text(fault, source).split("\n")

    assert place.endswith(f":4:{line.index('INPTU') + 1}")
    assert shown[marks.index("^") :].startswith("INPTU")
    assert len(shown) <= min(len(line), 500) + len("4 | ……")
    assert (shown.startswith("4 | …"), shown.endswith("…")) == ((before > 3), len(line) > 500 and after > 3)


def test_no_name_of_a_file_is_obeyed() -> None:
    source = Source("a\n\x1b[31m\t.md", "```sh\niptables -A INPTU -j DROP\n```\n")

    assert text(next(iter(check(source).all_diagnostics())), source).split("\n")[1] == " --> a␊␛[31m␉.md:2:13"
