"""tests/thorough.py names tests that there are: a renamed one would be back in every run, and nobody would know why."""

from pathlib import Path

import pytest
from thorough import LONG

TESTS = Path(__file__).parent


@pytest.mark.parametrize("file", LONG)
def test_what_is_named_is_there(file: str) -> None:
    text = (TESTS / file).read_text(encoding="utf-8")

    assert [each for each in LONG[file] if f"\ndef {each.partition('[')[0]}(" not in text] == []
