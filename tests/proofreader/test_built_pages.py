"""plugins/proofreader/checks/built_pages.py: what templates and plugins have put onto pages."""

import re
from pathlib import Path

from proofreader.checks.built_pages import look_at
from proofreader.facts.targets import Site

SITE = Site(("//example.org",), "", re.compile(r"[{|](?P<what>.*?)[|}]"))
PAGES = {
    "index.html": '<a href="/b/#here">x</a> <a href="b">x</a> <a href="/gone/">x</a> <code>href="/code/"</code>',
    "b/index.html": '<p id="here"><a href="../"> <a href="#here"> <a href="#gone"> <a href="/gone/">',
    "c.html": '<p id="x"><p id="x"> <a href="/b/#nowhere"> <a href="https://example.org/c"> <a href="//else/">',
    "d.html": '<img srcset="s.png 1x, t.png 2x" src="s.png"> <a href="{filename}x.md"> <code> id="x" id="x"</code>',
    "e.html": "<a href=/gone/> <a HREF='c'> <img srcset=u.png src=s.png> <form action='/c'> <a href='#%78'> <p id=x>",
    "s.png": "",
    ".well-known/x": "",
}


def test_what_is_wrong_is_named_with_its_pages(tmp_path: Path) -> None:
    """What only looks like a link, such as code, is none."""
    for name, text in PAGES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    found = look_at(str(tmp_path), SITE)

    assert found.dead == {
        "/gone/": ["b/index.html", "e.html", "index.html"],
        "t.png": ["d.html"],
        "u.png": ["e.html"],
        "{filename}x.md": ["d.html"],
    }
    assert found.dead_anchors == {"#gone": ["b/index.html"], "/b/#nowhere": ["c.html"]}
    assert found.repeated == {"x": ["c.html"]}
    assert found.unreadable == {}


#: Every way in which a page names an address; each of them stands on a page of its own, with `@` in its place.
ON_PAGES = (
    '<a href="@">', "<A HREF='@'>", "<area href=@ >", '<link rel="canonical" href="@">', '<use xlink:href="@">',
    '<img src="@">', '<img srcset="s.png 1x, @ 2x">', '<link rel="preload" imagesrcset="@ 2x">', '<video poster="@">',
    '<object data="@">', '<form action="@">', '<button formaction="@">', '<blockquote cite="@">', '<q cite="@">',
    '<body background="@">', '<img longdesc="@">', '<p style="background: url(@)">', "<p style='--x: url( \"@\" )'>",
    '<style>@import "@";</style>', "<style>p { background: url('@') }</style>", "<style>/*url(x)*/ a{b:url(@)}</style>",
    "<style>p { background: image-set('s.png' 1x, '@' 2x) }</style>",
    '<meta property="og:image" content="@">', '<meta content="@" name="twitter:image">',
    '<meta itemprop="image" content="@">', '<meta property="og:url" content="@">',
    '<meta http-equiv="refresh" content="0; url=@">', '<meta http-equiv="Refresh" content="5;URL=@">',
)  # fmt: skip
#: The same for other files: the name of one, and its text.
IN_FILES = (
    ("a.css", "a { b: url(@) }"), ("a.css", "@import '@';"), ("a.css", '/* url(x) */ b { c: URL( "@" ) }'),
    ("a.css", "a { b: image-set('@' type('image/png')) }"),
    ("a.svg", '<svg><image href="@"/></svg>'), ("a.svg", '<svg><use xlink:href="@"/></svg>'),
    ("a.xml", '<feed><link href="@"/></feed>'), ("a.xml", "<rss><link> @ </link></rss>"),
    ("a.atom", '<feed xmlns="http://www.w3.org/2005/Atom"><content type="html">&lt;a href="@"&gt;</content></feed>'),
    ("a.rss", "<rss><description><![CDATA[<img src='@'>]]></description></rss>"),
    ("a.xml", '<rss><enclosure url="@"/></rss>'), ("a.xml", "<rss><guid>@</guid></rss>"),
    ("a.xml", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>@</loc></url></urlset>"),
    ("a.xml", '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="@"?><rss/>'),
    ("a.webmanifest", '{"start_url": "/", "icons": [{"src": "@"}]}'), ("a.webmanifest", '{"start_url": "@"}'),
    ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "@"}]}'),
    ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_html": "<a href=\'@\'>"}]}'),
    ("robots.txt", "User-agent: *\nSitemap: @\n"), (".well-known/security.txt", "Contact: mailto:a@x\nPolicy: @\n"),
    ("_redirects", "/old/ @ 301\n"), ("_redirects", "/ p=1 @ 301!\n"),
)  # fmt: skip
#: Whole addresses, for what is read only if it names its host.
LINKED_DATA = '<script type="application/ld+json">{"image": ["@"], "x": 1}</script>'
#: What names none, though it looks so.
NONE = (
    ("a.html", '<meta name="description" content="/gone/ is gone"><meta property="og:title" content="gone.png">'),
    ("a.html", '<meta property="og:description" content="2012, page 2"><input data="/gone/"><p cite="/gone/">'),
    ("a.html", "<script>a = 'url(/gone/)'</script><pre>style=\"b: url(/gone/)\"</pre>"),
    ("a.html", '<script type="application/ld+json">{"@id": "https://example.org/#me", "name": "/gone/"}</script>'),
    ("a.html", '<script type="application/ld+json">{"url": "https:\\/\\/example.org\\/a.html"</script>'),
    ("a.html", '<a href="#!/route"> <a href="#/route"> <a href="a.html#/route"> <style>a{b:url(#c);d:url(data:,)}'),
    ("a.html", '<head><base href="/b/"></head><a href="page.html"> <img src="../s.png">'),
    ("a.html", '<a href="/elsewhere/x"> <a href="/further.xml#x"> <a href="/.well-known/x">'),
    ("a.xml", '<rss><guid isPermaLink="false">/gone/</guid><id>https://example.org/gone/</id></rss>'),
    ("a.xml", '<feed><content type="html">&lt;a href="#note"&gt; &lt;code&gt;href="/gone/"</content></feed>'),
    ("a.xml", '<feed><link href="https://example.org/s.png?a&amp;b"/></feed>'),
    ("a.css", "a { content: 'url(/gone/)' } @namespace url(/gone/);"), ("a.css", "a { b: my-url(/gone/) '/gone/' }"),
    ("a.json", '{"url": "/gone/"}'), ("a.json", "{"), ("a.txt", "Sitemap: /gone/"),
    ("_redirects", "# /x /gone/ 301\n/a/* /gone/:splat 301\n/b /elsewhere/ 302\n/c https://else.example/ 301\n"),
)  # fmt: skip


def looked_at(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    """The dead links of a site with these files."""
    for name, text in {"index.html": "", **files, "s.png": "", "b/page.html": "", ".well-known/x": ""}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return look_at(str(folder), SITE, ["further.xml"], ["/elsewhere/*"]).dead


def test_every_way_to_name_an_address_is_looked_at(tmp_path: Path) -> None:
    """One that is there is right, and one that is not is told of."""
    ways = [("a.html", html) for html in ON_PAGES] + [*IN_FILES]
    cases = [(name, text, address) for name, text in ways for address in ("https://example.org/{}.png", "/{}.png")]
    for number, (name, text, address) in enumerate([*cases, ("a.html", LINKED_DATA, "https://example.org/{}.png")]):
        before, behind = text.rsplit("@", 1)
        gone, there = address.format("gone"), address.format("s")

        assert looked_at(tmp_path / f"{number}-gone", {name: before + gone + behind}) == {gone: [name]}, text
        assert looked_at(tmp_path / f"{number}-there", {name: before + there + behind}) == {}, text


def test_what_names_the_host_is_looked_at_only_in_a_site_that_is_published(tmp_path: Path) -> None:
    """A preview has no address of its own; where its stylesheets and pictures lead, it is known all the same."""
    for number, (name, text) in enumerate(IN_FILES):
        (tmp_path / f"{number}").mkdir()
        text_of_file = "/gone.png".join(text.rsplit("@", 1))
        (tmp_path / f"{number}/{Path(name).name}").write_text(text_of_file, encoding="utf-8")
        found = look_at(str(tmp_path / f"{number}"), SITE, is_published=False).dead

        assert bool(found) == name.endswith((".css", ".svg")), text


def test_what_only_looks_like_an_address_is_none(tmp_path: Path) -> None:
    for number, (name, text) in enumerate(NONE):
        assert looked_at(tmp_path / str(number), {name: text}) == {}, text


def test_what_nobody_can_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><link>/gone/</rss>", encoding="utf-8")
    (tmp_path / "b.webmanifest").write_text('{"icons": [', encoding="utf-8")

    assert look_at(str(tmp_path), SITE).unreadable.keys() == {"a.xml", "b.webmanifest"}


def test_feeds_do_not_repeat_what_is_wrong_on_a_page(tmp_path: Path) -> None:
    feed = '<feed><content>&lt;a href="https://example.org/b/gone.png"&gt;</content></feed>'

    assert looked_at(tmp_path, {"b/index.html": '<img src="gone.png">', "a.xml": feed}) == {
        "gone.png": ["b/index.html"]
    }


def test_below_a_folder_what_leads_out_of_it_is_named(tmp_path: Path) -> None:
    """It is the folder of the site, whatever else its host has."""
    site = SITE._replace(own=("//example.org/blog",), folder="/blog")
    links = (
        '<a href="/b/"> <a href="/blog/b/"> <a href="/elsewhere/"> <a href="https://example.org/x/"> <a href="//x/">'
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text(links, encoding="utf-8")

    assert look_at(str(tmp_path), site, (), ["/elsewhere/"]).dead == {"/b/": ["b/index.html"]}
