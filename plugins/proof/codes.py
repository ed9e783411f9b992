"""What can be wrong with a file of experiments, and with what is written of them."""

from __future__ import annotations

from drytables.diagnostics.code import Code

UNKNOWN_FIELD_OF_EXPERIMENT = Code(
    "unknown-field-of-experiment",
    "An experiment has no field of this name.",
    "A misspelt field would change nothing, and nobody would notice.",
    on="site",
)
BAD_FIELD_OF_EXPERIMENT = Code(
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
UNTRIED_EXPERIMENT = Code(
    "untried-experiment",
    "An experiment has not been tried.",
    "Its page would claim what nobody has seen.",
    on="site",
)
STALE_EVIDENCE = Code(
    "stale-evidence",
    "The evidence beside a page speaks of other commands, or of another experiment, than there are now.",
    "A proof must not be shown below commands that were never tried.",
    on="site",
)
FALSE_CLAIM = Code(
    "false-claim",
    "An experiment did not do what is expected of it.",
    "The page would claim what is not so.",
    on="site",
)
OLD_EVIDENCE = Code(
    "old-evidence",
    "The evidence beside a page is older than PROOF_BEST_BEFORE allows.",
    "Kernels and iptables change; what was seen long ago may not be so any more.",
    on="site",
)
BAD_EVIDENCE = Code(
    "bad-evidence",
    "The evidence beside a page is not what `make prove` writes.",
    "Nobody can tell what was seen.",
    on="site",
)
NO_SUCH_SNIPPET = Code(
    "no-such-snippet",
    "An experiment names a snippet that is not on its page, or cannot be run.",
    "Other commands would be tried than those which the page shows.",
    on="site",
)
