"""Regular expressions that are compiled when the first text is held against them.

Hundreds stand in the modules that read, and a text needs a few dozen: to compile all of them took longer than to judge
a post. An expression on module level is made with `pattern`; what a function makes for itself is needed at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _CompiledWhenUsed:
    """Has what a compiled expression has; each method is looked up once."""

    def __init__(self, expression: str, flags: int = 0) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies an object asks whether it does that by itself
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:

    def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
        """The expression, as `re.compile` returns it; one that is wrong raises re.error when it is first used."""

else:
    pattern = _CompiledWhenUsed
