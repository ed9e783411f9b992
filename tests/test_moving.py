"""MOVING.md: with the settings that it gives, sites of other generators keep their addresses. Its blocks are run."""

import re
from pathlib import Path

import pytest
from conftest import PROJECT, Site

TEXT = (PROJECT / "MOVING.md").read_text(encoding="utf-8")
ANOTHER = "---\ntitle: Another\ndate: 2020-01-02\ncategories: [Linux, net]\n{}---\n\nWords.\n"

#: What each generator's tree has, and the files that there must be for it.
TREES: dict[str, dict[str, str]] = {
    "Pelican": {
        "one.md": "Title: One\nDate: 2020-01-01\nTags: C++, .NET\nAuthor: Ann\n\n[a](pages/me.md) ![p](images/p.png)\n",
        "linux/two.md": "Title: Two\nDate: 2020-01-02\nTags: C#\n\n[one]({filename}/one.md) [tags](/tag/c.html)\n",
        "pages/me.md": "Title: Me\n\nHello.\n",
        "images/p.png": "",
        "extra/google1.html": "google-site-verification: google1.html\n",
    },
    "Hugo": {
        "posts/post/Our Trip.md": ANOTHER.format("draft: false\naliases: [/old/trip]\n") + "[b](/post/bundle/)\n",
        "posts/post/bundle/index.md": ANOTHER.format("") + "![p](p.png) [trip](../Our%20Trip.md)\n",
        "posts/post/bundle/p.png": "",
        "posts/top.md": ANOTHER.format("slug: uppermost\n"),
    },
    "Jekyll": {
        "posts/2020-01-02-a-b.md": "---\nlayout: post\ntitle: Another\n---\n\n[c](2020-01-03-c.md)\n",
        "posts/2020-01-03-c.md": "---\ntitle: C\npermalink: /c/\n---\n\nWords.\n",
        "posts/idea.md": "---\ntitle: Idea\ndraft: true\n---\n\nWords.\n",
    },
    "WordPress": {
        "posts/a.md": "Title: A\nDate: 2012-03-05 10:00\nAuthor: ann\nCategory: Linux\nTags: net\nSlug: a\n"
        "Status: published\n\n![p](https://www.woitasen.com.ar/wp-content/uploads/p.png)\n",
        "wp-content/uploads/p.png": "",
    },
}
KEPT = {
    "Pelican": "one.html two.html pages/me.html images/p.png tag/c.html tag/net.html category/linux.html "
    "author/ann.html archives.html tags.html categories.html authors.html "
    "feeds/all.atom.xml feeds/linux.atom.xml extra/google1.html",
    "Hugo": "post/our-trip/index.html post/bundle/index.html uppermost/index.html old/trip/index.html index.xml "
    "posts/post/bundle/p.png categories/linux/index.html tags/net/index.html",
    "Jekyll": "2020/01/02/a-b.html c/index.html drafts/idea/index.html",
    "WordPress": "2012/03/05/a/index.html tag/net/index.html category/linux/index.html wp-content/uploads/p.png",
}


def settings_for(generator: str) -> str:
    """Return the settings that MOVING.md gives for a generator."""
    (block,) = re.findall(r"^```python\n(.*?)^```", TEXT.partition(f"\n## From {generator}\n")[2].partition("\n## ")[0],
                          re.MULTILINE | re.DOTALL)  # fmt: skip
    return str(block)


@pytest.mark.parametrize("generator", TREES)
def test_a_site_keeps_its_addresses(site: Site, generator: str) -> None:
    """And the report is empty."""
    for name, text in TREES[generator].items():
        file = site.folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    site.settings(settings_for(generator))
    if generator == "Pelican":
        site.settings('STATIC_PATHS.append("extra")\nARTICLE_EXCLUDES = ["extra"]')
    result = site.build()

    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert [name for name in KEPT[generator].split() if not (site.output / name).is_file()] == []


def test_the_readme_leads_there() -> None:
    assert "(MOVING.md)" in Path(PROJECT / "README.md").read_text(encoding="utf-8")
