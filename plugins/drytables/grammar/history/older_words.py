"""What an extension said before libxtables did its talking, of an option that is missing or given twice
(`older_words.json`, observed with 1.4.1.1, 1.4.3, 1.4.5, 1.4.8 and 1.4.10).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .facts import read_facts
from .releases import Release


@cache
def _older_words() -> dict[str, Any]:
    facts: dict[str, Any] = read_facts("older_words.json")
    return facts


def older_words(extension: str, what: str, release: Release) -> str:
    """What a release says; `what` is `required`, or the option that is given twice. Empty if it is not known."""
    by_release: dict[str, str] = _older_words().get(extension, {}).get(what, {})
    return next((words for since, words in reversed(by_release.items()) if Release(since) <= release), "")
