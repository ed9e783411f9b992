"""What can be wrong with the settings for a host."""

from __future__ import annotations

from drytables.diagnostics.code import Code

BAD_HOST_SETTING = Code(
    "bad-host-setting",
    "A setting for the web host cannot be used.",
    "The host would do something else than what is meant, or nothing.",
    on="site",
)
PASSED_DATE = Code(
    "passed-date",
    "security.txt expires on a day that has passed.",
    "RFC 9116 tells those who found a hole not to use such a file.",
    on="site",
)
EXPIRES_SOON = Code(
    "expires-soon",
    "security.txt expires within a month.",
    "It is useless from then on, unless the site is built again with a later day.",
    on="site",
)
NOT_LOOKED_FOR = Code(
    "not-looked-for",
    "A file is looked for at the root of a host only, and the site is below a folder.",
    "Nobody finds it where it is.",
    on="site",
)
