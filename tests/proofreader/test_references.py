"""plugins/proofreader/facts/references.py: the addresses in the value of a `srcset`."""

import pytest
from proofreader.kinds.html import sources_in_set, with_sources


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a.png", "a.png"),
        ("a.png, b.png 2x", "a.png b.png"),
        ("a.png 1x,b.png 2x", "a.png b.png"),
        (" a.png 100w , ,\nb.png ,", "a.png b.png"),
        ("a.png x(1, 2), b.png 2x", "a.png b.png"),
        ("a,b.png 1x", "a,b.png"),
        ("data:image/png;base64,AA== 1x, b.png 2x", "data:image/png;base64,AA== b.png"),
        ("", ""),
        (" ,", ""),
    ],
)
def test_addresses(value: str, found: str) -> None:
    assert [*sources_in_set(value)] == found.split()
    assert with_sources(value, lambda each: each) == value


def test_what_changes_may_have_blanks_and_commas() -> None:
    assert (
        with_sources("a.png, b.png 2x", {"a.png": "c, d.png", "b.png": "b.png"}.__getitem__) == "c%2C%20d.png, b.png 2x"
    )


@pytest.mark.parametrize("unit", [",", " ,", "a,", "a ,", "a, "])
def test_each_character_is_looked_at_once(unit: str) -> None:
    """A test that takes minutes here has found what is looked at again and again."""
    assert len([*sources_in_set(f"a{unit * 200_000}")]) <= 200_001
