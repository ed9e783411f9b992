"""plugins/date_precision and the theme: the day of a post is shown where it is known, and nowhere else."""

import json

import pytest
from conftest import Site
from date_precision.formats import at_precision, without_day, without_year
from site_pages import Page, page_of

#: A format, the same without its day, and without its year.
FORMATS = [
    ("%-d %B %Y", "%B %Y", "%-d %B"),
    ("%B %-d, %Y", "%B %Y", "%B %-d"),
    ("%a %d %b %y", "%b %y", "%a %d %b"),
    ("%Y-%m-%d", "%Y-%m", "%m-%d"),
    ("%F", "%Y-%m", "%m-%d"),
    ("%d.%m.%Y", "%m.%Y", "%d.%m"),
    ("%d de %B de %Y", "%B de %Y", "%d de %B"),
    ("%Y年%m月%d日", "%Y年%m月", "%m月%d日"),
    ("%A, %d. %B %Y %H:%M", "%B %Y", "%A, %d. %B %H:%M"),
    ("%B %Y", "%B %Y", "%B"),
    ("%Y", "%B %Y", "%Y"),
    ("%c", "%B %Y", "%c"),
]


@pytest.mark.parametrize(("form", "month", "below_the_year"), FORMATS, ids=[form for form, *_ in FORMATS])
def test_a_format_without_one_part_of_it(form: str, month: str, below_the_year: str) -> None:
    assert without_day(form) == at_precision(form, "month") == month
    assert without_year(form) == below_the_year
    assert at_precision(form, "year") == "%Y" and at_precision(form, "day") == form


#: The header of a post, what readers are shown, in the archives, and what machines are told.
POSTS = {
    "day": ("Date: 2026-10-02", "2 October 2026", "2 October", "2026-10-02"),
    "time": ("Date: 2026-10-03 10:30", "3 October 2026", "3 October", "2026-10-03T10:30:00-03:00"),
    "month": ("Date: 2026-10-04\nDate-precision: month", "October 2026", "October", "2026-10"),
    "capital": ("Date: 2026-10-04\nDate_precision: Month", "October 2026", "October", "2026-10"),
    "no-day": ("Date: 2026-10\nDate-precision: month", "October 2026", "October", "2026-10"),
    "year": ("Date: 2026-10-05 10:30\nDate-precision: year", "2026", "2026", "2026"),
    "spanish": ("Date: 2026-10-06\nLang: es", "6 de octubre de 2026", "6 October", "2026-10-06"),
    "mes": ("Date: 2026-10-07\nLang: es\nDate-precision: month", "octubre de 2026", "October", "2026-10"),
}


def with_posts(site: Site) -> Site:
    """Give a site these posts, and one that was updated."""
    for name, (header, *_) in POSTS.items():
        file = site.folder / f"content/posts/{name}.md"
        file.write_text(f"Title: {name}\nSlug: {name}\n{header}\n\nWords.\n", encoding="utf-8")
    site.post("updated", date="2026-10-08", modified="2026-10-09")
    return site


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with these posts."""
    site = with_posts(Site(tmp_path_factory.mktemp("dated")))
    site.built()
    return site


@pytest.mark.starts_programs
@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_dated_as_exactly_as_it_is_known(dated: Site, name: str) -> None:
    _, shown, in_archives, told = POSTS[name]
    page = page_of(dated, ("es/" if "Lang: es" in POSTS[name][0] else "") + f"2026/10/{name}")
    data = json.loads(page.text("script")[0])

    assert page.text("time") == [shown] and page.all("time") == [{"datetime": told}]
    assert page.meta("article:published_time") == data["datePublished"] == data["dateModified"] == told
    for address in ("", "2026", "2026/10", "archives"):
        listed = page_of(dated, address)
        times = dict(zip([str(each["datetime"]) for each in listed.all("time")], listed.text("time"), strict=True))
        if "Lang" not in POSTS[name][0]:
            assert times[told] == (in_archives if address == "archives" else shown), address


@pytest.mark.starts_programs
def test_an_update_has_its_day(dated: Site) -> None:
    page = page_of(dated, "2026/10/updated")

    assert page.text("time") == ["8 October 2026", "9 October 2026"]
    assert page.meta("article:modified_time") == json.loads(page.text("script")[0])["dateModified"] == "2026-10-09"


def test_settings_decide_for_posts_that_say_nothing(site: Site) -> None:
    """The format is the site's own, everywhere, and so is the precision."""
    with_posts(site).settings('DEFAULT_DATE_FORMAT = "%d/%m/%Y"\nDATE_PRECISION = "month"')
    site.post("whole", date="2026-09")
    site.post("exact", date="2026-11-03", **{"date-precision": "day"})
    site.built()

    assert page_of(site, "2026/10/day").text("time") == ["10/2026"]
    assert page_of(site, "2026/09/whole").text("time") == ["09/2026"]
    assert page_of(site, "2026/11/exact").text("time") == ["03/11/2026"]
    assert "03/11" in page_of(site, "archives").text("time")
    assert page_of(site, "2026/10").text("h1") == ["10/2026"] and page_of(site, "2026").text("h1") == ["2026"]


def test_a_day_has_an_archive_where_settings_ask_for_one(site: Site) -> None:
    site.settings('DAY_ARCHIVE_URL = "{date:%Y/%m/%d}/"\nDAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"')
    site.post("one", date="2026-10-02")
    site.built()

    assert page_of(site, "2026/10/02").text("h1") == ["2 October 2026"]
    assert page_of(site, "2026/10").text("h1") == ["October 2026"]
    assert len(Page(site.page("2026/10/02")).all("article")) == 1


def test_an_unknown_precision_is_named(site: Site) -> None:
    site.post("weekly", **{"date-precision": "week"})
    site.settings('DATE_PRECISION = "decade"')
    result = site.build()

    assert result.returncode == 1
    assert "error[unknown-precision]: `week` is not a precision of a date" in result.stderr
    assert "--> content/posts/weekly.md:6:17" in result.stderr and "write `day`, `month` or `year`" in result.stderr
    assert "error: DATE_PRECISION is `decade`, which is not a precision of a date; write" in result.stderr
