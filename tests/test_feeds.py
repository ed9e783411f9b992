"""plugins/feeds.py: a feed reader gets words, code and verdict, in elements that it knows."""

import re

import pytest
from conftest import Site
from feeds import KEPT, plain
from test_pages import LOAD_BALANCE, entries


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
