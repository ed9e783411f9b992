"""What can be wrong with a header."""

from __future__ import annotations

from drytables.diagnostics.code import Code

UNREADABLE_HEADER = Code("unreadable-header", "A header is not written as its notation wants it.")
NO_HEADER = Code("no-header", "A source does not begin with a header.")
MISSING_FIELD = Code("missing-field", "A header lacks a field that a post must have.")
REPEATED_FIELD = Code("repeated-field", "A header has a field twice.")
UNKNOWN_FIELD = Code("unknown-field", "Nobody knows a field.")
WITHOUT_MEANING = Code("without-meaning", "A field of another generator does nothing here.")
BAD_FIELD = Code("bad-field", "The value of a field cannot be used.")
BAD_DATE = Code("bad-date", "A date is not one, or only a part of one.")
UNKNOWN_STATUS = Code("unknown-status", "A status is none that Pelican has.")
NO_ADDRESS = Code("no-address", "A title has nothing of which an address can be made.")
TAKEN_ADDRESS = Code("taken-address", "An old address of a post is that of another page.")
