"""The release that a form needs is the one that the cases name, as they were tried."""

import pytest
from drytables.nft.releases import in_words, needed

from nft.cases import Case, cases

#: What 0.9.8 refused of the cases that 1.0.6 takes.
REFUSED_BY_0_9_8 = (
    "ct state ! new", "tcp flags syn / syn,rst", "sctp chunk data", "socket cgroupv2", "@ih,0,32", "reset tcp option",
    "tcp flags ! ecn", "tcp flags != ",
)  # fmt: skip


@pytest.mark.parametrize("case", [case for case in cases() if case.lines], ids=lambda case: case.command)
def test_a_form_needs_the_release_of_its_case(case: Case) -> None:
    if case.since:
        assert needed(case.lines) == case.since
    elif any(each in line for line in case.lines for each in REFUSED_BY_0_9_8):
        assert needed(case.lines) == "1.0.6"
    else:
        assert needed(case.lines) in ("", "1.0.6")


def test_a_release_is_told_with_the_one_before_that_was_tried() -> None:
    assert in_words("1.1.3") == "nft 1.1.3 takes it, and 1.0.6 does not"
