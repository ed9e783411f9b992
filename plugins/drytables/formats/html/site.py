"""What all figures of a site share."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ...grammar.history.releases import Release


@dataclass(frozen=True, slots=True)
class Site:
    """What every figure of a site needs: the release that commands are judged by, and the address of the page that
    explains the check (empty if there is none).
    """

    newest: Release
    explained_at: str = ""


def link_to_explanation(address: str) -> str:
    """The link to the page that explains the check."""
    return f'<a href="{escape(address)}">How commands are checked</a>'
