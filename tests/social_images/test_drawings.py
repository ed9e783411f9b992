"""plugins/social_images/: cards that hold any title, icons that programs can read, and nothing drawn twice."""

import json
import os
import struct
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, Site
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from site_pages import HOME, LOAD_BALANCE, page_of
from social_images.cards import CARD_SIZE
from social_images.colours import colours
from social_images.icons import write_icons
from social_images.images import ico, png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="{}"/></svg>'


def size_of(image: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG's header names."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    across, down = struct.unpack(">II", image[16:24])
    return across, down


@pytest.mark.starts_programs
def test_each_post_has_its_card(tmp_path: Path) -> None:
    """It stands beside the post in the size that is announced, and the other pages name the site's."""
    published = Site(tmp_path).with_content()
    published.built("publishconf.py")
    post, front = page_of(published, LOAD_BALANCE), page_of(published, "")

    for page, card in ((post, f"{LOAD_BALANCE}/card.png"), (front, "card.png")):
        named = published.output / str(page.meta("og:image")).removeprefix(f"{HOME}/")
        assert named.read_bytes() == (published.output / card).read_bytes()
    assert (post.meta("og:image:width"), post.meta("og:image:height")) == tuple(map(str, CARD_SIZE))
    for folder in (LOAD_BALANCE, "."):
        assert size_of((published.output / folder / "card.png").read_bytes()) == CARD_SIZE


def test_a_preview_names_the_cards_of_the_public_site(whole_site: Site) -> None:
    """So it need not draw its own."""
    assert page_of(whole_site, LOAD_BALANCE).meta("og:image") == f"{HOME}/{LOAD_BALANCE}/card.png"
    assert not list(whole_site.output.rglob("card.png"))


def test_hostile_titles_are_drawn(site: Site) -> None:
    """Markup is drawn as text."""
    site.post("one", title='</text><script>alert(1)</script> & "quotes" ]]> <!-- 🙂')

    assert size_of((site.built("publishconf.py") / "2026/01/one/card.png").read_bytes()) == CARD_SIZE


def test_the_manifest_names_icons_that_are_there(whole_site: Site) -> None:
    manifest = json.loads((whole_site.output / "site.webmanifest").read_text(encoding="utf-8"))
    for icon in manifest["icons"]:
        file = whole_site.output / icon["src"]
        if icon["type"] == "image/png":
            assert "x".join(map(str, size_of(file.read_bytes()))) == icon["sizes"]
        else:
            assert file.is_file()
    assert (whole_site.output / "apple-touch-icon.png").is_file()
    assert page_of(whole_site, "about").all("link", rel="manifest") == [
        {"rel": "manifest", "href": "/site.webmanifest"}
    ]


def test_an_icon_of_the_author_that_the_output_links_to_stays_as_it_is(tmp_path: Path) -> None:
    """With STATIC_CREATE_LINKS an earlier run of the `pelican` command has put the file itself there."""
    own, output = tmp_path / "favicon.ico", tmp_path / "output"
    own.write_bytes(b"own")
    output.mkdir()
    os.link(own, output / "favicon.ico")
    settings = {"THEME_STATIC_DIR": "theme", "CACHE_PATH": tmp_path, "SITENAME": "Blog", "DEFAULT_LANG": "en"}

    write_icons({**settings, "THEME": PROJECT / "theme"}, output)

    assert own.read_bytes() == b"own" != (output / "favicon.ico").read_bytes()


def test_a_drawing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same SVG is drawn once; another SVG or another size is another drawing."""
    first = png(SVG.format("red"), (8, 8), tmp_path)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "resvg_py", None)

        assert png(SVG.format("red"), (8, 8), tmp_path) == first
    assert png(SVG.format("red"), (16, 16), tmp_path) != first
    assert png(SVG.format("blue"), (8, 8), tmp_path) != first
    assert len([*tmp_path.iterdir()]) == 3


@pytest.mark.parametrize("damage", ["another", "cut short", "a wrong bit", "a folder"])
def test_a_drawing_that_is_damaged_is_drawn_again(tmp_path: Path, damage: str) -> None:
    first, other = (png(SVG.format(colour), (8, 8), tmp_path / colour) for colour in ("red", "blue"))
    (kept,), (another,) = ([*(tmp_path / colour).iterdir()] for colour in ("red", "blue"))
    content = kept.read_bytes()
    match damage:
        case "another":
            another.replace(kept)
        case "cut short":
            kept.write_bytes(content[:-1])
        case "a wrong bit":
            kept.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
        case _:
            kept.unlink()
            kept.mkdir()

    assert png(SVG.format("red"), (8, 8), tmp_path / "red") == first != other


def test_favicon(whole_site: Site) -> None:
    """An .ico that holds one PNG, at the place that its directory says."""
    icon = (whole_site.output / "favicon.ico").read_bytes()
    length, offset = struct.unpack("<II", icon[14:22])

    assert size_of(icon[offset:]) == (32, 32)
    assert len(icon) == offset + length
    assert ico(icon[offset:], 32) == icon


def test_colours_are_those_of_the_light_scheme() -> None:
    found = colours(PROJECT / "theme")

    assert found["paper"] > "#f" and found["ink"] < "#3"


#: Letters of Mende Kikakui, which runs from right to left, and which hardly any system has a font for.
KIKAKUI = "\U0001e800\U0001e801 \U0001e802"


def a_font(file: Path, letters: str) -> Path:
    """Write a font in which each of some letters is a black square, and return its file."""
    names = [f"letter{number}" for number, _ in enumerate(letters)]
    pen = TTGlyphPen(None)
    for at in ((0, 0), (0, 700), (700, 700), (700, 0)):
        (pen.moveTo if at == (0, 0) else pen.lineTo)(at)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names, strict=True)})
    builder.setupGlyf(dict.fromkeys([".notdef", *names], square))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names], (800, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Bold"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)
    return file


@pytest.mark.starts_programs
def test_a_title_is_drawn_if_there_is_a_font_for_it(tmp_path: Path) -> None:
    """Without one the post has the site's card; a picture that no font has is left out of the title."""
    site = Site(tmp_path)
    titles = {
        "odd": KIKAKUI,
        "cyrillic": "Сети Linux",
        "mixed": f"Linux {KIKAKUI}",
        "picture": "Out now \U0001faea",
        "plain": "Out now",
    }
    for name, title in titles.items():
        site.post(name, title=title)

    def cards() -> dict[str, bytes]:
        output = site.built("publishconf.py")
        return {name: (output / f"2026/01/{name}/card.png").read_bytes() for name in titles}

    before = cards()
    of_site = (site.output / "card.png").read_bytes()
    assert {name for name, image in before.items() if image == of_site} == {"odd", "mixed"}
    assert before["picture"] == before["plain"]

    a_font(site.folder / "squares.ttf", KIKAKUI.replace(" ", ""))
    site.settings('CARD_FONTS = ["squares.ttf"]')
    after = cards()
    assert [name for name in titles if after[name] != before[name]] == ["odd", "mixed"]
    assert of_site not in after.values()
