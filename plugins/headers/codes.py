"""What can be wrong with a header."""

from __future__ import annotations

from drytables.diagnostics.code import Code

UNREADABLE_HEADER = Code(
    "unreadable-header",
    "A header is not written as its notation wants it.",
    "Readers would see the header as text, or the post would not be there.",
    on="site",
)
NO_HEADER = Code(
    "no-header",
    "A source does not begin with a header.",
    "Pelican leaves out what has no title, and a post without a date.",
    on="site",
)
MISSING_FIELD = Code(
    "missing-field",
    "A header lacks a field that a post must have.",
    "Pelican leaves the post out of the site.",
    on="site",
)
REPEATED_FIELD = Code(
    "repeated-field",
    "A header has a field twice.",
    "Only one of the two values can be meant.",
    on="site",
)
UNKNOWN_FIELD = Code(
    "unknown-field",
    "Nobody knows a field.",
    "What it says is nowhere on the site; mostly the name is misspelt.",
    on="site",
)
WITHOUT_MEANING = Code(
    "without-meaning",
    "A field of another generator does nothing here.",
    "Readers would miss what it did for them there.",
    on="site",
)
BAD_FIELD = Code(
    "bad-field",
    "The value of a field cannot be used.",
    "The post would be without it, or would be published as it is not meant to be.",
    on="site",
)
BAD_DATE = Code(
    "bad-date",
    "A date is not one, or only a part of one.",
    "Pelican takes what is missing from the day of the build, or leaves the post out.",
    on="site",
)
AMBIGUOUS_DATE = Code(
    "ambiguous-date",
    "A date may mean two days.",
    "The post may be in the wrong month, and at an address that nobody expects.",
    on="site",
)
COMMENT_IN_VALUE = Code(
    "comment-in-value",
    "Words after a `#` are a comment in YAML, and look like part of a value.",
    "They are nowhere on the site.",
    on="site",
)
UNKNOWN_STATUS = Code(
    "unknown-status",
    "A status is none that Pelican has.",
    "Nobody can know whether the post is meant to be published.",
    on="site",
)
TAKEN_ADDRESS = Code(
    "taken-address",
    "An old address of a post is that of another page.",
    "Only one of them can be there, so the address cannot lead to the post.",
    on="site",
)
