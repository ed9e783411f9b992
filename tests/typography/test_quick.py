"""plugins/typography/quick.py: the same HTML as the libraries make, in less time."""

import sys
from types import ModuleType

import pytest
import smartypants
import typogrify.filters
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from typography import quick

TAGS = [f"<{slash}{name}{rest}>" for name in ("p", "li", "h1", "h7", "a", "abbr", "em", "b", "code", "div", "img")
        for slash in ("", "/") for rest in ("", ' title="it\'s"')]  # fmt: skip
WORDS = ["word", " ", "\n", "\x1c", "&nbsp;", "<!-- a > b -->",
         "'", '"', "&quot;", "--", "-", ". . .", "...", "`", "\\"]  # fmt: skip
HTML = st.lists(st.sampled_from([*TAGS, *WORDS]), max_size=20).map("".join)


def _anew(name: str) -> ModuleType:
    """A module as it is before anything in it was replaced."""
    kept = sys.modules.pop(name)
    try:
        return __import__(name, fromlist=["_"])
    finally:
        sys.modules[name] = kept


theirs = {
    "curl": _anew(smartypants.__name__).smartypants,
    "join_last_words": _anew(typogrify.filters.__name__).widont,
}


@pytest.mark.parametrize("name", theirs)
@given(html=HTML)
@settings(max_examples=examples(400))
def test_the_html_is_that_of_the_library(name: str, html: str) -> None:
    quick.spare_time()

    assert getattr(quick, name)(html) == theirs[name](html)
