"""What reading a page yields."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..diagnostics.diagnostic import Diagnostic
from .excerpt import Excerpt
from .fence import Fence
from .need import Need


@dataclass(frozen=True, slots=True)
class Snippets:
    """The code of a page in order, and what is wrong with its markup.

    `spans` are the commands within sentences, between backticks; `needs` is what a program that reads the text has made
    before.
    """

    fences: tuple[Fence, ...]
    diagnostics: tuple[Diagnostic, ...]
    spans: tuple[Excerpt, ...] = field(default=(), hash=False)
    needs: frozenset[Need] = frozenset()
