"""Pelican's own settings, but for the addresses, which are those of all sites that are measured."""

AUTHOR = "Diego Woitasen"
SITENAME = "Notes on networks"
SITEURL = ""
PATH = "content"
THEME = "simple"
# By default it loads every plugin that is installed, and ours may be.
PLUGINS: list[str] = []
TIMEZONE = "UTC"
FEED_DOMAIN = "https://www.example.org"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None

ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"
DIRECT_TEMPLATES = ["index", "archives", "tags"]
# A tag has one page, whatever the number of its posts.
PAGINATED_TEMPLATES = {"index": 20, "tag": 100_000}
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""

MARKDOWN = {
    "extension_configs": {
        "pymdownx.superfences": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.tables": {},
        "markdown.extensions.def_list": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.abbr": {},
        "markdown.extensions.attr_list": {},
        "markdown.extensions.md_in_html": {},
        "markdown.extensions.admonition": {},
        "pymdownx.blocks.caption": {},
        "markdown.extensions.toc": {"permalink": False},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
}
