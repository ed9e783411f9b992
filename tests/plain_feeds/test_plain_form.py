"""plugins/plain_feeds/plain_form.py: a feed reader gets words, code and verdict, in elements that it knows, and
whole addresses.
"""

import pytest
from plain_feeds.plain_form import plain


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="lead" id="a">one <em>two</em></p>', "<p>one <em>two</em></p>"),
        ('<a href="/x" onclick="y()" rel="nofollow">z</a>', '<a href="/x">z</a>'),
        ('<figure class="snippet"><div class="highlight"><pre tabindex="0"><code><span tabindex="0">-t <b>nat</b>'
         "</span></code></pre></div></figure>", "<pre><code>-t nat</code></pre>"),
        ("<b>bold</b><pre>a <b>b</b></pre><b>bold</b>", "<b>bold</b><pre>a b</pre><b>bold</b>"),
        ("a<svg><g><text>drawn</text></g></svg>b", "ab"),
        ("a<details><summary>s</summary><details>t</details>u</details>b",
         "a<div><p><strong>s</strong></p><div>t</div>u</div>b"),
        ('<figure class="snippet"><div class="highlight"><pre>c</pre></div><figcaption><p>v</p><details>d</details>'
         '</figcaption></figure><details>e</details>', "<pre>c</pre><p>v</p><div>e</div>"),
        ('<iframe title="A film" src="https://f.org/1"></iframe>', '<p><a href="https://f.org/1">A film</a></p>'),
        ('<object data="/a/b.pdf"><p>c</p></object>', '<p><a href="/a/b.pdf">b.pdf</a></p><p>c</p>'),
        ('<audio><source src="a.mp3" type="audio/mpeg"><source src="a.ogg"></audio>',
         '<audio controls=""><source src="a.mp3" type="audio/mpeg"><source src="a.ogg"></audio>'
         '<p><a href="a.mp3">a.mp3</a></p>'),
        ('<video src="v.mp4" title="V" autoplay></video>',
         '<video src="v.mp4" controls=""></video><p><a href="v.mp4">V</a></p>'),
        ("<s>20</s> <del>3</del> <strike>4</strike>", "<s>20</s> <del>3</del> <s>4</s>"),
        ('<ol start="3" type="a" reversed class="x"><li value="4">b</li></ol>',
         '<ol start="3" type="a" reversed=""><li value="4">b</li></ol>'),
        ("<div>a</div><section>b</section>", "<div>a</div><div>b</div>"),
        ('<div class="admonition note"><p class="admonition-title">N</p><p>x</p></div>',
         "<blockquote><p><strong>N</strong></p><p>x</p></blockquote>"),
        ('<div class="highlight"><span class="filename">f</span><pre><span class="hll"><span class="k">a</span>\n'
         '</span>'
         '<span class="linenos" data-linenos="2 "></span>b</pre></div>',
         "<p><strong>f</strong></p><pre><mark>a\n</mark>b</pre>"),
        ('<sup id="r"><a href="#n">1</a></sup><li id="n">x<a href="#r">b</a></li><p id="z">y</p>',
         '<sup id="r"><a href="#n">1</a></sup><li id="n">x<a href="#r">b</a></li><p>y</p>'),
        ('<p dir="rtl" lang="ar">a <span lang="fr">b</span> <span>c</span></p>',
         '<p dir="rtl" lang="ar">a <span lang="fr">b</span> c</p>'),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        ('<svg aria-label="A house"><path/></svg>', "[A house]"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ("a<input><button>x</button>b", "ab"),
        ('<p>a <iframe src="/f" title="F"></iframe> b</p>', '<p>a <a href="/f">F</a> b</p>'),
        ('<p><video src="v.mp4"></video></p>',
         '<p><video src="v.mp4" controls=""></video><a href="v.mp4">v.mp4</a></p>'),
        ('<a href="/x"><embed src="y.swf"></a>', '<a href="/x">y.swf</a>'),
        ('<picture><source srcset="a.webp" media="print"><img src="a.png"></picture>',
         '<picture><source srcset="a.webp" media="print"><img src="a.png"></picture>'),
        ("<svg><title> A house </title><g><title>A door</title></g></svg>", "[A house]"),
        ('<svg aria-label="A barn"><title>A house</title></svg>', "[A barn]"),
        ("a<p hidden>no <b>b</b></p><hr hidden><p hidden=until-found>c</p>", "a<p>c</p>"),
        ("a<dialog>no</dialog><dialog open>b</dialog>", "ab"),
        ('<li class="task"><span class="task-box" role="img">☑</span>done</li>', "<li>☑ done</li>"),
        ("<p>a <em>b</p>c</em>", "<p>a <em>b</em></p>c"),
        ("a<button>Copy</button><script>alert(1)</script>b", "ab"),
        ("a<br>b<hr>", "a<br>b<hr>"),
        ("a&#12;b&#xB;c&#x1b;d&#9;e", "abcd\te"),
        ("&lt;script&gt; &amp; &quot;", '&lt;script&gt; &amp; "'),
        ('<img src="x.png" alt="&quot;x&quot;" loading="lazy">', '<img src="x.png" alt="&quot;x&quot;">'),
        ("<svg><path d='M0 0'><p>lost</svg>kept", "kept"),
        ("<p title=don't>a</p><p>it's</p>", "<p>a</p><p>it's</p>"),
        ("<script>if (a<b) x('</p>')</script>b<STYLE>p > a {}</STYLE>c<style/>d", "bc"),
        ("<p>a<span/>b<math><mspace/>c</math></p>", "<p>ab<math><mspace></mspace>c</math></p>"),
        ("<a href=/x/>y</a>", '<a href="/x/">y</a>'),
        ("<p>a <b and c", "<p>a &lt;b and c</p>"),
    ],
)  # fmt: skip
def test_plain_form(html: str, expected: str) -> None:
    assert plain(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="../other/">x</a>', '<a href="https://e.org/2026/other/">x</a>'),
        ('<a href="#fn:1">1</a>', '<a href="https://e.org/2026/post/#fn:1">1</a>'),
        ('<img src="/images/a.png">', '<img src="https://e.org/images/a.png">'),
        ('<q cite="mailto:a@b">x</q>', '<q cite="mailto:a@b">x</q>'),
        ('<a href="https://f.org/#x" title="../y">x</a>', '<a href="https://f.org/#x" title="../y">x</a>'),
        ('<img srcset="a.png 1x, /b.png 2x">',
         '<img srcset="https://e.org/2026/post/a.png 1x, https://e.org/b.png 2x">'),
        ('<video poster="p.png" src="//c.d/v"></video>',
         '<video poster="https://e.org/2026/post/p.png" src="https://c.d/v"'
         ' controls=""></video><p><a href="https://c.d/v">v</a></p>'),
        ('<iframe src="/f/"></iframe>', '<p><a href="https://e.org/f/">f</a></p>'),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
    ],
)  # fmt: skip
def test_addresses_are_whole(html: str, expected: str) -> None:
    assert plain(html, "https://e.org/2026/post/") == expected
