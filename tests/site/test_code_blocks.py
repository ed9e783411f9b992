"""Code ends the paragraph above it, and its options are seen."""

from html.parser import HTMLParser

import markdown
import pytest
from code_blocks import CodeBlocks
from code_blocks.info_strings import options_of
from conftest import Site

EXTENSIONS = [
    "pymdownx.superfences", "pymdownx.quotes", "footnotes", "def_list", "admonition", "attr_list", "md_in_html",
]  # fmt: skip


def html_of(text: str) -> str:
    """The HTML of a text, in which CODE stands for a block of code."""
    configs = {"pymdownx.quotes": {"callouts": True}}
    html = markdown.markdown(
        text, extensions=[CodeBlocks(), *EXTENSIONS], extension_configs=configs, output_format="html"
    )
    return html.replace('<div class="highlight"><pre><span></span><code>x\n</code></pre></div>', "CODE")


FENCE = "```\nx\n```"


def indented(text: str, lead: str) -> str:
    """A text with something before each line."""
    return "\n".join(lead + line for line in text.split("\n"))


#: What is typed, and its HTML without line ends.
PLACES = [
    (f"a\n{FENCE}\nb", "<p>a</p>CODE<p>b</p>"),
    (f"{FENCE}\n---\nb", "CODE<hr><p>b</p>"),
    (f"# H\n{FENCE}\n===", "<h1>H</h1>CODE<p>===</p>"),
    (f"a\n{indented(FENCE, '    ')}\nb", "<p>a</p>CODE<p>b</p>"),
    (f"a\n{FENCE}\n- b", "<p>a</p>CODE<ul><li>b</li></ul>"),
    (f"- a\n{indented(FENCE, '    ')}\n- b", "<ul><li>aCODE</li><li>b</li></ul>"),
    (f"1. a\n{indented(FENCE, '   ')}\n2. b", "<ol><li>aCODE</li><li>b</li></ol>"),
    (f"- a\n\n    p\n{indented(FENCE, '    ')}\n    q", "<ul><li><p>a</p><p>p</p>CODE<p>q</p></li></ul>"),
    (indented(f"a\n{FENCE}\nb", "> "), "<blockquote><p>a</p>CODE<p>b</p></blockquote>"),
    (f"T\n:   a\n{indented(FENCE, '    ')}\n    b", "<dl><dt>T</dt><dd>aCODEb</dd></dl>"),
    (
        f"!!! note\n    a\n{indented(FENCE, '    ')}\n    b",
        '<div class="admonition note"><p class="admonition-title">Note</p><p>a</p>CODE<p>b</p></div>',
    ),
    (
        indented(f"[!TIP]\na\n{FENCE}", "> "),
        '<div class="admonition tip"><p class="admonition-title">Tip</p><p>a</p>CODE</div>',
    ),
    (f"<div markdown>\na\n{FENCE}\nb\n</div>", "<div><p>a</p>CODE<p>b</p></div>"),
]


@pytest.mark.parametrize(("typed", "html"), PLACES)
def test_code_right_below_text(typed: str, html: str) -> None:
    assert html_of(typed).replace("\n", "") == html


@pytest.mark.parametrize("between", ["", "\n"])
def test_code_ends_a_footnote(between: str) -> None:
    html = html_of(f"a[^1]\n\n[^1]: note\n{between}{indented(FENCE, '    ')}").replace("\n", "")

    assert '<p>note</p>CODE<p><a class="footnote-backref"' in html.replace("&#160;", "")


OPTIONS = [
    ('python hl_lines="2"', '<span class="hll">two\n</span>'),
    ("text {2}", '<span class="hll">two\n</span>'),
    ("text {hl_lines=[2,'3-4']}", '<span class="hll">two\n</span><span class="hll">three\n</span>'),
    ("text {2-99999999999}", "one\ntwo\nthree\n"),
    ('text title="<i>a</i> & b"', '<span class="filename">&lt;i&gt;a&lt;/i&gt; &amp; b</span>'),
    ('text linenums="9"', '<span class="linenos" data-linenos="10 "></span>two\n'),
]


@pytest.mark.parametrize(("info", "shown"), OPTIONS)
def test_options(info: str, shown: str) -> None:
    html = html_of(f"```{info}\none\ntwo\nthree\n```").replace('<span class="n">', "").replace("two</span>", "two")

    assert shown in html


INFO = [
    # What stands behind the backticks, as others have it => the same for pymdown-extensions.
    ("js{1,3-4}", '{.js hl_lines="1,3-4"}'),
    ("ts twoslash {2}", '{.ts hl_lines="2"}'),
    ('jsx title="a b.jsx" {2} showLineNumbers', '{.jsx hl_lines="2" title="a b.jsx" linenums="1"}'),
    ('go {linenos=table,hl_lines=[2,"4-5"],linenostart=199}', '{.go hl_lines="2,4-5" linenums="199"}'),
    ("go {linenos=false, hl_lines=[ 2 ]}", '{.go hl_lines="2"}'),
    ("ruby:lib/app.rb", '{.ruby title="lib/app.rb"}'),
    ("ts:line-numbers=5 {1}", '{.ts hl_lines="1" linenums="5"}'),
    ("js:no-line-numbers", "{.js}"),
    ("c++,ignore", "{.c++}"),
    ("php?start_inline=1", "{.php}"),
    ("shell session", "{.shell}"),
    ("yaml # a comment", "{.yaml}"),
    ("{code-block} python", "{.python}"),
    ("js title='\"x\"' {}", "{.js title='\"x\"'}"),
    ("{key=}", ""),
    ("::", ""),
]


@pytest.mark.parametrize(("typed", "meant"), INFO)
def test_any_words_behind_the_backticks(typed: str, meant: str) -> None:
    assert options_of(typed) == meant
    html = html_of(f"a\n\n~~~~{typed}\n```\n~~~~\n\nb\n\n```{typed}\ny\n```\n\n- c\n\n    ```{typed}\n    y\n    ```\n")
    assert html.count("<pre>") == 3 and "<p>b</p>" in html and typed not in html


@pytest.mark.parametrize(
    "text", ["```js{1}``` is code", "    ```js{1}\n    x\n    ```", "```js `x`\ny\n```", "~~~\n```js{1}\n~~~"]
)
def test_what_is_no_fence_is_left_alone(text: str) -> None:
    assert "js{1}" in html_of(text) or "<p><code>js `x`" in html_of(text)


def test_fences_within_code_are_left_alone_and_end_nothing() -> None:
    html = html_of("```md\n- a\n\n  ```js{1}\n  y\n  ```\n```\n\nb\n\n```js this that\nz\n```\n")

    assert "```js{1}" in html and html.count("<pre>") == 2 and "<p>b</p>" in html and "this that" not in html


VOID = {"br", "hr", "img", "meta", "link", "input", "source", "track", "wbr", "path", "circle", "rect", "line"}


class Nesting(HTMLParser):
    """Finds what a browser would close on its own: tags that end out of turn, and blocks in a paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if "p" in self.open and tag in {
            "p",
            "div",
            "pre",
            "figure",
            "table",
            "ul",
            "ol",
            "dl",
            "blockquote",
            "details",
        }:
            self.faults.append(f"<{tag}> in <p> at {self.getpos()}")
        if "a" in self.open and tag == "a":
            self.faults.append(f"<a> in <a> at {self.getpos()}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(f"</{tag}> at {self.getpos()}")


JUDGED = '```{.sh hl_lines="1" title="a.sh" linenums="1"}\niptables -A INPUT -s 192.0.2.1 -j DROP\n```'


def test_tags_nest_wherever_code_stands(site: Site) -> None:
    """Judged or not, on the pages of a real site."""
    texts = [typed.replace(FENCE, JUDGED) for typed, _ in PLACES if FENCE in typed]
    nested = "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"
    site.post(
        "one", "\n\n".join([*(typed for typed, _ in PLACES), *texts, indented(f"[!NOTE]- F\n{JUDGED}", "> "), nested])
    )
    site.built()
    page = site.page("2026/01/one")

    assert Nesting(page).faults == []
    assert page.count('<span class="filename">a.sh') == len(texts) + 1


def test_commands_in_html_of_the_authors_have_figures(site: Site) -> None:
    """What stands around the `<pre>` is as it was."""
    around = "<details>\n<summary>Two</summary>\n\n", "\n<b>after</b>\n</details>\n\n*end*\n"
    site.post("html", f"One\n\n{around[0]}<pre>iptables -L\n</pre>{around[1]}")
    site.built()
    before, _, rest = site.page("2026/01/html").partition("<figure ")

    assert before.rstrip().endswith("<summary>Two</summary>")
    assert "".join(rest.partition("</figure>")[2].split()).startswith("<b>after</b></details><p><em>end</em></p>")
