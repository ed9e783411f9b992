"""plugins/headers on a site: the same page from each notation, drafts, what waits, and the report of faults."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Site
from site_pages import Page, page_of

TITLE = "A <b>title</b> & `code`"
HEADING = "A <b>title</b>\xa0& code"
GOOD = {
    "pelican": f"Title: {TITLE}\nDate: 2026-10-01\nTags: shared\nSlug: pelican\nAliases: /old/pelican.html\n",
    "yaml": f'---\ntitle: "{TITLE}"\ndate: 2026-10-01\ntags: [shared, "a, b"]\nslug: yaml\n'
    "aliases:\n  - /old/yaml/\n---\n",
    "toml": f'+++\ntitle = "{TITLE}"\ndate = 2026-10-01\nslug = "toml"\naliases = ["old/toml"]\n'
    '[taxonomies]\ntags = ["shared"]\n+++\n',
}
WITHHELD = {
    "draft": '---\ntitle: "A draft"\ndraft: true\n---\n\n![p]({static}/images/of-a-draft.png)\n',
    "waiting": "Title: Not yet\nDate: 2036-12-01 10:00\nTags: lonely\nSlug: waiting\nAliases: /old/waiting/\n",
    "later": "---\ntitle: Later\ndate: 2026-01-01\npublishDate: 2037-01-01\n---\n",
    "hidden": "Title: Hidden\nDate: 2026-10-01\nStatus: hidden\n",
    "skipped": "Title: Skipped\nStatus: skip\n",
}


def write(site: Site, name: str, text: str) -> None:
    """Write a file below the posts."""
    (site.folder / "content/posts" / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with all of the above, built as a preview."""
    site = Site(tmp_path_factory.mktemp("headers"))
    for name, header in (GOOD | WITHHELD).items():
        write(site, f"{name}.md", f"{header}\nWords: are *text*.\n")
    (site.folder / "content/images").mkdir()
    (site.folder / "content/images/of-a-draft.png").write_bytes(b"P")
    write(site, "long.md", "Title: " + "A long title " * 30 + "\nDate: 2026-10-02\n\nWords.\n")
    site.said = site.build().stdout  # type: ignore[attr-defined]
    return site


@pytest.fixture(scope="module")
def published(preview: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the same site, published."""
    site = preview.copied_to(tmp_path_factory.mktemp("published") / "site")
    site.said = site.build("publishconf.py").stdout  # type: ignore[attr-defined]
    return site


@pytest.mark.starts_programs
@pytest.mark.parametrize("name", GOOD)
def test_the_three_notations_make_the_same_page(preview: Site, name: str) -> None:
    page = page_of(preview, f"2026/10/{name}")

    assert page.text("h1") == [HEADING]
    assert "<p>Words: are <em>text</em>.</p>" in preview.page(f"2026/10/{name}")
    assert name in preview.page("tags/shared")


@pytest.mark.starts_programs
@pytest.mark.parametrize("built", ["preview", "published"])
@pytest.mark.parametrize(
    ("old", "name"), [("pelican.html", "pelican"), ("yaml/index.html", "yaml"), ("toml/index.html", "toml")]
)
def test_an_alias_leads_to_its_post(request: pytest.FixtureRequest, built: str, old: str, name: str) -> None:
    site = request.getfixturevalue(built)
    page = Page((site.output / "old" / old).read_text(encoding="utf-8"))
    home = "https://www.woitasen.com.ar"
    there = f"{home if built == 'published' else ''}/2026/10/{name}/"

    assert page.all("link", rel="canonical") == [{"rel": "canonical", "href": f"{home}/2026/10/{name}/"}]
    assert page.all("meta", content=f"0; url={there}") and page.all("a", href=there)


@pytest.mark.starts_programs
def test_a_tag_may_contain_a_comma(preview: Site) -> None:
    assert (preview.output / "tags/a-b/index.html").is_file()


@pytest.mark.starts_programs
@pytest.mark.parametrize(("address", "mark"), [
    ("drafts/a-draft", "Draft"), ("drafts/waiting", "Due on 2036-12-01"), ("drafts/later", "Due on 2037-01-01"),
])  # fmt: skip
def test_what_is_not_published_has_a_page_with_a_mark(preview: Site, address: str, mark: str) -> None:
    page = page_of(preview, address)

    assert mark in " ".join(page.text("p"))
    assert page.meta("robots") == "noindex"
    assert not page.all("link", rel="canonical")


@pytest.mark.starts_programs
def test_a_hidden_post_is_on_the_web_and_in_no_list(published: Site) -> None:
    page = page_of(published, "2026/10/hidden")

    assert page.meta("robots") == "noindex"
    assert [
        str(file) for file in sites_files(published) if "Hidden" in file.read_text() and "hidden" not in str(file)
    ] == []


@pytest.mark.starts_programs
def test_nothing_of_what_waits_is_published(published: Site) -> None:
    names = {file.relative_to(published.output).as_posix() for file in published.output.rglob("*") if file.is_file()}

    assert not {name for name in names if re.search("draft|waiting|later|skipped|lonely", name)} - {
        "images/of-a-draft.png"
    }
    for file in sites_files(published):
        assert not re.search("A draft|Not yet|Later|Skipped|lonely", file.read_text(encoding="utf-8")), file


def sites_files(site: Site) -> list[Path]:
    """The pages and feeds of a site."""
    return [file for file in site.output.rglob("*") if file.suffix in (".html", ".xml", ".json")]


@pytest.mark.starts_programs
@pytest.mark.parametrize("built", ["preview", "published"])
def test_a_build_says_what_is_left_out(request: pytest.FixtureRequest, built: str) -> None:
    assert request.getfixturevalue(built).said.endswith("; left out: 1 draft, 1 hidden, 2 due first on 2036-12-01\n")


@pytest.mark.starts_programs
def test_a_long_title_makes_a_short_address(preview: Site) -> None:
    (folder,) = [file.parent.name for file in preview.output.glob("2026/10/a-long*/index.html")]

    assert "a-long-title-a-long-title" in folder and 80 < len(folder) <= 100


@pytest.mark.starts_programs
def test_whether_a_post_is_due_is_decided_in_each_build(published: Site, tmp_path: Path) -> None:
    """What press remembers of a post says nothing of that; nor does it matter what was there before."""
    site = published.copied_to(tmp_path / "site")
    result = site.build("publishconf.py", SOURCE_DATE_EPOCH="2111752800")  # 2036-12-01, 11:00 in Argentina

    assert result.stdout.endswith("left out: 1 draft, 1 hidden, 1 due on 2037-01-01\n")
    assert (
        page_of(site, "2036/12/waiting").meta("robots") is None and (site.output / "old/waiting/index.html").is_file()
    )

    site.settings("PUBLISH_FUTURE = True\nDRAFT_PAGES = True")
    (site.folder / "publishconf.py").write_text("from pelicanconf import *\n", encoding="utf-8")
    assert site.build("publishconf.py").stdout.endswith("left out: 1 draft, 1 hidden\n")
    assert (site.output / "drafts/a-draft/index.html").is_file()


FAULTS = {
    "a.md": ("Titel: A\nDate: 2026-10-01\n", "1:1: this header has no title"),
    "b.md": ("---\ntitle: A\n---\n", "1:1: this header has no date"),
    "c.md": ("# A note\n\nText.\n", "1:1: this file has no header"),
    "r.md": ('{\n"title": "R", "draft": true\n}\n\nText.\n', "1:1: a header in JSON is not read"),
    "d.md": ("Title: 🎉🎉\nDate: 2026-10-01\n", "1:8: no address can be made of the title `🎉🎉`"),
    "e.md": ("Title: E\nDate: 2026-10-01\nStatus: drafft\n", "3:9: unknown status `drafft`"),
    "f.md": (
        "Title: F\nDate: 2026-10-01\nAlias: /g/, /archives/\n",
        "3:13: `/archives/` is the address of the archives page",
    ),
    "h.md": (
        "Title: H\nDate: 2026-10-01\nAliases: /g/, /h, /h/\n",
        "3:10: `/g/` is also an old address of `posts/f.md`",
    ),
    "i.md": ("Title: I\nDate: 2026-10-01\nTemplate: none\n", "3:11: the theme has no template `none`"),
    "j.md": ("Title: J\nDate: 2026-10-01\nTgas: x\n", "3:1: unknown field `Tgas`"),
    "k.md": ("Title: K\nDate: 2026-10-01\nTgas: x\nFlavour: y\n", "4:1: unknown field `Flavour`"),
    "l.md": (
        "---\ntitle: L\ndate: 2026-05\n---\n\n```sh\niptables -A INPUT --nope\n```\n",
        "3:7: `2026-05` has no day",
    ),
    "m.md": ("---\ntitle: M\ndate: 2026-10-01\nmathjax: true\n---\n", "4:1: the field `mathjax` does nothing here"),
    "n.rst": ("N\n#\n\n:date: 2026\n", "4:1: Pelican would leave this file out of the site"),
    "p.rst": (
        "P\n#\n\n:date: 2026-10-01\n:flavour: x\n:lastmod: 2026-10-02\n:Smell: y\n\nWords.\n\n:colours: are text\n",
        "7:2: unknown field `Smell`",
    ),
    "q.rst": ("Q\n#\n\n:date: 2026-10-01\n:draft: perhaps\n", "5:9: `perhaps` is neither true nor false"),
    "o.MD": ("Title: O\n", "is skipped by Pelican; write its extension in lower case: .md"),
}  # fmt: skip


def test_each_fault_is_named_once_at_its_place(site: Site) -> None:
    for name, (text, _) in FAULTS.items():
        write(site, name, f"{text}\nText.\n")
    site.settings("KNOWN_FIELDS = ['colour']")
    result = site.build()
    found = re.findall(
        r"(?:error|warning)\[.*\]: (.*)\n +--> content/posts/(\w\.\w+):(\d+:\d+)$", result.stderr, re.MULTILINE
    )
    said = [f"{name}:{place}: {message}" for message, name, place in found]
    expected = [f"{name}:{what}" for name, (_, what) in FAULTS.items() if name != "o.MD"]

    assert result.returncode == 1
    assert sorted(said) == sorted([*expected, "l.md:7:19: unknown option `--nope`"])
    assert result.stderr.count("content/posts/o.MD") == 1 and f"o.MD {FAULTS['o.MD'][1]}" in result.stderr
    assert "did you mean `Tags`?" in result.stderr and "it is in 1 more file" in result.stderr


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('TIMEZONE = "Nowhere/City"', "TIMEZONE = 'Nowhere/City'"),
        ('ARTICLE_URL = "{date:%Y}/{slug/"', "ARTICLE_URL = '{date:%Y}/{slug/'"),
        ('DEFAULT_DATE = "2026"', "DEFAULT_DATE = '2026'"),
        ('DEFAULT_DATE = "soon"; TIMEZONE = "CESTX"', "DEFAULT_DATE = 'soon'"),
    ],
)
def test_a_bad_setting_is_not_blamed_on_a_post(site: Site, line: str, named: str) -> None:
    site.post("good")
    site.settings(line)
    result = site.build()

    assert result.returncode == 1
    assert f"error: the setting {named} cannot be used" in result.stderr and "good.md" not in result.stderr


def test_the_title_is_text_whoever_reads_it(site: Site) -> None:
    """A plugin may have a reader of its own, which knows nothing of titles, nor of drafts."""
    shutil.copy(Path(__file__).with_name("own_reader.py"), site.folder / "plugins")
    site.settings('PLUGINS.append("own_reader")')
    write(site, "a.md", f"---\ntitle: '{TITLE}'\ndate: 2026-10-01\nslug: a\n---\nText.\n")
    write(site, "b.md", "---\ntitle: B\ndate: 2026-10-01\ndraft: true\n---\nText.\n")
    write(site, "c.md", "---\ntitle: C\ndate: 2026-10-01\npublished: false\n---\nText.\n")
    site.built()

    assert [each.parent.name for each in (site.output / "2026/10").glob("*/index.html")] == ["a"]
    assert page_of(site, "2026/10/a").text("h1") == [HEADING]
