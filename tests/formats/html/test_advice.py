"""What a figure says below its words about what could be better."""

from drytables.diagnostics.source import Source
from drytables.formats.html.advice import advice
from drytables.formats.html.figure import figure
from drytables.formats.html.site import Site
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check
from drytables.page.report import Snippet


def advised(*commands: str) -> Snippet:
    """The snippet of a page with these commands, each without `iptables`."""
    code = "".join(f"iptables {each}\n" for each in commands)
    (snippet,) = check(Source("post.md", f"```sh\n{code}```\n"), advises=True).snippets
    return snippet


def test_it_is_under_the_fold_and_the_commands_are_accepted() -> None:
    snippet = advised("-A INPUT -m state --state NEW -j ACCEPT")
    html = figure(snippet, Site(Release(NEWEST))) or ""

    assert "snippet-accepted" in html
    assert "<p>Write <code>" not in html.partition("snippet-apart")[0]
    assert "<code>-m conntrack --ctstate NEW</code>" in html.partition("snippet-apart")[2]


def test_the_reader_of_a_page_is_told_no_numbers_of_lines() -> None:
    html = advice(advised("-A INPUT -s 10.0.0.0/8 -j DROP", "-A INPUT -s 10.1.2.3 -j ACCEPT"))

    assert html.startswith("<p>A rule can never match, since an earlier one of its chain takes all of its packets.")
    assert "line 2" not in html


def test_without_any_there_is_nothing() -> None:
    assert advice(advised("-A INPUT -p tcp --dport 22 -j ACCEPT")) == ""


def test_no_number_of_a_line_is_shown() -> None:
    """Neither of one line nor of several."""
    halves = ("-A INPUT -s 10.0.0.0/9 -j DROP", "-A INPUT -s 10.128.0.0/9 -j DROP")

    html = advice(advised(*halves, "-A INPUT -s 10.0.0.0/8 -j DROP"))

    assert "if these are two ways" in html
    assert "line" not in html
