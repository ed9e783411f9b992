"""plugins/drafts.py and the theme: `Status: draft`, written in every way that a draft is written."""

from pathlib import Path

import pytest
from conftest import Site
from test_pages import Page

COMMAND = "```sh\niptables -A INPUT -s 192.0.2.0/24 -j DROP\n```\n"

#: The file below content/, its header, and the address of its page.
DRAFTS = [
    ("posts/a.md", "Title: Unready\nStatus: draft", "drafts/unready"),
    ("posts/a.md", "Title: Unready\nStatus: draft\nDate: 2026-10-01", "drafts/unready"),
    ("posts/a.md", "Title: Unready\nStatus: draft\nCategory: c", "drafts/unready"),
    ("posts/a.md", "Title: Unready\nStatus: draft\nCategory: c\nDate: 2026-10-01", "drafts/unready"),
    ("posts/a.md", "Title: Unready\nStatus: Draft\nSlug: other", "drafts/other"),
    ("posts/a.md", "Title: Unready\nStatus: draft\nTags: lonely, --mode\nSummary: Not yet.", "drafts/unready"),
    ("posts/a.md", "Title: Unready\nStatus: draft\nModified: 2026-10-02\nAuthor: Ana", "drafts/unready"),
    ("posts/deep/in/a folder/a.md", "Title: Unready\nStatus: draft", "drafts/unready"),
    ("pages/a.md", "Title: Unready\nStatus: draft", "drafts/pages/unready"),
    ("pages/deep/a.md", "Title: Unready\nStatus: draft\nDate: 2026-10-01", "drafts/pages/unready"),
]


def write(site: Site, name: str, header: str) -> None:
    """Write a file below content/ with a header and a command."""
    file = site.folder / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{header}\n\nWords.\n\n{COMMAND}", encoding="utf-8")


@pytest.mark.parametrize(("name", "header", "address"), DRAFTS)
def test_a_draft_has_a_page_that_nothing_leads_to(site: Site, name: str, header: str, address: str) -> None:
    site.post("published")
    write(site, name, header)
    site.built()
    page = Page(site.page(address))

    assert page.text("h1") == ["Unready"]
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert not page.all("link", rel="canonical") and not page.meta("og:url")
    assert "Draft" in page.text("p")[1] and "9999" not in site.page(address)
    assert not [link for link in page.all("a") if "/tags/l" in str(link["href"])]
    for file in (*site.output.rglob("*.html"), *site.output.rglob("*.xml")):
        if file != site.output / address / "index.html":
            text = file.read_text(encoding="utf-8")
            assert "Unready" not in text and "drafts/" not in text and "lonely" not in text, file


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
