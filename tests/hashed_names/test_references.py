"""Each kind of text: which of its parts are references, and how they are written when they change."""

import re

import pytest
from hashed_names import json_texts, markup, scripts, stylesheets
from hashed_names.referring import stays


def changed(value: str) -> str:
    """What tells of a reference that it was found."""
    return f"[{value}]"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url(x.png)}", "a{b:url([x.png])}"),
        ("a{b:url( 'x.png' )}", "a{b:url( '[x.png]' )}"),
        ('a{b:URL("x.svg#icon")}', 'a{b:URL("[x.svg#icon]")}'),
        (r"a{b:url(a\ b.png)}", 'a{b:url("[a b.png]")}'),
        (r"a{b:url(\66 oo.png)}", "a{b:url([foo.png])}"),
        ('@import "x.css" screen;', '@import "[x.css]" screen;'),
        ("@import/**/url(x.css);", "@import/**/url([x.css]);"),
        ("/* url(x.png) */ a{}", None),
        ('a{content:"url(x.png)"}', None),
        ("a{b:my-url(x.png)}", None),
        ('@charset "utf-8"; a{b:"it\\"s url(x)"}', None),
        (
            'a{b:image-set("x.png" 1x, url(y.png) type("a/b") 2x)}',
            'a{b:image-set("[x.png]" 1x, url([y.png]) type("a/b") 2x)}',
        ),
        ("a{}/*# sourceMappingURL=x.css.map */", "a{}/*# sourceMappingURL=[x.css.map] */"),
        ("@font-face{src:url(a.eot?#b)format('eot'),url(b)}", "@font-face{src:url([a.eot?#b])format('eot'),url([b])}"),
        ("a{b:url(x.png", "a{b:url([x.png]"),
        ("a{b:url('x.png", "a{b:url('[x.png]"),
        ("a{b:url('x.png\n')}", None),
        ("a{b:url(x y.png)}", None),
        ('@namespace svg url("http://www.w3.org/2000/svg"); @namespace "x";', None),
        (".content-\\[\\'\\]{b:url(x.png)}", ".content-\\[\\'\\]{b:url([x.png])}"),
        (
            "a{b:image-set(url(x.png) 1x, 'y.png' 2x); c:'z.png'}",
            "a{b:image-set(url([x.png]) 1x, '[y.png]' 2x); c:'z.png'}",
        ),
        ("a{b:image-set('x.png' 1x} c{content:'y.png'}", "a{b:image-set('[x.png]' 1x} c{content:'y.png'}"),
    ],
)
def test_in_a_stylesheet(css: str, expected: str | None) -> None:
    assert stylesheets.with_references(css, changed) == (css if expected is None else expected)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('import a from "./a.js"', 'import a from "./[./a.js]"'),
        ("import '../a.js'; export * from '/b.js'", "import './[../a.js]'; export * from './[/b.js]'"),
        ('const a = await import("./a.js")', 'const a = await import("./[./a.js]")'),
        ('import {html} from "lit"', None),
        ('"import x from \'./a.js\'" // import "./b.js"', None),
        ('const r = /import "[/]a.js"/; `import ${r}`', None),
        ('f({import: "./a.js"})', None),
        ("await import(new URL(page.dataset.index, location))", None),
        ("let a\n//# sourceMappingURL=a.js.map\n", "let a\n//# sourceMappingURL=[a.js.map]\n"),
    ],
)
def test_in_a_script(script: str, expected: str | None) -> None:
    assert scripts.with_references(script.encode(), changed).decode() == (script if expected is None else expected)


@pytest.mark.parametrize(
    "script", ["import(name)", "import(`./${a}.js`)", 'import("./a" + b)', "import {", r'import "./a\x62.js"']
)
def test_a_script_that_works_out_the_name_of_a_module_cannot_be_moved(script: str) -> None:
    with pytest.raises(scripts.CannotBeMovedError):
        scripts.with_references(script.encode(), changed)


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("a.js", "new URL('x.wasm', import.meta.url)", True),
        ("a.js", "document.currentScript.src", True),
        ("a.js", "const {src} = document.currentScript", True),
        ("a.js", "document.currentScript.dataset.copy", False),
        ("a.js", 'document.querySelector("script[src*=a]")', True),
        ("a.js", 'importScripts("b.js")', True),
        ("a.js", "fetch('/data.json')", False),
        ("a.css", "a{}", False),
        ("a.css", "\ufeffa{}", False),
        ("a.svg", "<svg><path fill='url(#a)'/></svg>", False),
        ("a.svg", "<svg><path fill='url(b.svg#a)'/></svg>", True),
        ("a.svg", "<svg><script>1</script></svg>", True),
    ],
)
def test_what_depends_on_its_own_address_stays(file: str, content: str, expected: bool) -> None:
    assert stays(file, content.encode()) is expected


class Told:
    """Tells of each reference what it was taken for."""

    def __getattr__(self, kind: str) -> object:
        return lambda value, *more: f"{kind}[{value}]"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="a.png">', '<img src="loaded[a.png]">'),
        ("<IMG SRC = a.png alt=x>", '<IMG src="loaded[a.png]" alt=x>'),
        ('<img srcset="a, b.png 2x" src=c>', '<img srcset="loaded[a], loaded[b.png] 2x" src="loaded[c]">'),
        ('<source srcset="a.png 100w,b.png 200w">', '<source srcset="loaded[a.png] 100w,loaded[b.png] 200w">'),
        ('<a href="a.png" style="b:url(c.png)">', '<a href="linked[a.png]" style="b:url(loaded[c.png])">'),
        ('<link rel="stylesheet" href="a.css">', '<link rel="stylesheet" href="loaded[a.css]">'),
        ('<link rel="alternate" href="a.css">', '<link rel="alternate" href="linked[a.css]">'),
        ('<link rel=manifest href="a">', '<link rel=manifest href="manifest[a]">'),
        ('<link rel=preload as=fetch href="a">', '<link rel=preload as=fetch href="linked[a]">'),
        ('<link rel=modulepreload href="a">', '<link rel=modulepreload href="module[a]">'),
        ('<script type=module src="a.js"></script>', '<script type=module src="module[a.js]"></script>'),
        ("<script src=a integrity=b></script>", '<script src="loaded[a]" integrity="integrity[b]"></script>'),
        ("<script>let a = '<img src=b>'</script>", None),
        ("<style>a{b:url(c)}</style>", "<style>a{b:url(loaded[c])}</style>"),
        ("<script type=module>import '/a.js'</script>", "<script type=module>script[import '/a.js']</script>"),
        (
            '<script type="application/ld+json">{"a": "https://b/c.png", "d": "e, /f"}</script>',
            '<script type="application/ld+json">{"a": "image[https://b/c.png]", "d": "e, /f"}</script>',
        ),
        (
            '<meta property="og:image" content="https://a/b.png">',
            '<meta property="og:image" content="image[https://a/b.png]">',
        ),
        ('<meta name=description content="see /a.png">', None),
        ('<!-- <img src="a"> --><textarea><img src="b"></textarea><p title="<img src=c>">src="d"</p>', None),
        ('<video poster="a"><svg><use href="b#c"/>', '<video poster="loaded[a]"><svg><use href="loaded[b#c]"/>'),
        ('<p>a < b, src="c" & <img src="d"', '<p>a < b, src="c" & <img src="loaded[d]"'),
    ],
)
def test_on_a_page(html: str, expected: str | None) -> None:
    found = markup.with_references(html, Told(), has_links=html.startswith("<a"))  # type: ignore[arg-type]

    assert found == (html if expected is None else expected)


def test_in_a_web_manifest() -> None:
    assert '"src": "[a.png]"' in json_texts.manifest_with_images(
        '{"icons": [{"src": "a.png"}], "start_url": "."}', changed
    )
    assert json_texts.manifest_with_images("no JSON", changed) == "no JSON"


@pytest.mark.parametrize(
    "unit", ["<a ", "<a =", "<p src=", '<img src="', "<!--", "<p b = ", "<script ", "</", "<p '=\"", "<img src=x "]
)
def test_however_a_page_is_left_open_it_is_looked_at_once(unit: str) -> None:
    """A test that takes minutes here has found what is looked at again and again."""
    assert markup.with_references(unit * 20_000, Told())  # type: ignore[arg-type]
    assert json_texts.with_addresses(re.sub("[<>]", '"', unit) * 20_000, changed)
    assert stylesheets.with_references(re.sub("[<>]", "url(", unit) * 20_000, changed)
    for unit in ("image-set((", 'url("', r'"\"', "/*", "@import", "@import/*", "@namespace '", "url( ", "url(a "):
        assert stylesheets.with_references(unit * 20_000, changed)
