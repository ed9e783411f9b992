"""What can be wrong with a language."""

from drytables.diagnostics.code import Code

UNKNOWN_LANGUAGE = Code(
    "unknown-language",
    "`Lang:` says something that no browser takes for a language.",
    "The page would be read aloud, hyphenated and translated as if it were in another one.",
)
