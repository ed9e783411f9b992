"""formats/html/colours.py: how code gets its colours."""

from __future__ import annotations

import pytest
from drytables.formats.html import colours
from pygments import plugin
from pygments.lexers.special import TextLexer


def test_packages_are_asked_once_for_a_language_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pygments opens a file of each installed package to find one, which a page of nft would do for each figure."""
    asked = []
    monkeypatch.setattr(plugin, "iter_entry_points", lambda group: asked.append(group) or [])
    colours._kind_of_lexer.cache_clear()

    lexers = [colours._lexer(language) for language in ("no-such", "no-such", "No-such")]

    assert [type(each) for each in lexers] == [TextLexer] * 3
    assert len(asked) == 1
