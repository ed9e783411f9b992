"""What can be wrong with a name."""

from drytables.diagnostics.code import Code

TWO_SPELLINGS = Code(
    "two-spellings",
    "A tag, category, author or series is written in two ways.",
    "Both share one page, which bears the more frequent spelling.",
    on="site",
)
