"""Images that other programs ask for, drawn from the theme's own SVG when the site is built: a Pelican plugin.

- Every post has a card beside its page, which is shown when somebody shares the post; drafts and other pages use the
  site's card. The Jinja filter `card` says where a post's is. It is drawn from `theme/templates/card.svg`, with the
  colours of the stylesheet, and only for the site that the pages name: those of a preview name the cards of the public
  site.
- The icon in the sizes that phones need, `favicon.ico`, and the web manifest that lists them.

Pages themselves load none of these: their icon is in the page, as the Jinja variable ICON.

What is drawn is the theme's: `static/icon.svg`, `templates/card.svg` and the colours in `static/style.css`. A theme
without the first two gets no images, and a warning that says so; one without the colours has those of its SVG.

A title in a script for which there is no font (card_fonts.py) gets the site's card.

An image is redrawn only if its SVG has changed: it is cached in CACHE_PATH under the digest of the SVG.
"""

import functools
import hashlib
import json
import logging
import os
import re
import struct
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import resvg_py
from card_fonts import ISOLATE, OWN, Choice, Fonts, digest, runs_from_right, without_pictures
from card_lines import LEADING, set_in_lines
from languages.direction import direction, isolated
from languages.tags import written_form
from pelican import signals
from pelican.generators import ArticlesGenerator
from press.progress import shown
from press.site.processes import spread
from proofreader.further_addresses import further_addresses
from xml_characters import fit_for_xml

#: The card of the site, below its root, and the name of a post's in its folder.
SITE_CARD = _CARD = "card.png"
log = logging.getLogger(__name__)

#: What the theme must have for icons, and for cards.
ICON, CARD = "static/icon.svg", "templates/card.svg"
#: A process takes about as long to start as to draw this many cards.
_WORTH_A_PROCESS = 3
CARD_SIZE = (1200, 630)
TITLE_SIZES, TITLE_BOX = (84, 72, 60, 50), (1020, 320)
ICON_SIZES = (192, 512)
TOUCH_ICON_SIZE, FAVICON_SIZE = 180, 32

_COLOUR = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>#[0-9a-f]{3,6});")


def colours(stylesheet: Path) -> dict[str, str]:
    """Return the colours of the light scheme by name: the first that the stylesheet sets for each."""
    values: dict[str, str] = {}
    for colour in _COLOUR.finditer(stylesheet.read_text(encoding="utf-8") if stylesheet.is_file() else ""):
        values.setdefault(colour["name"], colour["value"])
    return values


@functools.cache
def drawn_with() -> str:
    """Return the versions of what an image depends on besides its SVG."""
    return f"{version('resvg-py')} {version('font-source-serif-pro')}"


def png(svg: str, size: tuple[int, int], cache: Path, fonts: Sequence[str] = ()) -> bytes:
    """Return an SVG as a PNG of a size in pixels, from the cache if it was drawn before.

    `fonts` are files of fonts besides Source Serif. Those of the system are not looked at: which it has would show.
    """
    known = " ".join([drawn_with(), str(size), *map(digest, fonts)])
    kept = cache / (hashlib.sha256(f"{known}\n{svg}".encode()).hexdigest() + ".png")
    if kept.is_file():
        return kept.read_bytes()
    image = resvg_py.svg_to_bytes(
        svg_string=svg, width=size[0], height=size[1], font_files=[*OWN, *fonts], skip_system_fonts=True
    )
    cache.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(image)
    fresh.replace(kept)
    return bytes(image)


def ico(image: bytes, size: int) -> bytes:
    """Return a PNG wrapped in an .ico file, as browsers have read since 2009 (one entry, 32 bits per pixel)."""
    directory = struct.pack("<HHH", 0, 1, 1)
    return directory + struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), len(directory) + 16) + image


def card(post: Any) -> str:
    """Return where the card of a post is, below the root of the site: `card.png` beside the post's index.html, and
    `name.card.png` beside any other name.html.
    """
    folder, slash, page = post.save_as.rpartition("/")
    name = _CARD if page == "index.html" else f"{page.removesuffix('.html')}.{_CARD}"
    return f"{folder}{slash}{name}"


def with_cards(generator: Any) -> Iterator[Any]:
    """Yield the posts that have a card of their own: the published and the hidden ones, in all languages."""
    lists = (generator.articles, generator.translations, generator.hidden_articles, generator.hidden_translations)
    return (post for post in chain(*lists) if card(post) != SITE_CARD)


def names_of_cards(generators: Sequence[Any]) -> list[str]:
    """Return the files of all cards, to which links may lead; in a preview they are named, and not drawn."""
    return [
        SITE_CARD,
        *(card(post) for each in generators if isinstance(each, ArticlesGenerator) for post in with_cards(each)),
    ]


class Words(NamedTuple):
    """What stands on a card, and the fonts for both."""

    above: str
    title: str
    above_fonts: Choice
    title_fonts: Choice

    @property
    def files(self) -> list[str]:
        """The files of the fonts besides the site's own."""
        fonts = (*self.title_fonts.fonts, *self.above_fonts.fonts)
        return [*dict.fromkeys(font.file for font in fonts if font.file not in OWN)]


class Drawings:
    """The drawings of one site, and where they are written."""

    def __init__(self, generator: Any) -> None:
        self.generator, self.env = generator, generator.env
        self.settings = generator.settings
        self.output = Path(generator.output_path)
        self.cache = Path(self.settings["CACHE_PATH"]) / "drawings"
        self.theme = Path(self.settings["THEME"])
        self.colours = colours(self.theme / "static/style.css")
        self.fonts = Fonts(tuple(map(str, self.settings.get("CARD_FONTS") or ())))
        self.place_of_icons = self.settings["THEME_STATIC_DIR"]

    def write_all(self) -> None:
        """Write every image that the theme has a drawing of, and the manifest; warn of those that it has not."""
        missing = [name for name in (ICON, CARD) if not (self.theme / name).is_file()]
        if missing:
            log.warning(
                "social_images: the theme %s has no %s, so there are no %s. "
                'Add what is missing, or remove "social_images" from PLUGINS',
                self.theme.name,
                " and no ".join(missing),
                " and no ".join({ICON: "icons", CARD: "cards"}[name] for name in missing),
            )
        if CARD not in missing and self.settings["SITEURL"] == self.settings["CANONICAL_SITE"]:
            self.write_cards()
        if ICON not in missing:
            self.write_icons((self.theme / ICON).read_text(encoding="utf-8"))

    def write_icons(self, icon: str) -> None:
        """Write the icon, an SVG, in all sizes, and the manifest."""
        for size in ICON_SIZES:
            self.write(f"{self.place_of_icons}/icon-{size}.png", png(icon, (size, size), self.cache))
        self.write("apple-touch-icon.png", png(icon, (TOUCH_ICON_SIZE, TOUCH_ICON_SIZE), self.cache))
        self.write("favicon.ico", ico(png(icon, (FAVICON_SIZE, FAVICON_SIZE), self.cache), FAVICON_SIZE))
        self.write("site.webmanifest", json.dumps(self.manifest(), ensure_ascii=False, indent=2).encode())

    def write_cards(self) -> None:
        """Draw the site's card and one for each post, on all processors."""
        name, language = self.settings["SITENAME"], self.settings["DEFAULT_LANG"]
        sites = self.first_that_can_be_shown(
            [(name, self.settings["SITESUBTITLE"]), ("", self.settings["SITESUBTITLE"]), ("", name), ("", "")], language
        )
        assert sites is not None, "nothing can always be shown"
        cards = [(SITE_CARD, sites)]
        for each in self.posts():
            when = isolated(each.locale_date, each.lang, within="en")  # the line runs from the left
            titles = [(f"{name}, {when}", each.raw_title), ("", each.raw_title)]
            cards.append((card(each), self.first_that_can_be_shown(titles, each.lang) or sites))
        for _ in shown("Drawing cards:", spread(self._write_some, cards, _WORTH_A_PROCESS), len(cards)):
            pass

    def posts(self) -> Iterator[Any]:
        """The posts that have a card of their own."""
        return with_cards(self.generator)

    def first_that_can_be_shown(self, texts: Sequence[tuple[str, str]], language: str) -> Words | None:
        """Return the first of some pairs, the line above and the title, for which there are letters; None if none is.

        A title of nothing but pictures that no font has is none.
        """
        for above, title in texts:
            words = [without_pictures(fit_for_xml(text), self.fonts, language) for text in (above, title)]
            choices = [self.fonts.choose(text, language) for text in words]
            if all(choices) and bool(words[1]) == bool(title):
                return Words(words[0], words[1], *choices)  # type: ignore[arg-type]
        return None

    def _write_some(self, cards: Sequence[tuple[str, Words]]) -> None:
        for name, words in cards:
            self.write_card(name, words)

    def write_card(self, name: str, words: Words) -> None:
        """Draw one card into a file of the site."""
        size, lines = set_in_lines(words.title, TITLE_SIZES, *TITLE_BOX, words.title_fonts.width)
        is_from_right = runs_from_right(words.title)
        if is_from_right:
            lines = [f"{ISOLATE[0]}{line}{ISOLATE[1]}" for line in lines]
        svg = self.env.get_template("card.svg").render(
            above=words.above,
            lines=lines,
            family=words.title_fonts.family,
            is_from_right=is_from_right,
            size=size,
            leading=LEADING,
            colours=self.colours,
            **self.settings,
        )
        self.write(name, png(svg, CARD_SIZE, self.cache, words.files))

    def manifest(self) -> dict[str, Any]:
        """Return the web manifest: what a phone needs to put the site on its home screen."""
        icons = [
            {"src": f"{self.place_of_icons}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICON_SIZES
        ]
        paper = self.colours.get("paper", "#ffffff")
        return {
            "name": self.settings["SITENAME"], "short_name": self.settings["SITENAME"].split()[0], "start_url": ".",
            "lang": written_form(self.settings["DEFAULT_LANG"]), "dir": direction(self.settings["DEFAULT_LANG"]),
            "display": "minimal-ui", **dict.fromkeys(("background_color", "theme_color"), paper),
            "icons": [{"src": f"{self.place_of_icons}/icon.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
        }  # fmt: skip

    def write(self, name: str, content: bytes) -> None:
        """Write one file below the output."""
        file = self.output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def add_filter(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    generator.env.filters["card"] = card


def give_icon(generator: Any) -> None:
    """Give the templates the icon, if the theme has one, as an address that contains all of it."""
    file = Path(generator.settings["THEME"], ICON)
    if not file.is_file():
        return
    icon = file.read_text(encoding="utf-8")
    one_line = re.sub(r">\s+<", "><", icon.strip()).replace('"', "'")
    generator.env.globals["ICON"] = "data:image/svg+xml," + quote(one_line, safe="='/:,.-()")


def write_drawings(generator: Any, writer: Any) -> None:
    """Draw everything once the articles are written."""
    Drawings(generator).write_all()


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.generator_init.connect(add_filter)
    signals.generator_init.connect(give_icon)
    signals.article_writer_finalized.connect(write_drawings)
    further_addresses.connect(names_of_cards)
