"""What is wrong with a file of settings, `.drytables.toml` or a `[tool.drytables]`."""

from __future__ import annotations

from ..code import Code

NOT_TOML = Code(
    "not-toml",
    "A file of settings is not TOML.",
    "None of its settings can be read.",
    on="settings",
)
UNKNOWN_SETTING = Code(
    "unknown-setting",
    "There is no setting of this name.",
    "A misspelt setting would change nothing, and nobody would notice.",
    on="settings",
)
BAD_SETTING = Code(
    "bad-setting",
    "A setting has a value that it cannot have.",
    "Files would not be checked as its author expects.",
    on="settings",
)
