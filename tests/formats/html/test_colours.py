"""formats/html/colours.py: how code gets its colours."""

from __future__ import annotations

import pytest
from drytables.formats.html import colours
from hypothesis import given
from hypothesis import strategies as st
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


words = st.sampled_from(
    ["iptables", "-A", "--set", "set", "-m", "for", "in", "do", "if-x", "22", "10.0.0.1", "10/for", "test", "time", ">"]
) | st.text("-_.:/,!%*+>?@^~aifndo019", min_size=1, max_size=6)


@given(st.lists(words | st.sampled_from([" ", "\t", "\n", "  \n"])))
def test_a_plain_command_is_coloured_as_pygments_does(pieces: list[str]) -> None:
    text = " ".join(pieces) + "\n"

    assert [*colours._coloured(text, "sh")] == [*colours._lexed(text, colours._lexer("sh"))]


def test_words_that_the_shell_knows_have_a_colour() -> None:
    assert [*colours._coloured("sudo set -m set\nfor\n", "sh")] == [(5, 8, "nb"), (12, 15, "nb"), (16, 19, "k")]
