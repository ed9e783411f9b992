"""The classes of a figure: drytables emits them, the head of snippets.css lists them, and its rules style them."""

import re
from pathlib import Path

import drytables
import pytest
from conftest import PROJECT
from drytables.diagnostics.source import Source
from drytables.formats.html.figure import figure
from drytables.formats.html.site import Site
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check
from pygments.token import STANDARD_TYPES

SHEET = Path(drytables.STYLESHEET).read_text(encoding="utf-8")
HEAD = SHEET[: SHEET.index("*/")]
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
THEME = re.sub(r"/\*.*?\*/", "", (PROJECT / "theme/static/style.css").read_text(encoding="utf-8"), flags=re.DOTALL)

#: What code has beside them: the names that a Pelican site's own style for code knows.
NAMES_IN_CODE = {"highlight", "filename", "hll", "linenos", *STANDARD_TYPES.values()}

#: What the script of a theme sets, which has tests in tests/browser/test_snippets.py.
SET_BY_A_SCRIPT = {"snippet-quiet"}
#: What who has tried commands puts into a figure, plugins/proof/telling/html.py.
SET_BY_A_TRIAL = {"snippet-tried"}

#: Between them, these snippets have everything that a figure can have.
SNIPPETS = [
    "```sh\niptables -A INPUT -j DROP\n```",
    "```sh\n" + "iptables -F\n" * 15 + "```",
    "```sh\niptables -A INPUT -s <address> -j DROP\n```",
    '```{.sh unchecked="why"}\niptables -A INPUT\n```',
    '```{.sh refused="unknown-option"}\niptables -L --nonsense\n```',
    '```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 3\n```',
    "```sh\n" + "iptables -A INPUT -m statistic --mode random --probability 0.5 -j DROP\n" * 3 + "```",
    "```sh\niptables -N OWN\niptables -A OWN -s 192.0.2.1 -j DROP\niptables -A INPUT -i lo -j OWN\n```",
]
PAGES = [
    *(PROJECT / "tests/golden").glob("*.md"),
    *(PROJECT / "content").rglob("*.md"),
    PROJECT / "theme/style-page/style.md",
]


def classes(css: str) -> set[str]:
    """The classes of figures that a stylesheet, or a text about one, names."""
    return set(re.findall(r"\.(snippet(?:-[a-z0-9]+)*)\b", css))


def properties(css: str, after: str) -> set[str]:
    """The custom properties that a stylesheet has before what `after` matches, or within a var()."""
    return set(re.findall(rf"(--[\w-]+){after}", css))


def emitted(text: str) -> set[str]:
    """The classes in the figures of a Markdown text."""
    figures = [figure(snippet, Site(Release(NEWEST)), "name") or "" for snippet in check(Source("-", text)).snippets]
    return set(" ".join(re.findall(r'class="([^"]*)"', "".join(figures))).split())


def test_each_class_is_emitted_listed_and_styled() -> None:
    found = set().union(*(emitted(f"{text}\n") for text in SNIPPETS))

    assert found - NAMES_IN_CODE | SET_BY_A_SCRIPT | SET_BY_A_TRIAL == classes(HEAD) == classes(RULES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_has_another(page: Path) -> None:
    assert emitted(page.read_text(encoding="utf-8")) <= classes(HEAD) | NAMES_IN_CODE


def test_nothing_that_makes_html_names_another() -> None:
    """Also where no text of the tests comes by."""
    room = PROJECT / "plugins/drytables/formats/html"
    code = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    written = " ".join(re.findall(r'class="([^"{]*)', code)).split()
    named = re.findall(r"\bsnippet(?:-[a-z0-9]+)+(?![a-z0-9-])(?!-?\{)", code)

    assert {each for each in written if not each.endswith("-")} | {*named} <= classes(HEAD) | NAMES_IN_CODE


def test_the_sheet_leaves_the_rest_of_a_page_alone() -> None:
    """Each selector begins with a figure, or something in one; each property is its own, and declared."""
    selectors = [
        selector.strip()
        for prelude in re.findall(r"([^{}]+)\{", RULES)
        if not prelude.strip().startswith("@")
        for selector in re.split(r",(?![^(]*\))", prelude)
    ]

    assert [each for each in selectors if not re.match(r"\.snippet\b|:where\(\.snippet\b", each)] == []
    assert properties(RULES, r"\s*:") >= properties(RULES, r"\s*[,)]")
    assert all(name.startswith("--snippet-") for name in properties(RULES, ""))


def test_the_theme_uses_what_there_is() -> None:
    """It names no class that figures have not, and sets each property that the sheet has a default for."""
    (defaults,) = re.findall(r":where\(\.snippet\) \{\n(.*?)\n\}", RULES, re.DOTALL)
    set_by_theme = {name for name in properties(THEME, r"\s*:") if name.startswith("--snippet-")}

    assert classes(THEME) <= classes(HEAD)
    assert set_by_theme == properties(defaults, r"\s*:")
