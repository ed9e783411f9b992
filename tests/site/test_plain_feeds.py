"""plugins/plain_feeds.py: a feed reader gets words, code and verdict, in elements that it knows."""

import re

import pytest
from conftest import Site
from plain_feeds import KEPT, plain
from site_pages import LOAD_BALANCE, entries


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="lead" id="a">one <em>two</em></p>', "<p>one <em>two</em></p>"),
        ('<a href="/x" onclick="y()" rel="nofollow">z</a>', '<a href="/x">z</a>'),
        ('<figure><div class="highlight"><pre tabindex="0"><code><span tabindex="0">-t <b>nat</b></span></code></pre>'
         "</div></figure>", "<pre><code>-t nat</code></pre>"),
        ("<b>bold</b><pre>a <b>b</b></pre><b>bold</b>", "<b>bold</b><pre>a b</pre><b>bold</b>"),
        ("a<svg><g><text>drawn</text></g></svg>b", "ab"),
        ("a<details><summary>s</summary><details>t</details>u</details>b", "ab"),
        ("a<button>Copy</button><script>alert(1)</script>b", "ab"),
        ("a<br>b<hr>", "a<br>b<hr>"),
        ("a&#12;b&#xB;c&#x1b;d&#9;e", "abcd\te"),
        ("&lt;script&gt; &amp; &quot;", '&lt;script&gt; &amp; "'),
        ('<img src="x.png" alt="&quot;x&quot;" loading="lazy">', '<img src="x.png" alt="&quot;x&quot;">'),
        ("<svg><path d='M0 0'><p>lost</svg>kept", "kept"),
    ],
)  # fmt: skip
def test_plain_form(html: str, expected: str) -> None:
    assert plain(html) == expected


def test_the_feed_is_plain_and_whole(whole_site: Site) -> None:
    """The post on load balancing has its verdict and the commands to type today, and nothing of the page's workings."""
    newer, _ = entries(whole_site.output / "feeds/all.atom.xml")
    content = newer["content"]
    names = {
        name
        for tag in re.findall(r"<\w+((?: [\w-]+=\"[^\"]*\")*)", content)
        for name in re.findall(r"[\w-]+(?==)", tag)
    }

    assert "Refused since 1.4.11." in content
    assert "--every 3 --packet 0 -j SNAT --to 192.168.1.201\n" in content
    assert names <= {"href"}
    assert set(re.findall(r"<(\w+)", content)) <= {*KEPT}
    assert newer["link"].endswith(f"/{LOAD_BALANCE}/")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="../other/">x</a>', '<a href="https://e.org/2026/other/">x</a>'),
        ('<a href="#fn:1">1</a>', '<a href="https://e.org/2026/post/#fn:1">1</a>'),
        ('<img src="/images/a.png">', '<img src="https://e.org/images/a.png">'),
        ('<q cite="mailto:a@b">x</q>', '<q cite="mailto:a@b">x</q>'),
        ('<a href="https://f.org/#x" title="../y">x</a>', '<a href="https://f.org/#x" title="../y">x</a>'),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
    ],
)
def test_addresses_are_whole(html: str, expected: str) -> None:
    assert plain(html, "https://e.org/2026/post/") == expected


def test_a_previews_feed_names_the_public_site(site: Site) -> None:
    """README.md, "Settings": `CANONICAL_SITE` is what feed links name, even in a preview."""
    site.settings('CANONICAL_SITE = FEED_DOMAIN = "https://example.org"')
    site.post("first", "[this](/tags/) and a note[^1]\n\n[^1]: here\n", title='A "title" -- typed')
    feed = (site.built() / "feeds/all.atom.xml").read_text(encoding="utf-8")
    (entry,) = entries(site.output / "feeds/all.atom.xml")

    assert entry["link"] == "https://example.org/2026/01/first/"
    assert entry["title"] == 'A "title" -- typed'
    assert "<id>tag:example.org,2026-01-01:/2026/01/first/</id>" in feed
    assert "<id>https://example.org/</id>" in feed
    assert 'href="https://example.org/tags/"' in entry["content"]
    assert 'href="https://example.org/2026/01/first/#fn:1"' in entry["content"]
