"""plugins/social_images.py: cards that hold any title, icons that programs can read, and nothing drawn twice."""

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import font_source_serif_pro
import pytest
from conftest import PROJECT, Site
from site_pages import HOME, LOAD_BALANCE, page_of
from social_images import CARD_SIZE, LEADING, TITLE_BOX, TITLE_SIZES, colours, ico, png, set_in_lines, width

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="{}"/></svg>'


def size_of(image: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG's header names."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    across, down = struct.unpack(">II", image[16:24])
    return across, down


@pytest.mark.parametrize(
    "title",
    ["", "A", "Load balance between source IPs in Linux", "word " * 60, "W" * 300, "网" * 90, "🙂" * 80, "a-b " * 40],
)
def test_a_title_fits_its_card(title: str) -> None:
    size, lines = set_in_lines(title, TITLE_SIZES, *TITLE_BOX)

    assert all(width(line) * size <= TITLE_BOX[0] * 1.05 for line in lines)
    assert len(lines) * size * LEADING <= TITLE_BOX[1]
    assert "".join(lines).replace(" ", "").removesuffix("…") in title.replace(" ", "")


@pytest.mark.starts_programs
def test_the_letters_are_found_in_any_folder(tmp_path: Path) -> None:
    """Also below one with brackets in its name."""
    folder = tmp_path / "[br]"
    shutil.copytree(Path(font_source_serif_pro.__file__).parent, folder / "font_source_serif_pro")
    program = "import social_images; print(*social_images.FONTS, sep=chr(10))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(PROJECT / "plugins")])}
    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    fonts = [Path(line) for line in found.stdout.splitlines()]
    assert len(fonts) == 2
    assert all(font.is_relative_to(folder) and font.is_file() for font in fonts)


@pytest.mark.starts_programs
def test_each_post_has_its_card(tmp_path: Path) -> None:
    """It stands beside the post in the size that is announced, and the other pages name the site's."""
    published = Site(tmp_path).with_content()
    published.built("publishconf.py")
    post, front = page_of(published, LOAD_BALANCE), page_of(published, "")

    assert post.meta("og:image") == f"{HOME}/{LOAD_BALANCE}/card.png"
    assert front.meta("og:image") == f"{HOME}/card.png"
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


def test_a_drawing_is_kept(tmp_path: Path) -> None:
    """The same SVG is drawn once; another SVG or another size is another drawing."""
    first = png(SVG.format("red"), (8, 8), tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"from the cache")

    assert png(SVG.format("red"), (8, 8), tmp_path) == b"from the cache"
    assert png(SVG.format("red"), (16, 16), tmp_path) != first
    assert png(SVG.format("blue"), (8, 8), tmp_path) != first
    assert len([*tmp_path.iterdir()]) == 3


def test_favicon(whole_site: Site) -> None:
    """An .ico that holds one PNG, at the place that its directory says."""
    icon = (whole_site.output / "favicon.ico").read_bytes()
    length, offset = struct.unpack("<II", icon[14:22])

    assert size_of(icon[offset:]) == (32, 32)
    assert len(icon) == offset + length
    assert ico(icon[offset:], 32) == icon


def test_colours_are_those_of_the_light_scheme() -> None:
    found = colours(PROJECT / "theme/static/style.css")

    assert found["paper"] > "#f" and found["ink"] < "#3"
