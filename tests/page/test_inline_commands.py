"""page/inline_commands.py: commands within sentences are counted, and their faults are notes, or errors."""

from drytables.diagnostics.source import Source
from drytables.formats.tally import summary, tally
from drytables.page.check import check

PAGE = Source("a.md", "Run `iptables -A INPUT -j DRPO` and `iptables -L -n`, but not the option `iptables`.\n")


def test_they_are_counted() -> None:
    assert summary(tally(check(PAGE))) == (
        "0 iptables commands checked, 0 refused; 2 more in inline code, 1 of them refused"
    )


def test_their_faults_are_notes_unless_asked_for() -> None:
    assert [each.severity for each in check(PAGE).all_diagnostics()] == ["note"]
    assert [each.severity for each in check(PAGE, inline="error").all_diagnostics()] == ["error"]
