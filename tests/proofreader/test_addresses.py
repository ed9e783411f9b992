"""plugins/proofreader/checks/addresses.py: what cannot be in one place together."""

import pytest
from proofreader.checks.addresses import clashes, too_long
from proofreader.site.planned import COPIED, Planned

POST, OTHER = object(), object()


def post(name: str, content: object = POST, wins: bool = False) -> Planned:
    """Return a post with an address."""
    return Planned(name, content, wins=wins)


LIST = Planned("a/index.html", None, "the archive", "ARCHIVES_SAVE_AS")
TEMPLATE_PAGE = Planned("a/index.html", None, "a page of TEMPLATE_PAGES", "TEMPLATE_PAGES", wins=True)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ([post("a/index.html"), post("b/index.html")], []),
        ([post("a.html"), post("a.html", OTHER)], [("", True)]),
        ([post("a.html"), post("a.html", OTHER, wins=True)], [("", True)]),
        ([post("a/index.html"), LIST], [("", True)]),
        ([post("a/index.html", wins=True), LIST], [("", False)]),
        ([LIST, TEMPLATE_PAGE], []),
        ([LIST, LIST._replace(kind="the tag a")], [("", True)]),
        ([post("a.html"), Planned("a.html", "x/a.html", COPIED, wins=True)], [("", True)]),
        ([post("a/A.html"), post("a/a.html", OTHER)], [("capitals", False)]),
        ([post("a"), post("a/b.html", OTHER)], [("folder", True)]),
        ([post("./a.html"), post("a.html", OTHER)], [("", True)]),
    ],
)
def test_clashes(plan: list[Planned], expected: list[tuple[str, bool]]) -> None:
    """Each by what differs in the names, and whether one of the two is lost."""
    assert [(clash.differs, clash.is_lost) for clash in clashes(plan)] == expected


def test_the_post_is_told_of_and_not_the_list() -> None:
    (clash,) = clashes([LIST, post("a/index.html")])

    assert clash.later.content is POST


def test_too_long() -> None:
    plan = [post(f"{'a' * 200}/index.html"), post(f"{'a' * 256}.html"), post("ü" * 128)]

    assert [*too_long(plan)] == plan[1:]
