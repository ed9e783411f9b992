"""What the options of a fence say of how its code is shown, and the HTML of it."""

import re
from html.parser import HTMLParser

import pytest
from drytables.diagnostics.source import Source
from drytables.formats.html.display import PLAIN, Display, display_of
from drytables.formats.html.figure import figure
from drytables.formats.html.site import Site
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check
from drytables.reading.markdown.fences import read_fences

CODE = """\
# one
iptables -A INPUT -p tcp \\
  --dport 22 -j ACCEPT
iptables -A INPUT -m comment --comment \\
  x -j DROP
"""

OPTIONS = [
    ("sh", PLAIN),
    ('{.sh hl_lines="1 3-4"}', Display(marked=frozenset((1, 3, 4)))),
    ('sh hl_lines="2"', Display(marked=frozenset((2,)))),
    ("sh {2,4-5}", Display(marked=frozenset((2, 4, 5)))),
    ("sh {hl_lines=[1,'3-4']}", Display(marked=frozenset((1, 3, 4)))),
    ('{.sh hl_lines="4-999999"}', Display(marked=frozenset((4, 5, 6)))),
    ('{.sh title=" a <b> "}', Display(title="a <b>")),
    ('sh linenums="9"', Display(first_number=9)),
    ('sh linenums="0"', PLAIN),
    ('{.sh iptables="1.8"}', PLAIN),
]


@pytest.mark.parametrize(("info", "display"), OPTIONS)
def test_display_of(info: str, display: Display) -> None:
    (fence,) = read_fences(Source("-", f"\n```{info}\n{CODE}```\n")).fences

    assert display_of(fence) == display


def code_of(info: str) -> str:
    """The block of code in the figure."""
    (snippet,) = check(Source("-", f"\n```{info}\n{CODE}```\n")).snippets
    html = figure(snippet, Site(Release(NEWEST))) or ""
    return html[html.index("<div class=") : html.index("<figcaption")]


class Marked(HTMLParser):
    """The text of each marked stretch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stretches: list[str] = []
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a stretch, or go deeper into one."""
        if ("class", "hll") in attrs:
            self.stretches.append("")
        self.depth += bool(self.depth) or ("class", "hll") in attrs

    def handle_endtag(self, tag: str) -> None:
        """Come back out."""
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        """Add to the stretch."""
        if self.depth:
            self.stretches[-1] += data


MARKED = [
    ("sh {1}", ["# one\n"]),
    ("sh {3}", ["  --dport 22 -j ACCEPT\n"]),
    ("sh {1,2}", ["# one\niptables -A INPUT -p tcp \\\n"]),
    # A value on the next line belongs to its option.
    ("sh {4}", ["iptables -A INPUT -m comment --comment \\\n  x -j DROP\n"]),
    ("sh {1,3}", ["# one\n", "  --dport 22 -j ACCEPT\n"]),
    ("sh {77}", []),
]


@pytest.mark.parametrize(("info", "marked"), MARKED)
def test_marked_lines(info: str, marked: list[str]) -> None:
    assert Marked(code_of(info)).stretches == marked


def test_a_title_is_text() -> None:
    assert '<span class="filename">a &lt;b&gt;</span><pre ' in code_of('{.sh title="a <b>"}')


def test_each_line_has_its_number_which_is_no_text() -> None:
    """It stands within a marked line, which is a block of its own."""
    html = code_of('{.sh linenums="9" hl_lines="1 4"}')

    assert re.findall(r'data-linenos="([^"]*)"', html) == [" 9 ", "10 ", "11 ", "12 ", "13 "]
    assert re.sub(r"<[^<>]*>", "", html) == CODE
    assert html.count('<span class="hll"><span class="linenos"') == 2
