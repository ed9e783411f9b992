"""theme/ and plugins/ on other sites than this: whatever the settings say or leave out, each link leads somewhere."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import PROJECT, Site
from site_pages import Page, dead_links, page_of

pytestmark = pytest.mark.starts_programs

#: What pelican-quickstart of Pelican 4.12 writes, as far as it says something; the theme and the plugins are added.
QUICKSTART = """
AUTHOR = "Ana Lía"
SITENAME = "Notes"
SITEURL = ""
PATH = "content"
TIMEZONE = "Europe/Rome"
DEFAULT_LANG = "en"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
LINKS = (("Pelican", "https://getpelican.com/"), ("You can modify those links in your config file", "#"))
SOCIAL = (("You can add links in your config file", "#"), ("Another social link", "#"))
DEFAULT_PAGINATION = False
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
"""
FEED = "/feeds/all.atom.xml"
COMMAND = "```sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n"


class Settings(NamedTuple):
    """Lines that change the settings, the path that a host shows the site at, and whether they are all settings."""

    lines: str
    root: str = ""
    is_all: bool = False


SETTINGS = {
    "as pelican-quickstart leaves them": Settings(QUICKSTART, is_all=True),
    "none": Settings('PATH = "content"\nTHEME = "theme"\nPLUGIN_PATHS = ["plugins"]\n', is_all=True),
    "empty": Settings(
        'SITENAME = ""\nSITESUBTITLE = AUTHOR = CANONICAL_SITE = FEED_DOMAIN = FEED_ALL_ATOM = None\n'
        'TAG_SAVE_AS = TAGS_SAVE_AS = ""\nARCHIVES_SAVE_AS = YEAR_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_SAVE_AS = None\n'
        "MENUITEMS = LINKS = SOCIAL = None\n"
    ),
    "relative": Settings('RELATIVE_URLS = True\nDAY_ARCHIVE_SAVE_AS = "{date:%Y/%m/%d}/index.html"\n'),
    "below a folder, as files": Settings(
        'SITEURL = "/my%20blog"\nARTICLE_URL = ARTICLE_SAVE_AS = "posts/{slug}.html"\n'
        'PAGE_URL = PAGE_SAVE_AS = "{slug}.html"\nTAG_URL = TAG_SAVE_AS = "about-{slug}.html"\n'
        'TAGS_SAVE_AS = "topics.html"\nARCHIVES_SAVE_AS = "all.html"\nINDEX_SAVE_AS = "posts/index.html"\n'
        'YEAR_ARCHIVE_URL = MONTH_ARCHIVE_URL = ""\n'
        'PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{name}-{number}", "{name}-{number}.html")]\n',
        root="/my%20blog",
    ),
    "another theme": Settings('THEME = "simple"\n'),
    "a theme that shows all": Settings('THEME = "notmyidea"\nRELATIVE_URLS = True\nDIRECT_TEMPLATES = ["index"]\n'),
}


def plugins_of_this_site() -> str:
    """The setting with all plugins, as pelicanconf.py has it."""
    found = re.search(r"^PLUGINS = \[.*?\]", (PROJECT / "pelicanconf.py").read_text(encoding="utf-8"), re.M | re.S)
    assert found
    return found[0]


def with_posts(folder: Path, tag_of_unlisted: str) -> Site:
    """A site with posts and a page, which is not called About; a draft and a hidden post have a tag."""
    site = Site(folder)
    site.post("first", COMMAND, tags="Linux, rare tag", title="A title with <b> & 'quotes'")
    site.post(
        "second", "## One\n\n## Two\n\n## Three\n\n## Four\n", tags="Linux", date="2025-03-04", modified="2025-05-06"
    )
    site.post("third", tags="", date="2024-12-31")
    site.post("draft", tags=tag_of_unlisted, status="draft")
    site.post("hidden", tags=tag_of_unlisted, status="hidden")
    (site.folder / "content/pages/contact.md").write_text("Title: Contact\n\nWrite to me.\n", encoding="utf-8")
    return site


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS.keys())
def test_every_link_leads_somewhere(tmp_path: Path, settings: Settings) -> None:
    """Every page has a title too, and names nothing that Python calls None."""
    # Tags of unlisted posts have no page, which other themes do not ask.
    site = with_posts(
        tmp_path, "Linux" if "THEME = " in settings.lines and not settings.is_all else "of unlisted posts"
    )
    if settings.is_all:
        (site.folder / "pelicanconf.py").write_text(f"{settings.lines}\n{plugins_of_this_site()}\n", encoding="utf-8")
    else:
        site.settings(settings.lines)
    output = site.built()

    assert dead_links(output, settings.root) == []
    for file in output.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert all(title.strip() for title in Page(html).text("title")), file
        assert Page(html).text("title"), file
        assert "None" not in html, file
        assert "&lt;p&gt;" not in html and "<b>" not in "".join(Page(html).text("h1")).replace("<b> &", ""), file


MENU = {
    "guide": "Title: A guide\nSlug: guide\nSortorder: 2\n",
    "start": "Title: Start here\nSortorder: 1\n",
    "a-note": "Title: A note\nSortorder: nan\nSave_as: notes/a.html\n",
    "imprint": "Title: Imprint\nMenu: no\n",
    "unlisted": "Title: Unlisted\nStatus: hidden\n",
    "unready": "Title: Unready\nStatus: draft\n",
}
LINKS = """
CATEGORY_URL, CATEGORY_SAVE_AS = "in/{slug}/", "in/{slug}/index.html"
MENUITEMS = (("Code", "https://example.org/code"), ("Old posts", "archives/"))
LINKS = [("Friend", "https://example.net/"), ("With an icon", "start-here/", "icon")]
SOCIAL = [("Mastodon", "https://social.example/@ana")]
"""


def menu(page: Page) -> list[str]:
    """The words of the menu."""
    return [text.replace("\u00a0", " ") for tag, text in page.texts if tag == "li"]


def test_the_menu_comes_from_the_pages_and_the_settings(site: Site) -> None:
    site.post("first")
    for name, header in MENU.items():
        (site.folder / f"content/pages/{name}.md").write_text(f"{header}\nText.\n", encoding="utf-8")
    site.settings(LINKS)
    site.built()
    front, guide = page_of(site, ""), page_of(site, "guide")

    names = ["Archives", "Tags", "misc", "Start here", "A guide", "A note", "Code", "Old posts"]
    assert menu(front) == [*names, "Friend", "With an icon", "Mastodon"]
    assert [each["href"] for each in guide.all("a", **{"aria-current": "page"})] == ["/guide/"]
    assert [each["href"] for each in page_of(site, "in/misc").all("a", **{"aria-current": "page"})] == ["/in/misc/"]
    assert [each["href"] for each in front.all("a", rel="me")] == ["https://social.example/@ana"]
    assert (
        guide.all("a", href="/start-here/")
        and guide.all("a", href="/notes/a.html")
        and guide.all("a", href="https://example.net/")
    )


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ("DISPLAY_PAGES_ON_MENU = False", ["Archives", "Tags", "Always"]),
        ('ARCHIVES_SAVE_AS = ""\nDIRECT_TEMPLATES = ["index", "archives"]', ["Always", "Sometimes"]),
    ],
)
def test_the_menu_has_what_the_settings_leave(site: Site, settings: str, left: list[str]) -> None:
    site.post("first")
    for name, header in {"always": "Menu: yes\n", "sometimes": ""}.items():
        text = f"Title: {name.title()}\n{header}\nText.\n"
        (site.folder / f"content/pages/{name}.md").write_text(text, encoding="utf-8")
    site.settings(settings)
    site.built()

    assert menu(page_of(site, "2026/01/first"))[: len(left)] == left


@pytest.mark.parametrize(
    "value", ['"Code"', '[("Code",)]', '["https://example.org/"]', '{"Code": "https://example.org/"}']
)
def test_a_setting_that_is_no_list_of_links_is_named(tmp_path: Path, value: str) -> None:
    site = Site(tmp_path)
    site.post("first")
    site.settings(f"MENUITEMS = {value}")
    result = site.build()

    assert result.returncode == 1
    assert "error: MENUITEMS must be a list of pairs" in result.stderr
    assert "Traceback" not in result.stderr


def test_how_commands_are_checked_is_linked_where_it_is_explained(site: Site) -> None:
    """Snippets and the footer link to the page, if it is there and has the heading."""
    site.post("first", COMMAND)
    page = site.folder / "content/pages/about.md"
    link = "/about/#what-happens-to-a-command"
    for text, is_linked in (("Text.", False), ("## What happens to a command\n\nText.", True)):
        page.write_text(f"Title: About\n\n{text}\n", encoding="utf-8")
        site.built()
        links = [each["href"] for each in page_of(site, "2026/01/first").all("a")]
        assert links.count(link) == (2 if is_linked else 0)
        assert "iptables commands on these pages" in site.page("2026/01/first")
        assert dead_links(site.output) == []

    site.post("first", "No command.")
    site.built()
    assert "iptables commands on these pages" not in site.page("2026/01/first")


def test_the_footer_links_the_feed_that_there_is(rich_site: Site, whole_site: Site) -> None:
    """Atom, or what the site has in place of it."""
    for site, address, words in ((rich_site, "/feeds/all.json", "JSON feed"), (whole_site, FEED, "Atom feed")):
        page = page_of(site, "tags")
        assert page.all("a", href=address) and words in page.text("p")


#: What is done to PLUGINS, and what the build says then.
TOO_FEW = {
    'PLUGINS.remove("menu")': 'theme/theme.toml asks for more. Add to the settings: PLUGINS += ["menu"]',
    'PLUGINS = ["drytables"]': "No filter named 'needs_the_plugins_in_theme_toml'",
}


@pytest.mark.parametrize("settings", TOO_FEW)
def test_the_plugins_that_the_theme_lacks_are_named(site: Site, settings: str) -> None:
    site.post("first")
    site.settings(settings)
    result = site.build()

    assert result.returncode == 1
    assert TOO_FEW[settings] in result.stderr


def test_the_theme_does_without_all_other_plugins(site: Site) -> None:
    """Those that its theme.toml does not name, besides the one that `make html` asks for."""
    named = tomllib.loads((PROJECT / "theme/theme.toml").read_text(encoding="utf-8"))["plugins"]
    site.post("first", modified="2026-01-02", authors="Ana, Bo")
    site.settings(f"PLUGINS = {['drytables', *named]}")
    site.built()

    assert page_of(site, "2026/01/first").text("h1") == ["First"]
    assert page_of(site, "tags/linux").text("h1") == ["Linux"]
