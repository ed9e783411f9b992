"""plugins/proofreader on sites that are published below a folder: what leads nowhere fails that, at its place."""

import re

import pytest
from conftest import Site

pytestmark = pytest.mark.starts_programs

ADDRESS = "https://example.org/blog"
#: What is put into the head of every page, each with an arrow before the place at which it is told of.
HEAD = """\
<meta property="og:image" content="→{{ SITEURL }}/gone.png">
<meta http-equiv="refresh" content="900; url=→{{ SITEURL }}/gone-refresh/">
<link rel="preload" as="image" imagesrcset="→{{ SITEURL }}/gone-set.png 2x">
<link rel="alternate" hreflang="es" href="→{{ SITEURL }}/gone-es/">
<style>p { background: url("→{{ SITEURL }}/gone-style.png") }</style>
<script type="application/ld+json">{"image": "→{{ SITEURL }}/gone-data.png", "@id": "{{ SITEURL }}/#me"}</script>
<a href="→/tags/">x</a> <a href="→{{ SITEURL }}/tags/#gone-place">x</a>
<a href="→{{ SITEURL }}/{{ "gone" }}/of/us/">x</a> <button formaction="→{{ SITEURL }}/gone-form/">x</button>
<a href="#/route">x</a>
"""
#: The same in files that are copied.
FILES = {
    "theme/static/more.css": "a { background: url(→gone-css.png) }\n",
    "content/root/a.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<image href="→gone-svg.png"/></svg>',
    "content/root/other.webmanifest": '{"start_url": "→/blog/gone/", "icons": [{"src": "→gone-icon.png"}]}',
    "content/root/robots.txt": "User-agent: *\nSitemap: →https://example.org/blog/gone.xml\n",
}
SOURCE = "[a](→/2026/01/other/) [b]({filename}other.md) ![c](→/i/c.png) <i style='x: url(→/gone-i.png)'>i</i>\n"
SETTINGS = """
STATIC_PATHS += ["root"]
EXTRA_PATH_METADATA = {"root/robots.txt": {"path": "robots.txt"}}
MENUITEMS = [("x", "/gone-menu/")]
FEED_ALL_RSS = "feeds/all.rss.xml"
"""


def places_of_arrows(name: str, text: str, first_line: int = 1) -> set[str]:
    """Where what is behind each arrow is, once the arrows are gone."""
    return {
        f"{name}:{number}:{found.start() - arrows + 1}"
        for number, line in enumerate(text.split("\n"), first_line)
        for arrows, found in enumerate(re.finditer("→", line))
    }


def test_whatever_leads_nowhere_fails_publish_at_its_place(site: Site) -> None:
    """And what is right does not, below a folder too, with feeds of every format."""
    site.settings(SETTINGS)
    site.post("other", "## Head\n\n[x](#head) [x](/blog/2026/01/other/#head)\n", aliases="/before/")
    site.post("x", SOURCE.replace("→", ""))
    (site.folder / "content/root").mkdir()
    for name, text in FILES.items():
        (site.folder / name).write_text(text.replace("→", ""), encoding="utf-8")
    base = site.folder / "theme/templates/base.html"
    before, behind = base.read_text(encoding="utf-8").split("</head>")
    base.write_text(f"{before}{HEAD.replace('→', '')}</head>{behind}", encoding="utf-8")
    expected = places_of_arrows("theme/templates/base.html", HEAD, before.count("\n") + 1)
    expected |= places_of_arrows("content/posts/x.md", SOURCE, 7)
    expected = expected.union(*(places_of_arrows(*each) for each in FILES.items()))

    result = site.build("publishconf.py", SITEURL=ADDRESS)

    told = set(re.findall(r"^error\[dead-(?:link|anchor)\].*\n *--> (\S+)", result.stderr, re.MULTILINE))
    settings = {each for each in told if each.startswith("pelicanconf.py:")}
    assert told - settings == expected, result.stderr
    assert len(settings) == 1 and "MENUITEMS puts it onto pages" in result.stderr
    assert "it leads out of /blog/, the folder of its host that this site is in" in result.stderr
    assert (result.returncode, result.stdout, site.output.exists()) == (1, "", False)
    assert "warning" not in result.stderr


def test_a_link_that_is_right_on_its_own_page_alone_fails_publish(site: Site) -> None:
    """A list of posts shows it as well. A preview is built, with a warning."""
    site.post("other")
    site.post("x", summary="See [o](../other/)")
    result, published = site.build(), site.build("publishconf.py")

    assert (result.returncode, published.returncode) == (0, 1)
    for severity, report in (("warning", result.stderr), ("error", published.stderr)):
        assert re.search(rf"^{severity}\[dead-link\].*\n *--> content/posts/x.md:5:18\n", report, re.MULTILINE), report
        assert "from its own page it leads somewhere" in report
