"""What is wrong with a file of a site."""

from __future__ import annotations

from ..code import Code

DROPPED_POST = Code(
    "dropped-post",
    "Pelican would leave a file out of the site.",
    "Pelican logs a line about a post that it cannot use, and publishes the rest.",
    "",
    "",
    on="site",
)
UNJUDGED_POST = Code(
    "unjudged-post",
    "A post shows iptables commands where they cannot be judged: in HTML, or in what it includes.",
    "Only commands in Markdown and reStructuredText are checked; these would be published as if they had been.",
    "",
    "",
    on="site",
)
CONTROL_CHARACTER = Code(
    "control-character",
    "A file contains a control character, such as a terminal's colour escape.",
    "No feed can contain one (XML 1.0, section 2.2), and no browser displays it.",
    "",
    "",
    on="site",
)
