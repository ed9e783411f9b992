"""What pages and stylesheets load is seen as browsers do it, and the policy allows that and nothing else."""

import pytest
from web_host.facts.loads import Origin, hash_of, loads_of, loads_of_styles
from web_host.policy.content_security import policy

_SITE = Origin("https://a.example")
_RED, _RUN = hash_of("color: red"), hash_of("run()")

#: HTML, and the sources that it needs, as a policy writes them.
PAGES = [
    ("<p>style='x' <pre>onclick=1</pre> text</p>", ""),
    ("<img src=a.png srcset='b.png 1x, //c.example/d.png 2x'>", "img-src 'self' //c.example"),
    ("<img srcset='a.png 1x,//c.example/d.png 2x'>", "img-src 'self' //c.example"),
    ("<link rel=preload as=image imagesrcset='//c.example/d.png 2x'>", "img-src //c.example"),
    ("<IMG SRC='data:image/png;base64,AA'>", "img-src data:"),
    ("<img src='https://A.example/x.png'>", "img-src 'self'"),
    ("<img src='https://b.example:8443/x.png?a=;script-src'>", "img-src https://b.example:8443"),
    ("<img src='https://münchen.example/x.png'>", "img-src https://xn--mnchen-3ya.example"),
    ("<img src='https://b.example; script-src *'>", ""),
    ("<picture><source srcset=a.webp></picture>", "img-src 'self'"),
    ("<video src=a.mp4 poster=//b.example/p.png><track src=t.vtt></video>", "media-src 'self'; img-src //b.example"),
    ("<iframe src='https://www.youtube.com/embed/x'></iframe>", "frame-src https://www.youtube.com"),
    ("<iframe srcdoc='&lt;img src=//b.example/x>'></iframe>", "img-src //b.example"),
    ("<object data=a.pdf></object><embed src=b.pdf>", "object-src 'self'"),
    ("<form action='https://b.example/find'>", "form-action https://b.example"),
    ("<form role=search>", "form-action 'self'"),
    ("<link rel='stylesheet' href='https://b.example/x.css'>", "style-src https://b.example"),
    ("<link rel='shortcut icon' href='data:image/svg+xml,x'>", "img-src data:"),
    ("<link rel=preload as=font href=a.woff2><link rel=manifest href=m>", "font-src 'self'; manifest-src 'self'"),
    ("<link rel=canonical href='https://b.example/'><a href='//b.example/'>x</a>", ""),
    ("<script src=/a.js></script>", "script-src 'self'"),
    ("<script>run()</script>", f"script-src {_RUN}"),
    ("<script type=module>run()</script><script type='importmap'>run()</script>", f"script-src {_RUN}"),
    ("<script type='application/ld+json'>{}</script><script type=text/template><img src=//b.example/x></script>", ""),
    ("<script>a\r\nb</script>", f"script-src {hash_of(chr(10).join('ab'))}"),
    ("<style>p { background: url(//b.example/x.png) }</style>", "style-src + img-src //b.example"),
    ("<p style='color: red'>", f"style-src 'unsafe-hashes' {_RED}"),
    ("<p style = 'color: red'>", f"style-src 'unsafe-hashes' {_RED}"),
    ("<p style='color: &#114;ed'>", f"style-src 'unsafe-hashes' {_RED}"),
    ("<b onClick='run()'>", f"script-src 'unsafe-hashes' {_RUN}"),
    ("<!-- <img src=//b.example/x> --><img src=a>", "img-src 'self'"),
    ("<base href=/blog/>", "base-uri 'self'"),
]  # fmt: skip


def said(html: str) -> dict[str, set[str]]:
    """The sources of each directive."""
    found: dict[str, set[str]] = {}
    for load in loads_of(html, _SITE):
        found.setdefault(load.directive, set()).add(load.source)
    return found


@pytest.mark.parametrize(("html", "needed"), PAGES)
def test_a_page_needs_what_a_browser_loads(html: str, needed: str) -> None:
    needed = needed.replace(" //", " https://").replace(
        " + ", f" {hash_of('p { background: url(//b.example/x.png) }')}; "
    )
    expected = {words[0]: {*words[1:]} for part in needed.split("; ") if (words := part.split())}

    assert said(html) == expected


#: A stylesheet, and what it loads.
STYLES = [
    ("@import 'https://b.example/x.css'; @import url(c.css);", {"style-src https://b.example", "style-src 'self'"}),
    ("@import  url( \"//b.example/x.css\" ) print;", {"style-src https://b.example"}),
    ("@font-face { src: url(https://f.example/x.woff2) } p { background: url('data:,x') }",
     {"font-src https://f.example", "img-src data:"}),
    ("@media print { @font-face { src: url('//f.example/x.woff') } p { cursor: url(//b.example/x.cur) } }",
     {"font-src https://f.example", "img-src https://b.example"}),
    ("p { background: image-set('//b.example/x.avif' type('image/avif'), '//c.example/x.png' 2x) }",
     {"img-src https://b.example", "img-src https://c.example"}),
    (r"p { content: '/*'; background: url(https\:\/\/b.example/x.png) }", {"img-src https://b.example"}),
    ("@namespace url(http://www.w3.org/1999/xhtml); p { content: 'url(//b.example/x)' }", set()),
    ("p { fill: url(#a) } /* url(https://b.example/x) */ q { content: 'url' }", set()),
]  # fmt: skip


@pytest.mark.parametrize(("css", "needed"), STYLES)
def test_a_stylesheet_needs_what_it_loads(css: str, needed: set[str]) -> None:
    assert {f"{load.directive} {load.source}" for load in loads_of_styles(css, _SITE)} == needed


def test_a_policy_is_as_strict_as_the_pages_allow() -> None:
    strict = policy([], {}, is_secure=True)

    assert strict.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; ")
    assert strict.endswith("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    assert "unsafe" not in strict


def test_a_secure_page_asks_securely_for_what_is_written_with_http() -> None:
    loads = loads_of("<img src='http://b.example/x.png'>", _SITE)

    assert "img-src 'self' https://b.example;" in policy(loads, {}, is_secure=True)
    assert policy(loads, {}, is_secure=True).endswith("; upgrade-insecure-requests")
    assert "img-src 'self' http://b.example;" in policy(loads, {}, is_secure=False)
    assert "upgrade" not in policy(loads, {}, is_secure=False)


def test_settings_add_sources_and_a_page_may_frame_its_own() -> None:
    loads = loads_of("<iframe src=/x/></iframe>", _SITE)

    made = policy(loads, {"worker-src": ["'self'"], "connect-src": ["https://api.example"]}, is_secure=True)

    assert {"worker-src 'self'", "connect-src 'self' https://api.example", "frame-ancestors 'self'"} <= {
        *made.split("; ")
    }


def test_a_site_is_itself_however_its_name_is_written() -> None:
    own = Origin("https://bücher.example")

    assert {own.source(f"https://{host}/x.js") for host in ("bücher.example", "xn--bcher-kva.example")} == {"'self'"}
