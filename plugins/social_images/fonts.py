"""Which fonts can show a text on a card: those that come with the site, those that CARD_FONTS names, and the system's.

The letters of Source Serif, which every machine has that builds the site, are Latin, Greek and Cyrillic. For any other
script a font is looked for, in files and folders of the setting CARD_FONTS first, then where the system keeps its own.
A text without a suitable font is not drawn at all: a box for each letter helps nobody.
"""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from .images import OWN_FONTS

SYSTEM = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts",
    "/System/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
#: Which of the system's fonts are asked first, by their files' names: bold ones with serifs; no slanted or narrow ones.
_PREFERRED, _AVOIDED = ("bold", "serif", "noto"), ("italic", "oblique", "condensed", "narrow", "mono", "light", "thin")
#: How a font is named after the form of Chinese characters that a language writes.
_HAN = {"ja": "jp", "ko": "kr", "zh": "sc", "zh-hant": "tc", "zh-tw": "tc", "zh-hk": "hk"}
#: Right-to-left isolate, and its end: they keep the order of words and signs of a line that begins from the right.
ISOLATE = ("\u2067", "\u2069")


@dataclass(frozen=True)
class Font:
    """One font of a file: its family, and the width of each character that it has, as a fraction of its size."""

    file: str
    family: str
    widths: dict[str, float]


@dataclass(frozen=True)
class Choice:
    """What a text is drawn with: the fonts, the most suitable one first."""

    fonts: tuple[Font, ...]

    @property
    def family(self) -> str:
        """The family that the text is set in; the others stand in for it."""
        return self.fonts[0].family

    def width(self, text: str) -> float:
        """The width of a line of text, as a fraction of its size; ligatures and kerning make it a little less."""
        return sum(next((font.widths[sign] for font in self.fonts if sign in font.widths), 0.0) for sign in text)

    def has(self, text: str) -> bool:
        """Whether there is a letter for everything in a text that leaves ink."""
        return all(any(sign in font.widths for font in self.fonts) for sign in _inked(text))


def _inked(text: str) -> set[str]:
    """The characters of a text that are seen."""
    return {sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Mn", "Zs", "Zl", "Zp")}


@functools.cache
def fonts_in(file: str) -> tuple[Font, ...]:
    """The fonts in a file; none if it is damaged, or of bitmaps only that have no widths."""
    try:
        is_collection = file.endswith(("c", "C"))
        faces = TTCollection(file, lazy=True).fonts if is_collection else [TTFont(file, lazy=True)]
        return tuple(Font(file, face["name"].getBestFamilyName() or "", _widths(face)) for face in faces)
    except (TTLibError, OSError, KeyError, AssertionError, ValueError):
        return ()


def _widths(face: TTFont) -> dict[str, float]:
    em, metrics = face["head"].unitsPerEm, face["hmtx"].metrics
    return {chr(code): metrics[name][0] / em for code, name in face.getBestCmap().items() if name in metrics}


def files_below(places: Iterable[str]) -> Iterator[str]:
    """Yield the font files in some folders, sorted, and those that are named themselves."""
    for place in map(os.path.expanduser, places):
        if place.lower().endswith(_ENDINGS):
            yield place
        found = [str(file) for file in Path(place).rglob("*") if file.suffix.lower() in _ENDINGS]
        yield from sorted(found)


class Fonts:
    """The fonts of one machine and site. `places` are the files and folders of CARD_FONTS."""

    def __init__(self, places: Sequence[str] = (), system: Sequence[str] = SYSTEM) -> None:
        self.places, self.system = places, system

    def choose(self, text: str, language: str = "") -> Choice | None:
        """Return the fonts for a text, the same each time on one machine; None if some letter is in none of them."""
        own = Choice(fonts_in(OWN_FONTS[0]))
        if own.has(text):
            return own
        chosen, missing = [], {sign for sign in _inked(text) if not own.has(sign)}
        for file in self._files(text, language):
            for font in sorted(fonts_in(file), key=lambda font: not font.family.lower().endswith(_han(language))):
                if missing.intersection(font.widths):
                    missing -= font.widths.keys()
                    chosen.append(font)
            if not missing:
                # A font that has all letters sets the whole text; otherwise others stand in for Source Serif.
                is_whole = Choice((chosen[0],)).has(text)
                return Choice((chosen[0], *own.fonts) if is_whole else (*own.fonts, *chosen))
        return None

    def _files(self, text: str, language: str) -> list[str]:
        """All files, in the order in which they are asked."""
        scripts = {unicodedata.name(sign, "unnamed").split()[0].lower() for sign in _inked(text)}

        def rank(file: str) -> tuple[bool, bool, int, str]:
            name = Path(file).name.lower()
            is_named_after_script = any(script in name for script in scripts)
            liked = sum(word in name for word in _PREFERRED) - 2 * sum(word in name for word in _AVOIDED)
            is_of_language = re.search(rf"{_han(language)}\b|{_han(language)}[-_.]", name) is not None
            return not is_named_after_script, not is_of_language, -liked, file

        return [*files_below(self.places), *sorted(files_below(self.system), key=rank)]


def _han(language: str) -> str:
    """How fonts are named that have the Chinese characters of a language: the narrowest known tag decides."""
    parts = language.lower().replace("_", "-").split("-")
    tags = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((_HAN[tag] for tag in tags if tag in _HAN), "jp")


def without_pictures(text: str, fonts: Fonts, language: str) -> str:
    """Return a text without the pictures (emoji) that no font has; its words can be read without them."""
    kept = [
        sign for sign in text if unicodedata.category(sign) not in ("So", "Sk", "Cn") or fonts.choose(sign, language)
    ]
    if len(kept) == len(text):
        return text
    # What joined the pictures, and chose their form, goes with them.
    return " ".join("".join(kept).replace("\ufe0f", "").replace("\u200d", "").split())


def runs_from_right(text: str) -> bool:
    """Whether a text begins from the right: its first letter that has a direction decides."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"
