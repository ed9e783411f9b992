"""plugins/typography/: what typogrify may set, and what it must leave alone."""

import pytest
from conftest import Site

PROSE = [
    # What a post says => what must stand on the page.
    ("Use --mode now.", "Use --mode&nbsp;now."),
    ("--mode first", "--mode&nbsp;first"),
    ("the last is --mode", "the last is&nbsp;--mode"),
    ("(--mode) or [--every]", "(--mode) or&nbsp;[--every]"),
    ("--mode=nth --every=3", "--mode=nth&nbsp;--every=3"),
    ("`--mode` in code", '<code><span class="unbroken">--mode</span></code> in&nbsp;code'),
    ("**--mode**", "<strong>--mode</strong>"),
    ("[--mode](https://example.org/--mode)", '<a href="https://example.org/--mode">--mode</a>'),
    ("## Why --mode nth", "Why --mode&nbsp;nth<a"),
    ("| option |\n| --- |\n| --mode |", "<td>--mode</td>"),
    ("- --mode", "<li>--mode</li>"),
    ("<!-- note --mode here -->\n\nkept", "<!-- note --mode here -->"),
    ('<!-- it\'s "so" -- yes -->\n\nkept', '<!-- it\'s "so" -- yes -->'),
    ("<kbd>--mode</kbd> key", "<kbd>--mode</kbd>"),
    ('<abbr title="--mode -- x">M</abbr> here', 'title="--mode -- x"'),
    ('<abbr title="a > b">M</abbr> is "so" here', '<abbr title="a > b">M</abbr> is &#8220;so&#8221;&nbsp;here'),
    # The typography itself.
    ("One -- or two.", "One &#8212; or&nbsp;two."),
    ('He said "no" to me.', "He said &#8220;no&#8221; to&nbsp;me."),
    ("It's Diego's.", "It&#8217;s&nbsp;Diego&#8217;s."),
    ("And so on...", "And so&nbsp;on&#8230;"),
    ("no widow here", "no widow&nbsp;here"),
    ("It’s 🙂 already", "It’s 🙂&nbsp;already"),
    ("Several IPs and one IP behind SNAT", "Several IPs and one IP behind&nbsp;SNAT"),
]

TITLES = [
    # A title as typed => its heading.
    ("Balancing with --mode nth", "Balancing with --mode&nbsp;nth"),
    ("One -- or two words", "One &#8212; or two&nbsp;words"),
    ('The "nth" packet', "The &#8220;nth&#8221;&nbsp;packet"),
    ("Cats & dogs", "Cats &amp;&nbsp;dogs"),
    ("</title><script>alert(1)</script>", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("<b>bold</b> &amp; 100%", "&lt;b&gt;bold&lt;/b&gt; &amp;amp;&nbsp;100%"),
]


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with one post for each case of PROSE and of TITLES."""
    site = Site(tmp_path_factory.mktemp("prose"))
    for number, (text, _) in enumerate(PROSE):
        site.post(f"prose-{number}", text + "\n")
    for number, (title, _) in enumerate(TITLES):
        site.post(f"title-{number}", title=title)
    site.post("summary", tags="told", summary='Set --mode and `--every` to "nth" -- always.')
    site.built()
    return site


@pytest.mark.starts_programs
@pytest.mark.parametrize("number", range(len(PROSE)), ids=[text for text, _ in PROSE])
def test_prose(prose: Site, number: int) -> None:
    """Options stay as typed everywhere outside code too, and everything else gets its typography."""
    page = prose.page(f"2026/01/prose-{number}")

    assert PROSE[number][1] in page


@pytest.mark.starts_programs
@pytest.mark.parametrize("number", range(len(TITLES)), ids=[title for title, _ in TITLES])
def test_title(prose: Site, number: int) -> None:
    """A heading has typography, and markup in a title is text."""
    page = prose.page(f"2026/01/title-{number}")

    assert f"<h1>{TITLES[number][1]}</h1>" in page


@pytest.mark.starts_programs
def test_summary(prose: Site) -> None:
    """A summary keeps its options, in a list of posts and in the description."""
    listed = "<p>Set --mode&nbsp;and <code>--every</code> to “nth” —&nbsp;always.</p>"

    assert listed in prose.page("tags/told")
    assert 'content="Set --mode and --every to “nth” — always."' in prose.page("2026/01/summary")


def test_it_can_be_turned_off(site: Site) -> None:
    """TYPOGRIFY = False leaves text and title as they were typed, and the title is still text."""
    site.post("plain", 'He said "no" -- twice.\n', title='A "plain" <b>title</b>')
    site.settings("TYPOGRIFY = False")
    site.built()

    assert '<p>He said "no" -- twice.</p>' in site.page("2026/01/plain")
    assert "<h1>A &quot;plain&quot; &lt;b&gt;title&lt;/b&gt;</h1>" in site.page("2026/01/plain")
