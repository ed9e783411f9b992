"""The site's settings, for a preview: links are relative to the root of whatever server shows it.

publishconf.py takes all of these and puts the public address before every link.
"""

import os

AUTHOR = "Diego Woitasen"
SITENAME = "Diego Woitasen"
SITESUBTITLE = "Linux, its kernel and its networking. Every iptables command is checked."

# Where the site lives for good. Canonical links, share links and cards name it even in a preview.
CANONICAL_SITE = "https://www.woitasen.com.ar"
SITEURL = ""

PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
# What editors and systems leave beside a post: hidden files, such as the locks of Emacs and the `._post.md` of macOS,
# and copies. Pelican's own pattern fits none of them.
IGNORE_FILES = [".*", "*~", "#*#", "4913"]
# The page that shows every element of the theme is for those who change it: `make serve` asks for it, no host does.
if os.environ.get("STYLE_PAGE"):
    PAGE_PATHS.append("../theme/style-page")
THEME = "theme"
CACHE_PATH = ".cache"

PLUGIN_PATHS = ["plugins"]
PLUGINS = [
    "drytables",
    "proof",
    "headers",
    "site_settings",
    "theme_facts",
    "languages",
    "date_precision",
    "taxonomy",
    "post_series",
    "bare_addresses",
    "code_blocks",
    "common_lists",
    "hard_breaks",
    "leftovers",
    "addresses",
    "menu",
    "accessible_html",
    "typography",
    "first_words",
    "share_links",
    "heading_ids",
    "toc",
    "neighbours",
    "related_posts",
    "search",
    "reading_time",
    "social_images",
    "stylesheet",
    "plain_feeds",
    "hashed_names",
    "web_host",
    "precompression",
    "proofreader",
]

# With two posts, the links to older and newer ones are enough.
RELATED_POSTS = 0
# Nor do they need a search, which takes Pagefind: `SEARCH = True`.
SEARCH = False

# A preview has a page for each draft, and for each post whose date is still to come; publishconf.py leaves both out.
# Fields of headers that a theme or plugin of yours reads are named in KNOWN_FIELDS: then nobody takes them for a slip.
DRAFT_PAGES = True
PUBLISH_FUTURE = False
KNOWN_FIELDS = []

# The iptables commands in the posts. Left out, DRYTABLES_IPTABLES is what .drytables.toml says (CHECKING.md), else the
# newest release that drytables knows; a single fence can name an older one. DRYTABLES_FAIL = False publishes refused
# commands and only warns.
DRYTABLES_FAIL = True
# Each snippet says how it was checked, with a link to the page that explains it.
DRYTABLES_EXPLAINED_AT = "{filename}/pages/about.md#what-happens-to-a-command"

# Of the posts of 2012 only the month is known: they say `Date-precision: month`, and the day in `Date:` keeps their
# order. DATE_PRECISION would say so for all posts that name none.
TIMEZONE = "America/Argentina/Buenos_Aires"
# A post in another language says so: `Lang: es`. theme/README.md says where the words around it come from.
DEFAULT_LANG = "en"
LOCALE = ["C.UTF-8", "C"]
DEFAULT_DATE_FORMAT = "%-d %B %Y"

# The addresses of 2012: /2012/03/slug/, and every folder above a post is an archive page. A post in another language
# than the site's has the language in front: /es/2012/03/slug/.
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL = "{lang}/" + ARTICLE_URL
ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL + "index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
PAGE_LANG_URL = "{lang}/" + PAGE_URL
PAGE_LANG_SAVE_AS = PAGE_LANG_URL + "index.html"
DRAFT_URL = "drafts/{slug}/"
DRAFT_SAVE_AS = DRAFT_URL + "index.html"
DRAFT_LANG_URL = "drafts/{lang}/{slug}/"
DRAFT_LANG_SAVE_AS = DRAFT_LANG_URL + "index.html"
DRAFT_PAGE_URL = "drafts/pages/{slug}/"
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_URL + "index.html"
DRAFT_PAGE_LANG_URL = "drafts/pages/{lang}/{slug}/"
DRAFT_PAGE_LANG_SAVE_AS = DRAFT_PAGE_LANG_URL + "index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"
DIRECT_TEMPLATES = ["index", "archives", "tags", "categories", "authors", "404"]
PAGINATED_TEMPLATES = dict.fromkeys(("index", "tag", "category", "author", "series", "period_archives"), 20)
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

# One author, and tags instead of categories: pages for these would repeat the front page.
# They are there, with lists of all, as soon as these are set: `AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"`.
AUTHOR_URL = "authors/{slug}/"
CATEGORY_URL = "categories/{slug}/"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ""
# So are those of series: `SERIES_SAVE_AS = SERIES_URL + "index.html"`, and `SERIES_LIST_SAVE_AS = "series/index.html"`.
SERIES_URL = "series/{slug}/"
SERIES_SAVE_AS = SERIES_LIST_SAVE_AS = ""
USE_FOLDER_AS_CATEGORY = False

# A preview links within itself; its feed names the site's own address.
FEED_DOMAIN = CANONICAL_SITE
FEED_ALL_ATOM = "feeds/all.atom.xml"
# FEED_ALL_RSS = "feeds/all.rss.xml" adds one for programs that know nothing newer.
FEED_ALL_JSON = "feeds/all.json"
TAG_FEED_ATOM = "feeds/tags/{slug}.atom.xml"
# Whoever reads less often finds the rest in the archives; Pelican's 100 would be megabytes, once for each tag.
FEED_MAX_ITEMS = 15
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

MARKDOWN = {
    "extension_configs": {
        # Fences in lists and quotes are code too; Python-Markdown's own extension makes prose of them.
        "pymdownx.superfences": {},
        # `~~struck~~`; `H~2~O` stays as it is.
        "pymdownx.tilde": {"subscript": False},
        # `> [!NOTE]` makes a box, `> [!note]-` one that is folded, and two quotes with a blank line between stay two.
        "pymdownx.quotes": {"callouts": True},
        "markdown.extensions.tables": {},
        "markdown.extensions.def_list": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.abbr": {},
        # `{width="96" height="96"}` behind an image keeps its place free while it loads.
        "markdown.extensions.attr_list": {},
        "markdown.extensions.md_in_html": {},
        "markdown.extensions.admonition": {},
        # `/// caption` under an image or a table makes a figure of the two.
        "pymdownx.blocks.caption": {},
        "markdown.extensions.toc": {"permalink": False},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
}

# Typography. plugins/typography/ says what it does, and keeps it off the options of commands.
# `amp` stays out: its pattern takes exponential time on some HTML. So does `caps`: it sets "IP" smaller than "IPs".
TYPOGRIFY = True
TYPOGRIFY_OMIT_FILTERS = ["amp", "caps"]
