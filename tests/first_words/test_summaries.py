"""plugins/first_words/: lists, feeds and search engines show the words of a post, and nothing else of it."""

import re
from collections import Counter

import pytest
from conftest import Site
from first_words.summaries import cleared, first_words
from site_pages import Page, entries, page_of

#: The HTML of a post, and the words that a list shows.
WORDS = [
    ("<p>Some <em>words</em> &amp; <code>--mode</code>.</p><p>More</p>", "Some words & --mode. More"),
    ("<h1 id='a'>A</h1><h2>B</h2><p>Words</p>", "Words"),
    ("<p>Words<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup></p>", "Words"),
    ("<p>Words</p><div class='footnote'><hr><ol><li><p>A note</p></li></ol></div>", "Words"),
    ("<div class='toc'><ul><li><a href='#a'>A</a></li></ul></div><p>Words</p>", "Words"),
    ("<div class='contents topic'><p class='topic-title'>Contents</p><ul><li>A</li></ul></div><p>Words</p>", "Words"),
    ("<ul><li><a href='#a'>By hand</a></li><li><a href='#b'>B</a></li></ul><p>Words, <a href='#a'>see A</a></p>",
     "Words, see A"),
    ("<p><img src='a.png' alt='A'></p><figure><img src='b'><figcaption>B</figcaption></figure><p>Words</p>", "Words"),
    ("<div class='figure'><img src='a' /><p class='caption'>A</p></div><p>Words</p>", "Words"),
    ("<div class='highlight'><pre>iptables -L</pre></div><figure class='snippet'><pre>x</pre></figure><p>Words</p>",
     "Words"),
    ("<table><tr><td>A</td></tr></table><iframe src='f'>no</iframe><video>no</video><p>Words</p>", "Words"),
    ("<iframe src='a>b'></iframe><p>Words", "Words"),
    ("<details><summary>A</summary><details>B</details>C</details><p>Words</p>", "Words"),
    ("<div class='admonition note'><p class='admonition-title'>Note</p><p>Words</p></div>", "Words"),
    ("<p class='admonition-title'>Note<p>Words", "Words"),
    ("<script>alert('<p>no</p>')</script><style>p {}</style><!-- no --><p>Words</p>", "Words"),
    ("<p>We need:</p><ul><li>one</li><li><p>two</p></li><li>Three.</li></ul><p>End.</p>",
     "We need: one · two · Three. End."),
    ("<p>One<br>two<br />three</p>", "One two three"),
    ("<blockquote><p>Quoted&nbsp;words</p></blockquote>", "Quoted words"),
    ("Loose words < & > <b>bold", "Loose words < & > bold"),
    ("<p>Before</p><!-- more --><p>After</p>", "Before"),
    ("<h2>A</h2><!--more--><p>After</p>", "After"),
    ("<p>Before</p><!-- PELICAN_END_SUMMARY --><p>After</p>", "Before"),
    ("<h1>A</h1><pre>x</pre><p><img src='a'></p>", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("html", "words"), WORDS, ids=[html for html, _ in WORDS])
def test_the_first_words_are_words(html: str, words: str) -> None:
    assert first_words(html, 50) == words


def test_their_number_is_a_setting() -> None:
    html = "<p>one two three four five six seven eight</p>" * 9

    assert first_words(html, 5) == "one two three four five six…"
    assert first_words(html, 5, " (more)") == "one two three four five six (more)"
    assert first_words(html, None, paragraphs=1) == "one two three four five six seven eight"
    assert len(first_words(html, None).split()) == 72
    assert first_words(f"<p>{'long ' * 20}</p><!--more-->", 5) == ("long " * 20).strip()


#: The HTML of a summary, and what is kept of it.
SUMMARIES = [
    ("<p>It <em>is</em> <code>so</code></p>", "<p>It <em>is</em> <code>so</code></p>"),
    ("<p>One</p>\n<p>two</p>", "<p>One</p>\n<p>two</p>"),
    ('<p><a href="/x/?a&amp;b" id="i" class="c" title="T">x</a></p>', '<p><a href="/x/?a&amp;b" title="T">x</a></p>'),
    ('<p><a href="{filename}a.md">a</a> <a href="#here"><b>b</b></a></p>', '<p><a href="{filename}a.md">a</a> b</p>'),
    ('<p lang="es">A <span lang="es" dir="ltr">b</span></p>', '<p>A <span lang="es" dir="ltr">b</span></p>'),
    ("<h1 id='a'>No</h1><p>Yes <img src='a'> <sup id='r'><a class='footnote-ref'>1</a></sup></p>", "<p>Yes</p>"),
    ("<p>Not <em>closed <b>at all</p><p>here</p>", "<p>Not <em>closed <b>at all</b></em></p>\n<p>here</p>"),
    ("<p>a <em>b <i>c</em> d</i></p>", "<p>a <em>b <i>c</i></em> d</p>"),
    ("Plain & 1 < 2", "<p>Plain &amp; 1 &lt; 2</p>"),
    ("<p>last&nbsp;words</p>", "<p>last&nbsp;words</p>"),
    ("<h1>Only a heading</h1>", ""),
]


@pytest.mark.parametrize(("summary", "kept"), SUMMARIES, ids=[summary for summary, _ in SUMMARIES])
def test_a_summary_keeps_its_markup_within_a_line(summary: str, kept: str) -> None:
    assert cleared(summary) == kept


@pytest.mark.measures_time
@pytest.mark.parametrize("piece", ["<", "<a ", "<em>", "<p><b>", "</i>", "<!--", "&", "<a href='", "a. ", "。", "<ul>"])
def test_no_text_takes_long(piece: str) -> None:
    """Python's own parser takes minutes for some of these."""
    for html in (f"<pre>x</pre>{piece * 20_000}", f"<p {piece * 20_000}"):
        assert len(first_words(html, 50)) <= 400
        cleared(html)


MARKDOWN = """[TOC]

# A heading

![](a.png){{#picture}}

<iframe src="https://example.org/film" title="A film"></iframe>

```sh
iptables -A INPUT -s 192.0.2.0/24 -j DROP
```

{words} are *here*.[^1]

[^1]: A note.
"""
RST = """Restructured
############

:date: 2026-01-02
:slug: restructured

.. contents::

First section
=============

.. figure:: a.png

   A caption

Restructured words [#n]_ and ``code``.

.. [#n] A note.

Second section
==============

More.
"""
HTML = """<html><head><title>Raw</title><meta name="date" content="2026-01-03"><meta name="slug" content="raw"></head>
<body><h1 id="top">Raw</h1><table><tr><td>cell</td></tr></table>Raw words <b id="top2">here</b>.</body></html>
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with posts of every format, with and without a summary, and one without words."""
    site = Site(tmp_path_factory.mktemp("first_words"))
    posts = site.folder / "content/posts"
    (posts / "pictures").mkdir()
    for name in ("one", "two"):
        site.post(name, MARKDOWN.format(words=name.title()), summary="")
    site.post("told", summary="With *markup*, `code` and [a link](https://example.org/){#twice}.[^1]", title="Told")
    site.post("told-again", summary="Also {#twice} *told*{#twice}.", title="Told again")
    site.post("silent", "# Only\n\n```sh\niptables -L\n```\n", summary="")
    (posts / "a.png").write_bytes(b"")
    (posts / "r.rst").write_text(RST, encoding="utf-8")
    (posts / "h.html").write_text(HTML, encoding="utf-8")
    site.built()
    return site


def shown(site: Site, file: str) -> dict[str, str]:
    """Return what a list says of each post, as HTML, by the last part of the post's address."""
    html = (site.output / file).read_text(encoding="utf-8")
    entry = re.compile(r'<article class="entry">.*?href="[^"]*/([^/"]+)/".*?</h2>(.*?)</div>', re.DOTALL)
    return {name: words.strip() for name, words in entry.findall(html)}


@pytest.mark.starts_programs
def test_lists_show_words_alone(built: Site) -> None:
    listed = shown(built, "index.html")

    assert listed == {
        "one": "<p>One are here.</p>",
        "two": "<p>Two are here.</p>",
        "told": '<p>With <em>markup</em>, <code>code</code> and <a href="https://example.org/">a link</a>.[^1]</p>',
        "told-again": "<p>Also {#twice} <em>told</em>.</p>",
        "silent": "",
        "restructured": "<p>Restructured words and code. More.</p>",
        "raw": "<p>Raw words here.</p>",
    }
    for file in ("index.html", "2026/index.html", "2026/01/index.html"):
        page = Page((built.output / file).read_text(encoding="utf-8"))
        ids = Counter(has["id"] for _, has in page.elements if has.get("id"))
        assert not [each for each, times in ids.items() if times > 1], file
        assert len(page.all("h1")) == 1 and not page.all("iframe") and not page.all("img"), file


@pytest.mark.starts_programs
def test_machines_are_told_the_same_words(built: Site) -> None:
    summaries = {entry["title"]: entry["summary"] for entry in entries(built.output / "feeds/all.atom.xml")}

    assert page_of(built, "2026/01/one").meta("description") == "One are here."
    assert page_of(built, "2026/01/told").meta("description") == "With markup, code and a link.[^1]"
    assert page_of(built, "2026/01/silent").meta("description") == "Silent"
    assert summaries["One"] == "<p>One are here.</p>"
    assert summaries["Restructured"] == "<p>Restructured words and code. More.</p>"
