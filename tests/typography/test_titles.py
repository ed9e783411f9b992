"""Code in a title is code in headings and plain words elsewhere; all else of a title is text."""

import pytest
from conftest import Site
from site_pages import page_of
from typography.titles import as_html, as_words

TITLES = [
    ("Why `iptables -F`", "Why <code>iptables -F</code>", "Why iptables -F"),
    ("`<b>` and <b>", "<code>&lt;b&gt;</code> and &lt;b&gt;", "<b> and <b>"),
    ("`` a`b `` c", "<code>a`b</code> c", "a`b c"),
    ("one ` two", "one ` two", "one ` two"),
    ("`a` `b", "<code>a</code> `b", "a `b"),
    ("``", "``", "``"),
    ('*x* [y](z) "q"', "*x* [y](z) &quot;q&quot;", '*x* [y](z) "q"'),
]


@pytest.mark.parametrize(("typed", "html", "words"), TITLES)
def test_title(typed: str, html: str, words: str) -> None:
    assert (as_html(typed), as_words(typed)) == (html, words)


def test_title_on_the_pages(site: Site) -> None:
    site.post("one", title="Why `iptables -F --x` <b>")
    site.built()
    page = site.page("2026/01/one")

    assert "<h1>Why <code>iptables -F --x</code>&nbsp;&lt;b&gt;</h1>" in page.replace(
        "</code> &lt;", "</code>&nbsp;&lt;"
    )
    assert "<title>Why iptables -F --x &lt;b&gt; ·" in page
    assert page_of(site, "2026/01/one").meta("og:title") == "Why iptables -F --x <b>"
    assert "<code>iptables -F --x</code>" in (site.output / "index.html").read_text(encoding="utf-8")
    assert "<title>Why iptables -F --x &lt;b&gt;</title>" in (site.output / "feeds/all.atom.xml").read_text(
        encoding="utf-8"
    )
