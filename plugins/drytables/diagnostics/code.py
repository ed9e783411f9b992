"""What is known of a diagnostic code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """One code.

    The lines are commands, judged as `release` or else the newest, or Markdown pages where `on` says so; what is found
    on the site itself, or would fill pages, has none.
    """

    name: str
    sentence: str
    why: str
    bad: str
    good: str
    on: Literal["command", "page", "site", "length"] = "command"
    release: str = ""
