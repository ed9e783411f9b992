"""What may be wrong between the sources of a site and its pages."""

from __future__ import annotations

from drytables.diagnostics.code import Code

DEAD_LINK = Code(
    "dead-link",
    "A link leads to nothing on the site, or a picture is not there.",
    "Readers get an error page, or a broken picture.",
    on="site",
)
DEAD_ANCHOR = Code(
    "dead-anchor",
    "A link leads to a place on a page that the page does not have.",
    "Readers arrive at the top of the page, and look for what was meant.",
    on="site",
)
REPEATED_ID = Code(
    "repeated-id",
    "Two elements of a page have the same id.",
    "A link to it always leads to the first one.",
    on="site",
)
WORDLESS_PICTURE = Code(
    "wordless-picture",
    "A picture has nothing that is read to those who do not see it.",
    "They get nothing of it, nor does whoever's connection fails.",
    on="site",
)
SAME_ADDRESS = Code(
    "same-address",
    "Two things of a site would be written to the same address.",
    "Only one of them can be there, and the other is lost.",
    on="site",
)
NO_ADDRESS = Code(
    "no-address",
    "What should be part of an address has no letter and no digit in it, or is too long for one.",
    "Its page would have an unusable address, or would not exist.",
    on="site",
)
