"""What can be wrong with a precision."""

from drytables.diagnostics.code import Code

UNKNOWN_PRECISION = Code(
    "unknown-precision",
    "`Date-precision:` is neither `day`, `month` nor `year`.",
    "The page would show a day that may not be known.",
    on="site",
)
