"""The cards of a site: what each says, and its file.

A post whose title no font can show (fonts.py) gets the site's card.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from languages.direction import isolated
from press.progress import shown
from press.site.processes import spread
from xml_characters import fit_for_xml

from .colours import colours
from .fonts import ISOLATE, Choice, Fonts, runs_from_right, without_pictures
from .images import OWN_FONTS, png
from .in_pages import SITE_CARD, card, with_cards
from .lines import LEADING, set_in_lines

CARD_SIZE = (1200, 630)
TITLE_SIZES, TITLE_BOX = (84, 72, 60, 50), (1020, 320)
#: A process takes about as long to start as to draw this many cards.
_WORTH_A_PROCESS = 3


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
        return [*dict.fromkeys(font.file for font in fonts if font.file not in OWN_FONTS)]


class Cards:
    """The cards of one site. `generator` is Pelican's, of articles."""

    def __init__(self, generator: Any) -> None:
        self.generator, self.settings = generator, generator.settings
        self.output = Path(generator.output_path)
        self.cache = Path(self.settings["CACHE_PATH"]) / "drawings"
        self.template = generator.env.get_template("card.svg")
        self.colours = colours(Path(self.settings["THEME"]))
        self.fonts = Fonts(tuple(map(str, self.settings.get("CARD_FONTS") or ())))

    def write_all(self) -> None:
        """Draw the site's card and one for each post, on all processors."""
        name, language = self.settings["SITENAME"], self.settings["DEFAULT_LANG"]
        sites = self.first_that_can_be_shown(
            [(name, self.settings["SITESUBTITLE"]), ("", self.settings["SITESUBTITLE"]), ("", name), ("", "")], language
        )
        assert sites is not None, "nothing can always be shown"
        cards = [(SITE_CARD, sites)]
        for each in with_cards(self.generator):
            when = isolated(each.locale_date, each.lang, within="en")  # the line runs from the left
            titles = [(f"{name}, {when}", each.raw_title), ("", each.raw_title)]
            cards.append((card(each), self.first_that_can_be_shown(titles, each.lang) or sites))
        for _ in shown("Drawing cards:", spread(self._write_some, cards, _WORTH_A_PROCESS), len(cards)):
            pass

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
        svg = self.template.render(
            above=words.above,
            lines=lines,
            family=words.title_fonts.family,
            is_from_right=is_from_right,
            size=size,
            leading=LEADING,
            colours=self.colours,
            **self.settings,
        )
        file = self.output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(svg, CARD_SIZE, self.cache, words.files))
