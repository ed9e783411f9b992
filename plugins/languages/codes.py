"""What can be wrong with a language and with its words."""

from drytables.diagnostics.code import Code

UNKNOWN_LANGUAGE = Code(
    "unknown-language",
    "`Lang:` says something that no browser takes for a language.",
    "The page would be read aloud, hyphenated and translated as if it were in another one.",
    on="site",
)

WRONG_WORDS = Code(
    "wrong-words",
    "A table of words says something that no page can show.",
    "The words would be missing, or those in English would be there.",
    on="site",
)
