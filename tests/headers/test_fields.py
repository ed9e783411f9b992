"""MOVING.md names what plugins/headers/fields.py knows, and the tables there agree with each other."""

import re

from conftest import PROJECT
from headers.fields import (
    FURTHER_STATUSES,
    MEANINGS,
    MISSED,
    NOT_NEEDED,
    OWN,
    PROTECTING,
    RESERVED,
    SWITCHES,
    WITHHOLDING,
)
from headers.header import key_of

TABLES = (PROJECT / "MOVING.md").read_text().partition("\n## Headers\n")[2]
STATUS = {*SWITCHES, *FURTHER_STATUSES, *PROTECTING}
NAMED = {key_of(name.partition(":")[0]) for name in re.findall(r"`([^`]+)`", TABLES)}


def test_moving_shows_what_each_field_means() -> None:
    """Of the many names of a date and of an update, the usual ones."""
    meant = {name for ours, names in MEANINGS.items() if ours not in ("date", "modified") for name in names}

    withholding = {*STATUS, *(inner or name for name, inner in WITHHOLDING)}

    assert (meant | withholding) - NAMED - {"publishdate"} == set()


def test_moving_shows_what_is_missed() -> None:
    assert {
        name for name in MISSED if name not in ("expirydate", "expires", "redirect", "canonicalurl", "externalurl")
    } - (NAMED | {"canonical_url"}) == set()


def test_no_field_is_in_two_tables() -> None:
    meant = {name for names in MEANINGS.values() for name in names}

    assert (meant | OWN | STATUS) & (NOT_NEEDED | MISSED.keys()) == set()
    assert NOT_NEEDED & MISSED.keys() == set()
    assert RESERVED & (meant | OWN | STATUS) == set()
