"""What can be wrong with a part's number."""

from drytables.diagnostics.code import Code

BAD_SERIES_INDEX = Code(
    "bad-series-index",
    "`Series_index:` is not a number, or there is no `Series:` beside it.",
    "It decides nothing: parts without a number are in the order of their dates.",
    on="site",
)
SAME_SERIES_INDEX = Code(
    "same-series-index",
    "Two parts of a series have the same number.",
    "The older one comes first.",
    on="site",
)
