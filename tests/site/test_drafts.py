"""plugins/headers/publication.py and the theme: `Status: draft`, written in every way that a draft is written."""

import re
from pathlib import Path

import pytest
from conftest import Site
from site_pages import Page

COMMAND = "```sh\niptables -A INPUT -s 192.0.2.0/24 -j DROP\n```\n"

#: The file below content/, its header, and the address of its page; {} is a number of its own.
DRAFTS = [
    ("posts/{}.md", "Title: Unready{}\nStatus: draft", "drafts/unready{}"),
    ("posts/{}.md", "Title: Unready{}\nStatus: draft\nDate: 2026-10-01", "drafts/unready{}"),
    ("posts/{}.md", "Title: Unready{}\nStatus: draft\nCategory: c", "drafts/unready{}"),
    ("posts/{}.md", "Title: Unready{}\nStatus: draft\nCategory: c\nDate: 2026-10-01", "drafts/unready{}"),
    ("posts/{}.md", "Title: Unready{}\nStatus: Draft\nSlug: other", "drafts/other"),
    ("posts/{}.md", "Title: Unready{}\nStatus: draft\nTags: lonely, --mode\nSummary: Not yet.", "drafts/unready{}"),
    ("posts/{}.md", "Title: Unready{}\nStatus: draft\nModified: 2026-10-02\nAuthor: Ana", "drafts/unready{}"),
    ("posts/deep/in/a folder/{}.md", "Title: Unready{}\nStatus: draft", "drafts/unready{}"),
    ("pages/{}.md", "Title: Unready{}\nStatus: draft", "drafts/pages/unready{}"),
    ("pages/deep/{}.md", "Title: Unready{}\nStatus: draft\nDate: 2026-10-01", "drafts/pages/unready{}"),
]


def write(site: Site, name: str, header: str) -> None:
    """Write a file below content/ with a header and a command."""
    file = site.folder / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{header}\n\nWords.\n\n{COMMAND}", encoding="utf-8")


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with one post and each of the drafts."""
    site = Site(tmp_path_factory.mktemp("drafts"))
    site.post("published")
    for number, (name, header, _) in enumerate(DRAFTS):
        write(site, name.format(number), header.format(number))
    site.built()
    return site


@pytest.mark.starts_programs
@pytest.mark.parametrize("number", range(len(DRAFTS)), ids=[header for _, header, _ in DRAFTS])
def test_a_draft_has_a_page_of_its_own(drafts: Site, number: int) -> None:
    address = DRAFTS[number][2].format(number)
    page = Page(drafts.page(address))

    assert page.text("h1") == [f"Unready{number}"]
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert not page.all("link", rel="canonical") and not page.meta("og:url")
    assert "Draft" in page.text("p")[1] and "9999" not in drafts.page(address)
    assert not [link for link in page.all("a") if "/tags/l" in str(link["href"])]


@pytest.mark.starts_programs
def test_nothing_leads_to_a_draft(drafts: Site) -> None:
    texts = {
        file.relative_to(drafts.output): file.read_text(encoding="utf-8")
        for ending in ("html", "xml")
        for file in drafts.output.rglob(f"*.{ending}")
    }
    published = {file: text for file, text in texts.items() if file.parts[0] != "drafts"}

    assert len(texts) == len(published) + len(DRAFTS)
    for file, text in published.items():
        assert "Unready" not in text and "drafts/" not in text and "lonely" not in text, file
    for file in texts.keys() - published.keys():
        assert len(set(re.findall(r"Unready\d", texts[file]))) == 1, file


def test_drafts_may_be_all_there_is(site: Site) -> None:
    """A draft in two languages and by a setting, and no post beside them."""
    site.settings('DEFAULT_METADATA = {"status": "draft"}')
    write(site, "posts/a.md", "Title: Unready\nSlug: unready")
    write(site, "posts/a-es.md", "Title: Borrador\nSlug: unready\nLang: es")
    output = site.built()

    drafts = [file for file in (output / "drafts").rglob("*.html") if "noindex" in file.read_text(encoding="utf-8")]
    assert len(drafts) == 2


def test_a_drafts_commands_are_judged(site: Site) -> None:
    write(site, "posts/a.md", "Title: Unready\nStatus: draft")
    file = Path(site.folder / "content/posts/a.md")
    file.write_text(file.read_text(encoding="utf-8").replace("DROP", "DORP"), encoding="utf-8")
    result = site.build()

    assert result.returncode == 1
    assert "content/posts/a.md:7:" in result.stderr
