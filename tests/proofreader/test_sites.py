"""plugins/proofreader on real sites: whatever is not on the pages is named with its place, and the rest works."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from conftest import Site
from site_pages import Page

pytestmark = pytest.mark.starts_programs

#: Links that lead nowhere, each with an arrow before the place at which it is told of, which is not in the source.
DEAD = """\
See p.png as a picture: ![p](→p.png), not ![cat](img/cat.png)

[o]({filename}other.md), [o](→{filename}othr.md) and again [o](→{filename}othr.md "Title").

![a](→{static}/images/no.png) <img alt="b" src="→/images/no.png">

[author](→{author}x) [category](→{category}x) [tag](→{tag}Linus) [word](→{filname}other.md)

[nothing](→/nothing/) [relative](→../othr/) [whole](→https://www.woitasen.com.ar/2026/01/othr/)

[scheme](→www.example.org) [mail](→a@example.org) [slip](→https//example.org) [disk](→C:\\Users\\a.png) [old](→http://www.woitasen.com.ar/nope/)

[folder](→img) [folder](→{static}img/) [capital](→img/Cat.png) [capital](→{static}img/Cat.png) [file](→file:///home/a.png)

[place](→#nope) [place](→other.md#a-headin) [place](→/2026/01/other/#a-headin) [empty→]() [two][two] [again][two]

`[code](other2.md)`

```md
[code](othr.md)
```

[two]: →othr.md
"""
#: And links that lead somewhere, in all ways in which people write them.
ALIVE = """\
[a](other.md) [a](./other.md#a-heading) [a](/posts/other.md) [a](../posts/other.md) [a](/2026/01/other/?x#a-heading)
[a](../other/) [a](/2026/01/other) [a](https://www.woitasen.com.ar/2026/01/other/) [a]({index}) [a]({tag}Linux)
[a](/tags/linux/) [a](/2026/) [a](/archives/) [a](/feeds/all.atom.xml) [a](/theme/style.css) [a](/favicon.ico) [a](#)
[a](https://example.com/nothing) [a](mailto:a@example.com) [a](draft.md) [a](drawing.pdf) [a](#own) [a](/shop/x)
[a](/before/) [a](/feeds/all.json) [a](/site.webmanifest) [a](//example.com/x) [a](tel:+1) [a](?x)
[a]({filename} other.md)

![a](pic.png) ![a](img/my%20pic.png){width="10"} ![a](é.png) <img alt="a" src="50%25.png"> ![a]({static}/images/a.png)

<video src="pic.png" poster="img/my pic.png"></video> `![](pic.png)`

<img alt="" src="pic.png" srcset="{static}/images/a.png, img/my%20pic.png 2x"> ![](/2026/01/x/card.png)

<IMG ALT="b" SRC="pic.png"> <img alt=b src={static}pic.png> <a title="&lt;>" href="{filename}other.md">a</a>

![a](C%23%201.png) ![a]({attach}why%3F.png) <script src="{static}pic.png"></script>

## Own {#own}
"""


@pytest.fixture
def site(site: Site) -> Site:
    """Return a site with a post to link to."""
    site.post("other", "## A heading\n", title="Other")
    return site


def write(site: Site, *names: str, text: str = "x") -> None:
    """Write files into the content."""
    for name in names:
        file = site.folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def places_of_arrows(text: str, first_line: int) -> Iterator[str]:
    """Yield where what is behind each arrow is, once the arrows are gone."""
    for number, line in enumerate(text.split("\n"), first_line):
        for arrows, found in enumerate(re.finditer("→", line)):
            yield f"posts/x.md:{number}:{found.start() - arrows + 1}"


def heads(report: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the place of each diagnostic."""
    for found in re.finditer(r"^(?:error|warning)\[(.*?)\].*\n *--> content/(\S+)", report, re.MULTILINE):
        yield found[1], found[2]


def test_each_dead_link_is_named_at_its_own_signs(site: Site) -> None:
    """Once each, whatever else is like it; and what Pelican says about them is left out."""
    write(site, "images/not.png", "posts/img/cat.png")
    text = DEAD.replace("→", "")
    site.post("x", text)

    report = site.build().stderr

    named = [place for _, place in heads(report)]
    assert sorted(named) == sorted(places_of_arrows(DEAD, 7))
    assert [code for code, _ in heads(report)].count("dead-anchor") == 3
    assert report.count("`{filename}othr.md` leads nowhere") == 2
    for help_wanted in ("`{filename}other.md`", "`{tag}Linux`", "`#a-heading`", "`/2026/01/other/`", "`other.md`",
                        "`https://www.example.org`", "`mailto:a@example.org`", "`https://example.org`",
                        "`img/cat.png`", "`{static}img/cat.png`"):  # fmt: skip
        assert f"did you mean {help_wanted}?" in report
    assert report.count("content/posts/img is a folder, and a link needs a page or a file") == 2
    assert report.count("only your own computer has it") == 2
    assert "Unable to find" not in report
    assert "warning: " not in report


def test_links_work_in_every_way_in_which_people_write_them(site: Site) -> None:
    """Pictures beside a post are published and found, also in the feed and in a draft."""
    write(
        site,
        "posts/pic.png",
        "posts/img/my pic.png",
        "posts/é.png",
        "posts/50%.png",
        "posts/drawing.pdf",
        "posts/C# 1.png",
        "posts/why?.png",
        "images/a.png",
    )
    site.settings('LINKS_ELSEWHERE = ["/shop/*"]')
    site.post("x", ALIVE, aliases="/before/")
    site.post("draft", "![p](pic.png) [x](x.md)", status="draft")

    site.built()
    page = Page(site.page("2026/01/x"))

    sources = [element["src"] for element in page.all("img") if element.get("alt") == "a"]
    assert sources == [
        "/posts/pic.png", "/posts/img/my%20pic.png", "/posts/é.png", "/posts/50%25.png", "/images/a.png",
        "/posts/C%23%201.png", "/2026/01/x/why%3F.png",
    ]  # fmt: skip
    assert page.all("video") == [{"src": "/posts/pic.png", "poster": "/posts/img/my%20pic.png"}]
    assert page.all("img", alt="b", src="/posts/pic.png") == [{"alt": "b", "src": "/posts/pic.png"}] * 2
    assert page.all("a", title="<>", href="/2026/01/other/") and page.all("script", src="/posts/pic.png")
    assert all((site.output / unquote(each).lstrip("/")).is_file() for each in sources if each)
    assert [link["href"] for link in page.all("a") if link["href"] == "/2026/01/other/#a-heading"]
    assert 'srcset="/images/a.png, /posts/img/my%20pic.png 2x"' in site.page("2026/01/x")
    assert "<code>![](pic.png)</code>" in site.page("2026/01/x")
    assert 'src="/posts/pic.png"' in site.page("drafts/draft")
    feed = (site.output / "feeds/all.atom.xml").read_text(encoding="utf-8")
    assert 'src="https://www.woitasen.com.ar/posts/pic.png"' in feed

    (site.folder / "content/posts/pic.png").unlink()
    report = site.build().stderr
    assert report.count("error[dead-link]: `pic.png` is not there") == 5
    write(site, "posts/pic.png")
    assert 'src="/posts/pic.png"' in (site.built() / "2026/01/x/index.html").read_text(encoding="utf-8")


def test_what_has_no_address_of_its_own_is_named(site: Site) -> None:
    """With both sources; posts of other months with the same title are no fault."""
    write(site, "pages/archives.md", text="Title: Archives\n\nx\n")
    write(site, "pages/year.md", text="Title: A year\nSlug: 2026\n\nx\n")
    write(site, "pages/long.md", text=f"Title: Long\nSlug: {'a' * 300}\n\nx\n")
    site.post("one", save_as="a/b.html")
    site.post("two", save_as="a/b.html")
    site.post("links-1", title="Links", slug="links", date="2026-01-01")
    site.post("links-2", title="Links", slug="links", date="2026-02-01")
    site.post("same", slug="other")
    site.post("capitals", slug="Other")
    site.post("home", save_as="index.html")
    site.post("party", title="🎉", slug="")

    report = site.build().stderr

    assert {"pages/long.md:2:7", "posts/party.md:1:8"} <= {place for _, place in heads(report)}
    assert sorted(place for code, place in heads(report) if code == "same-address") == [
        "pages/archives.md:1:8",
        "pages/year.md:2:7",
        "posts/home.md:6:10",
        "posts/other.md:2:7",
        "posts/same.md:2:7",
        "posts/two.md:6:10",
    ]
    assert "the other is content/posts/one.md:6:10" in report
    assert "or change YEAR_ARCHIVE_SAVE_AS in the settings" in report
    assert "links" not in report
    assert "warning: " not in report


def test_a_link_to_what_is_not_published_yet_says_so(site: Site) -> None:
    """To a draft and to a post that is due later, however it is written. A preview has pages for both, elsewhere."""
    site.post("draft", "[dead](/nothing/)", status="draft")
    site.post("later", '<img alt="" src="data:,">', date="2036-01-01")
    site.post("x", "[a]({filename}draft.md) [b](later.md)\n\n[c](/2026/01/draft/) [d](/2036/01/later/)\n")
    site.settings('DEAD_LINKS = "warning"')

    preview, published = site.build().stderr, site.build("publishconf.py").stderr

    assert [place for _, place in heads(preview)] == ["posts/draft.md:8:8", "posts/x.md:9:5", "posts/x.md:9:26"]
    assert "draft.md is a draft and does not have this address yet" in preview
    assert "help: link to `{filename}/posts/later.md`, which leads to it" in preview
    assert [place for _, place in heads(published)] == [f"posts/x.md:{each}" for each in ("7:5", "7:29", "9:5", "9:26")]
    assert "warning: " not in preview
    assert published.count("draft.md is a draft and is left out of this site") == 2
    assert published.count("later.md is due on 2036-01-01 and is left out of this site") == 2


def test_files_that_nobody_takes_are_named(site: Site) -> None:
    """Not what editors leave, what settings exclude, what a source includes, and what is saved while sources are read;
    many of a folder together.
    """
    settings = """
import pathlib, pelican
def save_one_more(_):
    pathlib.Path("content/posts/late.md").write_text("Title: Late")
pelican.signals.article_generator_pretaxonomy.connect(save_one_more)
ARTICLE_EXCLUDES = ["posts/attic", "pages"]
EXTRA_PATH_METADATA = {"root/robots.txt": {"path": "robots.txt"}, "root/humans.txt": {"path": "humans.txt"}}
STATIC_PATHS += ["root", "fonts/"]
DEAD_LINKS = "warning"
"""
    site.settings(settings)
    write(site, "top.md", "posts/a.mdx", "posts/b.txt", "extra/CNAME", "LOUD.MD", "root/robots.txt")
    write(site, "Thumbs.db", "posts/c.md~", "posts/attic/d.md", *(f"drawings/{number}.svg" for number in range(7)))
    write(site, "posts/part.inc")
    site.post("x", "![p](p.png) [n]({filename}n.md)\n" + "".join(f"[n]({{static}}{each}.png)\n" for each in range(6)))
    (site.folder / "content/posts/y.rst").write_text(
        "Y\n#\n\n:date: 2026-01-01\n\n.. include:: part.inc\n", encoding="utf-8"
    )

    result = site.build()

    assert result.returncode == 0, result.stderr
    named = re.findall(r"^warning: content/(\S+) (.{20})", result.stderr, re.MULTILINE)
    assert sorted(named) == [
        ("LOUD.MD", "is not published: no"),
        ("drawings", "has 7 files that are"),
        ("extra/CNAME", "is not published: no"),
        ("fonts", "is not there, but ST"),
        ("posts/a.mdx", "is not published: no"),
        ("posts/b.txt", "is not published: no"),
        ("root/humans.txt", "is not there, but EX"),
        ("top.md", "is not published: no"),
    ]
    assert (site.output / "robots.txt").is_file()
    dead = ["7:6", "7:17", *(f"{line}:5" for line in range(8, 14))]
    assert [*heads(result.stderr)] == [("dead-link", f"posts/x.md:{each}") for each in dead]
    assert "resources were not found" not in result.stderr


def test_a_picture_without_words_is_named_once_for_all(site: Site) -> None:
    """Not one that has `alt=""` on purpose, nor code."""
    write(site, "posts/p.png")
    decoration = '<img alt="" src="p.png"> ![a](p.png) `![](p.png)` \\![](p.png)'
    site.post("one", f"{decoration} ![](p.png)\n\n[![ ](p.png)](/tags/) ![][p]\n\n[p]: p.png\n")
    site.post("two", decoration)
    site.post("zoo", "![](p.png)\n" * 9)

    report = site.build().stderr

    assert [*heads(report)] == [("wordless-picture", f"posts/one.md:7:{len(decoration) + 2}")]
    assert "note: also at content/posts/one.md:9:2\n" in report and "note: and in 6 more places" in report
    assert "warning: " not in report
