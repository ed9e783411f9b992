"""plugins/proofreader/checks/nearest.py: what somebody may have meant."""

import pytest
from proofreader.checks.nearest import Suggestions

KNOWN = ["posts/other.md", "posts/old/note.md", "pages/about.md", "images/Cat.PNG", "archive/x.md"]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("posts/othr.md", "posts/other.md"),
        ("posts/Other.md", "posts/other.md"),
        ("posts/note.md", "posts/old/note.md"),
        ("posts/other.html", "posts/other.md"),
        ("images/cat.png", "images/Cat.PNG"),
        ("images\\cat.png", "images/Cat.PNG"),
        ("posts/note.png", None),
        ("pages/Cat.md", None),
        ("posts/zebra.md", None),
        ("posts/n.md", None),
        ("", None),
    ],
)
def test_the_nearest_name(wanted: str, meant: str | None) -> None:
    assert Suggestions().nearest(wanted, KNOWN) == meant


def test_a_site_full_of_faults_takes_no_longer() -> None:
    """Each suggestion takes time for every name that there is."""
    suggestions = Suggestions()

    assert [suggestions.nearest("posts/othr.md", KNOWN) for _ in range(200)].count(None) > 100
