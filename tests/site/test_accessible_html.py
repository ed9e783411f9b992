"""plugins/accessible_html.py and toc.py: task lists that speak, and the contents of a long post."""

import pytest
from accessible_html import SiteMarkup, in_boxes
from conftest import Site
from markdown import Markdown
from markupsafe import Markup
from site_pages import page_of
from toc import Heading, section_headings


def html_of(text: str) -> str:
    """Return the HTML of a Markdown text."""
    return Markdown(extensions=[SiteMarkup()]).convert(text)


def test_task_lists() -> None:
    """A box has a name, done or to do; what is no box stays."""
    html = html_of("- [x] read *this*\n- [ ] run\n- [y] no\n- no [x]\n")
    box = '<span aria-label="{}" class="task-box" role="img">{}</span>'

    assert html.count("task-box") == 2
    assert f'<li class="task">{box.format("Done", "☑")}read <em>this</em></li>' in html
    assert f'<li class="task">{box.format("To do", "☐")}run</li>' in html
    assert "<li>[y] no</li>" in html and "<li>no [x]</li>" in html


@pytest.mark.parametrize(
    ("typed", "boxed"),
    [
        ("<table><td><table></table></td></table>", "(<table><td>(<table></table>)</td></table>)"),
        ("<table></table><table class='a'></table>", "(<table></table>)(<table class='a'></table>)"),
        ("<table><td><table></td></table>", "<table><td>(<table></td></table>)"),
        ("</table><!-- <table> --><tablet>", "</table><!-- <table> --><tablet>"),
    ],
)
def test_each_table_has_a_box_of_its_own(typed: str, boxed: str) -> None:
    assert in_boxes(typed) == boxed.replace("(", '<div class="scroll" tabindex="0">').replace(")", "</div>")


def test_task_lists_with_paragraphs() -> None:
    assert html_of("- [x] one\n\n- [ ] two\n").count("task-box") == 2


def test_section_headings() -> None:
    html = (
        '<h1 id="a">No</h1><h2 id="b">A <a href="#x">link</a> &amp; <code>c</code></h2>'
        '<h3 id="c">D<sup>1</sup></h3><h2>No id</h2>'
    )

    assert section_headings(html) == [
        Heading(2, "b", Markup("A link &amp; <code>c</code>")),
        Heading(3, "c", Markup("D")),
    ]


def test_a_long_post_has_contents(site: Site) -> None:
    """From four headings on there is a table of contents, each entry of which leads to its heading."""
    site.post("short", "## One\n\n## Two\n\n### Three\n")
    site.post("long", "## One\n\n## Two & <i>2</i>\n\n### Three\n\n## Four\n")
    site.built()

    assert 'class="table-of-contents"' not in site.page("2026/01/short")
    page = page_of(site, "2026/01/long")
    links = [each["href"] for each in page.all("a") if str(each.get("href")).startswith("#")]
    sections = ["#one", "#two-2", "#three", "#four"]
    assert links == ["#theme:main", *sections, *sections]  # from the contents, and from behind each heading
    assert {str(link)[1:] for link in links} <= {has.get("id") for _, has in page.elements}


def test_no_heading_has_an_id_of_the_page(site: Site) -> None:
    """The ids of the page itself are none that Markdown makes of words, so that each is there once."""
    words = ["Content", "Contents", "Main", "theme:main", "theme:contents", "Content", "_contents"]
    site.post("one", "".join(f"## {each}\n\n" for each in words))
    site.built()
    page = page_of(site, "2026/01/one")
    ids = [has["id"] for _, has in page.elements if "id" in has]

    assert len(ids) == len({*ids}) == len(words) + len(["theme:main", "theme:contents"])
    assert page.all("main") == [{"id": "theme:main", "tabindex": "-1"}]
    assert page.all("nav", **{"aria-labelledby": "theme:contents"}) and page.all("p", id="theme:contents")


def test_an_updated_post_says_so(site: Site) -> None:
    """`Modified:` is shown beside the date, and told to machines."""
    site.post("one", date="2012-03-02", modified="2026-11-23")
    site.built()
    page = page_of(site, "2012/03/one")

    assert page.text("time") == ["2 March 2012", "23 November 2026"]
    assert page.meta("article:modified_time") == "2026-11-23"
    assert '"dateModified": "2026-11-23"' in page.text("script")[0]
