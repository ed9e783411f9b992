"""What can be wrong with a file of experiments, and with what is written of them."""

from __future__ import annotations

from drytables.diagnostics.code import Code

UNKNOWN_FIELD = Code(
    "unknown-field-of-experiment",
    "An experiment has no field of this name.",
    "A field that is misspelt would change nothing, and nobody would notice.",
    on="site",
)
BAD_FIELD = Code(
    "bad-field-of-experiment",
    "A field of an experiment has a value that it cannot have.",
    "Something else would be tried than its author means.",
    on="site",
)
INCOMPLETE_EXPERIMENT = Code(
    "incomplete-experiment",
    "An experiment lacks what it cannot do without: traffic, or something that could turn out to be false.",
    "It would prove nothing.",
    on="site",
)
NO_SUCH_SNIPPET = Code(
    "no-such-snippet",
    "An experiment names a snippet that is not on its page, or cannot be run.",
    "Other commands would be tried than those which the page shows.",
    on="site",
)
