"""What is wrong with a file of a site."""

from __future__ import annotations

from ..code import Code

DROPPED_POST = Code(
    "dropped-post",
    "Pelican would leave a file out of the site.",
    "It logs a line about a post that it cannot use, and publishes the rest.",
    "",
    "",
    on="site",
)
UNJUDGED_POST = Code(
    "unjudged-post",
    "A post that shows iptables commands is not Markdown.",
    "Only the commands of Markdown are judged; these would be published as if they had been.",
    "",
    "",
    on="site",
)
CONTROL_CHARACTER = Code(
    "control-character",
    "A file holds a control character, such as an escape of a terminal's colours.",
    "No feed can hold one (XML 1.0, 2.2), and no browser shows one.",
    "",
    "",
    on="site",
)
