"""plugins/press/serve/front/terminal.py"""

import pytest
from press.edition import Edition
from press.serve.front.terminal import Terminal

FAULT = "\x1b[1;31merror[a]\x1b[0m: first\n --> x.md:1:1\n"
OTHER = "warning: second\n"


def edition(report: str, changed: tuple[str, ...] = ("x.md",), *, is_partial: bool = False) -> Edition:
    """Return an edition with a report; it is good if that has no error."""
    is_good = "error" not in report
    return Edition(1, changed, 0.0444, is_good, is_partial, report, "2 posts" if is_good else "")


def test_each_fault_is_shown_once_until_it_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    shown = []
    for report in (FAULT, FAULT, FAULT + OTHER, OTHER, "", FAULT):
        terminal.edition(edition(report))
        shown.append(capsys.readouterr().err)

    fault = "error[a]: first\n --> x.md:1:1\n"
    assert shown == [fault, "", OTHER, "", "", fault]


def test_a_line_says_what_changed_how_long_it_took_and_what_came_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.edition(edition(FAULT, ()))
    terminal.edition(edition("", ()))
    terminal.edition(edition("", ("a", "b\n\x1b[31m", "c", "d", "e")))
    terminal.edition(edition(FAULT))
    terminal.edition(edition(FAULT, is_partial=True))

    lines = [line.split("  ", 1)[1] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "the site is read  0.04 s  not good: no page can be shown yet",
        "the site is read  0.04 s  2 posts",
        "a, b��[31m, c and 2 more  0.04 s  2 posts",
        "x.md  0.04 s  not good: the last good pages are shown",
        "x.md  0.04 s  not good: what could be read is shown",
    ]


def test_a_page_that_fails_again_and_again_is_reported_once(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    shown = []
    for address, report in (("/a/", FAULT), ("/a/", FAULT), ("/b/", ""), ("/a/", ""), ("/a/", FAULT)):
        terminal.page(address, report)
        shown.append(bool(capsys.readouterr().err))

    assert shown == [True, False, False, False, True]
