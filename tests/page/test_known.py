"""By what a fault is known again."""

from drive import report_of
from drytables.page.known import fingerprints, without_known

BAD = "iptables -A INPUT -s 192.0.2.300 -j DROP"


def page(*lines: str, around: str = "") -> str:
    """A page with one fence."""
    return f"{around}\n\n```sh\n" + "\n".join(lines) + "\n```\n"


def test_neither_its_line_nor_how_it_is_laid_out_counts() -> None:
    known = fingerprints(report_of(page(BAD)))

    for text in (page("iptables -L", BAD), page(BAD.replace(" -j", "   \\\n  -j")), page(BAD, around="Words.\n\n")):
        assert not without_known(report_of(text), known).is_refused, text
    for text in (page(BAD.replace("INPUT", "OUTPUT")), page(BAD.replace("-j DROP", "-j DORP"))):
        assert without_known(report_of(text), known).is_refused, text


def test_as_many_are_left_out_as_are_known() -> None:
    known = fingerprints(report_of(page(BAD, BAD)))
    report = without_known(report_of(page(BAD, BAD, BAD)), known)
    (left,) = report.all_diagnostics()

    assert report.source.position(left.span.start)[0] == 6
    assert left.notes[-1] == "2 more like it are known from before, and not shown"
    assert [why for why, _ in report.untold] == ["known", "known"]
