"""What can be left over."""

from drytables.diagnostics.code import Code

LEFTOVER = Code(
    "leftover",
    "A text has something in it that another generator would have replaced, or the marks of a conflict in git.",
    "Readers see it as it is typed.",
    on="site",
)
