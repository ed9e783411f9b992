"""What a report tells where codes count for more, for less, or for nothing."""

from drive import report_of
from drytables.page.levels import with_levels

PAGE = "Of `iptables -A INPTU -j DROP`:\n\n```sh\niptables -A INPTU -j DROP\niptables -A INPUT -s 1.2.3.400\n```\n"


def told(**levels: str) -> list[str]:
    """The severities and codes that are told of the page."""
    report = with_levels(report_of(PAGE), {name.replace("_", "-"): level for name, level in levels.items()})
    return [f"{each.severity} {each.code}" for each in report.all_diagnostics()]


def test_only_what_is_set_changes() -> None:
    assert told() == ["note unknown-chain", "error unknown-chain", "error bad-value"]
    assert told(bad_value="off") == ["note unknown-chain", "error unknown-chain"]
    assert told(unknown_chain="off") == ["error bad-value"]
    assert told(unknown_chain="warning") == ["note unknown-chain", "warning unknown-chain", "error bad-value"]
    assert told(unknown_chain="error") == told()


def test_what_is_not_told_is_kept_with_the_reason() -> None:
    report = with_levels(report_of(PAGE), {"bad-value": "off"})

    assert [(why, each.code) for why, each in report.untold] == [("switched off", "bad-value")]
    assert not with_levels(report, {"unknown-chain": "warning"}).is_refused
    assert with_levels(report, {}) is report
