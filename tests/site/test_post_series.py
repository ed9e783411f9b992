"""plugins/post_series: posts that belong together have an order, and a page where the settings ask for it."""

import pytest
from conftest import Site
from post_series.header import number_in, series_named
from site_pages import Page, dead_links, page_of

NAME = "Netfilter, step by step"
PAGES = 'SERIES_SAVE_AS = SERIES_URL + "index.html"\nSERIES_LIST_SAVE_AS = "series/index.html"'
SERIES = "series/netfilter-step-by-step"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a long series, one in two languages, one that a post is in beside another, and wrong numbers;
    `report` is what its build said.
    """
    site = Site(tmp_path_factory.mktemp("told"))
    site.settings(f'{PAGES}\nPAGINATED_TEMPLATES["series"] = 3')
    for name, more in {
        "epilogue": {"date": "2024-01-02"},
        "appendix": {"date": "2024-01-01"},
        "second": {"series_index": "2", "date": "2024-05-01"},
        "again": {"series_index": "2", "date": "2024-06-01"},
        "tenth": {"series_index": "10"},
        "first": {"series_index": "1", "date": "2025-01-01", "series": "netfilter, step by step"},
        "draft": {"series_index": "3", "status": "draft"},
        "hidden": {"series_index": "4", "status": "hidden"},
        "due": {"series_index": "5", "date": "2999-01-01"},
        "primera": {"slug": "first", "lang": "es", "date": "2025-01-01"},
        "segunda": {"slug": "second", "lang": "es", "date": "2025-02-01", "title": "Segunda <b>"},
        "alone": {"series": "C++"},
        "lost": {"series": "", "series_index": "3"},
        "c": {"series": "C", "series_index": "second"},
        "auf-deutsch": {"series": "C++", "lang": "de"},
    }.items():
        site.post(name, **{"series": NAME, **more})
    posts = site.folder / "content/posts"
    head = "title: Both\ndate: 2024-02-02\nseries: [Both, C]\nseriesOrder: .inf\n"
    (posts / "both.md").write_text(f"---\n{head}---\n\nText.\n", encoding="utf-8")
    rst = "Rest\n####\n\n:date: 2024-03-03\n:series: C\n:series-index: 0x\n\nText.\n"
    (posts / "rest.rst").write_text(rst, encoding="utf-8")
    result = site.build()
    assert result.returncode == 0, result.stderr
    site.report = result.stderr  # type: ignore[attr-defined]
    return site


def listed(page: Page) -> list[str]:
    """The addresses of the posts of a list, by their last part."""
    return [str(each["href"]).strip("/").rpartition("/")[2] for each in page.all("a", rel="bookmark")]


@pytest.mark.starts_programs
def test_parts_are_in_the_order_of_their_numbers_and_then_of_their_dates(told: Site) -> None:
    first, second = page_of(told, SERIES), page_of(told, f"{SERIES}/page/2")

    assert listed(first) == ["first", "second", "again"]
    assert listed(second) == ["tenth", "appendix", "epilogue"]
    assert first.text("h1") == [NAME] and second.text("h1") == [f"{NAME}, page 2"]
    assert first.all("a", rel="next", href=f"/{SERIES}/page/2/") and second.all("a", rel="prev", href=f"/{SERIES}/")
    assert "Later parts" in told.page(SERIES) and "Earlier parts" in told.page(f"{SERIES}/page/2")


#: A post, and what it says of its place.
PLACES = {
    "2025/01/first": [f"Part 1 of 6 in the series {NAME}", "Next part: Second"],
    "2024/06/again": [f"Part 3 of 6 in the series {NAME}", "Previous part: Second", "Next part: Tenth"],
    "2024/01/epilogue": [f"Part 6 of 6 in the series {NAME}", "Previous part: Appendix"],
    "2026/01/alone": ["Part 1 of the series C++"],
    "2024/02/both": ["Part 1 of the series Both", "Part 1 of 3 in the series C", "Next part: Rest"],
    "es/2025/01/first": [f"Parte 1 de 2 de la serie {NAME}", "Parte siguiente: Segunda <b>"],
    "2026/01/hidden": [],
    "drafts/draft": [],
    "drafts/due": [],
}  # fmt: skip


@pytest.mark.starts_programs
@pytest.mark.parametrize("address", PLACES)
def test_a_post_says_which_part_it_is(told: Site, address: str) -> None:
    said = [" ".join(text.split()) for text in page_of(told, address).text("p")]

    assert [text for text in said if text.startswith(("Part ", "Parte ", "Previous p", "Next p"))] == PLACES[address]


@pytest.mark.starts_programs
def test_everything_leads_there(told: Site) -> None:
    """A post leads to the page of its series, which the list of all has, which the menu has."""
    assert page_of(told, "2024/06/again").all("a", href=f"/{SERIES}/")
    assert page_of(told, "es/2025/02/second").all("a", href=f"/es/{SERIES}/")
    assert page_of(told, "").all("a", href="/series/")
    assert [text for text in page_of(told, "series").text("li") if "post" in text] == [
        "Both 1 post", "C 3 posts", "C++ 1 post", "C++ 1 post, Deutsch", f"{NAME} 6 posts", f"{NAME} 2 posts, Español"
    ]  # fmt: skip
    assert page_of(told, "series/c-plus-plus").all("html", lang="en")
    assert page_of(told, f"es/{SERIES}").all("html", lang="es") and listed(page_of(told, f"es/{SERIES}")) == [
        "first", "second"
    ]  # fmt: skip
    assert dead_links(told.output) == []


#: What a report says, and where.
REPORTED = {
    "another part of the series `Netfilter, step by step` has the number 2 too": "again.md:7:15",
    "the series `netfilter, step by step` is also written `Netfilter, step by step`": "first.md:6:9",
    "`second` is not a number": "c.md:7:15",
    "`3` is the number of a part, but of no series": "lost.md:7:15",
    "`.inf` is not a number": "both.md:5:14",
    "`0x` is not a number": "rest.rst:6:16",
}


@pytest.mark.starts_programs
def test_wrong_numbers_and_names_are_named(told: Site) -> None:
    report: str = told.report  # type: ignore[attr-defined]
    blocks = report.split("warning[")[1:]

    assert len(blocks) == len(REPORTED), report
    for message, place in REPORTED.items():
        assert any(message in block and f"content/posts/{place}\n" in block for block in blocks), report
    assert "the other is content/posts/second.md:7:15" in report


@pytest.mark.starts_programs
def test_without_settings_there_are_no_pages(site: Site) -> None:
    """The public plugin `series` works beside ours."""
    site.settings('PLUGINS.append("series")\nTHEME_TEMPLATES_OVERRIDES = ["own"]')
    (site.folder / "own").mkdir()
    (site.folder / "own/related_posts.html").write_text("<!-- theirs: {{ article.series.index }} -->")
    site.post("one", series="Nets", series_index="2")
    site.post("two", series="Nets", series_index="1", lang="en")
    result = site.build()
    html = site.page("2026/01/one")

    assert result.stderr == "" and result.returncode == 0
    assert "Part 2 of 2 in the series <span>Nets</span>" in html and "<!-- theirs: 2 -->" in html
    assert not (site.output / "series").exists() and "/series/" not in html and 'href="/2026/01/two/"' in html


#: Settings and the header of a post, and what a build says that fails with them.
REFUSED = {
    ('SERIES_SAVE_AS = "2026/01/{slug}/index.html"', "Nets"): "is the address of the page of the series Nets too",
    (PAGES, "a" * 300): f"the page of the series {'a' * 300} cannot have its address: the address is longer than",
    ('SERIES_SAVE_AS = "series/{slug}.html"\nTHEME = "plain"', "Nets"): "the theme plain has no templates/series.html",
}


@pytest.mark.starts_programs
@pytest.mark.parametrize("wrong", REFUSED)
def test_what_cannot_be_is_named(site: Site, wrong: tuple[str, str]) -> None:
    (site.folder / "plain/templates").mkdir(parents=True)
    site.settings(wrong[0])
    site.post("nets", series=wrong[1])
    result = site.build()

    assert result.returncode == 1 and REFUSED[wrong] in result.stderr, result.stderr


@pytest.mark.parametrize(
    ("value", "names"),
    [("A, b", ("A, b",)), (["A", "B ", "A"], ("A", "B")), (" A \n B ", ("A B",)), ("", ()), ([""], ()), (None, ())],
)
def test_the_names_of_series(value: object, names: tuple[str, ...]) -> None:
    assert series_named({"series": value}) == names


@pytest.mark.parametrize(
    ("typed", "expected"), [("2", 2), (" 1.5 ", 1.5), ("0", 0), ("-1", -1), ("", None), ("x", None), ("nan", None)]
)
def test_the_number_of_a_part(typed: str, expected: float | None) -> None:
    assert number_in(typed) == expected
