"""What may be wrong with a link to another site. Of places that a page does not have, proofreader tells too."""

from __future__ import annotations

from drytables.diagnostics.code import Code

GONE_LINK = Code(
    "gone-link",
    "The page that a link leads to is not there any more.",
    "Readers get another site's error page.",
    on="site",
)
MOVED_LINK = Code(
    "moved-link",
    "What a link leads to has another address for good.",
    "The old address works only as long as someone maintains it.",
    on="site",
)
UNREACHABLE_LINK = Code(
    "unreachable-link",
    "No answer, or none that can be read, comes from where a link leads to.",
    "It may be so today only, or for good.",
    on="site",
)
REFUSED_LINK = Code(
    "refused-link",
    "The host does not tell a program whether a page is there.",
    "Only someone with a browser can see whether readers get there.",
    on="site",
)
