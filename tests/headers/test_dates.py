"""plugins/headers/dates.py: what a date says, on whatever day it is read, and what says too little."""

import pytest
from headers.dates import NoDate, has_short_year, other_reading, plain_date

WHOLE = [
    # As typed => as Pelican gets it.
    ("2026-10-01", "2026-10-01 00:00:00"),
    ("2026-10-01 10:30", "2026-10-01 10:30:00"),
    ("2026-10-01_10:30", "2026-10-01 10:30:00"),
    ("2026-10-01T10:30:00Z", "2026-10-01 10:30:00+00:00"),
    ("2026-10-01T10:30:00-03:00", "2026-10-01 10:30:00-03:00"),
    ("20261001", "2026-10-01 00:00:00"),
    ("23.11.2026", "2026-11-23 00:00:00"),
    ("1.10.2026", "2026-10-01 00:00:00"),
    ("01. 10. 2026 10:30", "2026-10-01 10:30:00"),
    ("10.23.2026", "2026-10-23 00:00:00"),
    ("10/01/2026", "2026-10-01 00:00:00"),
    ("23/11/2026", "2026-11-23 00:00:00"),
    ("Oct 1, 2026", "2026-10-01 00:00:00"),
    ("Thu, 01 Oct 2026 10:30:00 EST", "2026-10-01 10:30:00-05:00"),
    ("2026-10-01 10:30 CET", "2026-10-01 10:30:00+01:00"),
    ("2026-07-01 10:30 CEST", "2026-07-01 10:30:00+02:00"),
    ("2026-10-01 10:30 JST", "2026-10-01 10:30:00+09:00"),
    ("2026-10-01 10:30 UTC+3", "2026-10-01 10:30:00+03:00"),
    ("2026-10-01 10:30 GMT-03:00", "2026-10-01 10:30:00-03:00"),
    ("2026-10-01 10:30 Europe/Berlin", "2026-10-01 10:30:00+02:00"),
    ("2026-10-01 10:30:00 -0700 MST", "2026-10-01 10:30:00-07:00"),
]
PARTIAL = [
    # As typed => what is said of it.
    ("2026", "has no month and no day"),
    ("May 2026", "has no day"),
    ("2026-05", "has no day"),
    ("10:30", "has no year and no month and no day"),
    ("1 May", "has no year"),
    ("Friday", "has no year and no month and no day"),
    ("31 November 2026", "is not a date"),
    ("2026-13-01", "is not a date"),
    ("2026-02-30", "is not a date"),
    ("2026-10-01 25:00", "is not a date"),
    ("today", "is not a date"),
    ("soon", "is not a date"),
    ("99999999999999999999", "is not a date"),
    ("2026-10-01 10:30 IST", "several of that name"),
    ("2026-10-01 10:30 Mars/Base", "is not a time zone"),
]


@pytest.mark.parametrize(("typed", "read"), WHOLE)
def test_a_whole_date_is_read(typed: str, read: str) -> None:
    assert plain_date(typed) == read


@pytest.mark.parametrize(("typed", "said"), PARTIAL)
def test_what_would_be_guessed_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NoDate) as refusal:
        plain_date(typed)

    assert said in refusal.value.message


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("10/01/2026", "2026-01-10"), ("1-2-2026 10:30", "2026-02-01"), ("10/10/2026", ""), ("23/11/2026", ""),
        ("2026-10-01", ""), ("1.10.2026", ""), ("2026/10/01", ""),
    ],
)  # fmt: skip
def test_a_date_that_may_mean_two_days(typed: str, other: str) -> None:
    assert other_reading(typed) == other


@pytest.mark.parametrize(
    ("typed", "is_short"),
    [("01/10/26", True), ("26-10-01", True), ("Thu, 1 Oct 26 10:30", True), *((typed, False) for typed, _ in WHOLE)],
)
def test_a_year_of_two_digits(typed: str, is_short: bool) -> None:
    assert has_short_year(typed) == is_short
