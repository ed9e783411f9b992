"""plugins/social_images/fonts.py: a font is found for each text that some font has all letters of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import font_source_serif_pro
import pytest
from conftest import PROJECT
from social_images.fonts import Fonts, files_below, fonts_in, runs_from_right, without_pictures

NO_OTHERS = Fonts(system=())


@pytest.mark.parametrize("text", ["", "Linux", "Ядро Linux", "Πυρήνας", "Straße, Ähre, œuvre – “x”…", "A\u00a0b\u200d"])
def test_source_serif_has_what_most_of_europe_writes(text: str) -> None:
    choice = NO_OTHERS.choose(text)

    assert choice is not None
    assert choice.family == "Source Serif Pro"


@pytest.mark.parametrize("text", ["井戸", "नमस्ते", "مرحبا", "Linux 🎉"])
def test_without_a_font_there_is_no_choice(text: str) -> None:
    assert NO_OTHERS.choose(text) is None


def test_pictures_are_left_out() -> None:
    assert without_pictures("🎉 Out now 👩\u200d💻", NO_OTHERS, "en") == "Out now"
    assert without_pictures("Out © now", NO_OTHERS, "en") == "Out © now"


def test_a_damaged_file_is_no_font(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    (tmp_path / "empty.ttc").write_bytes(b"")

    assert [fonts_in(file) for file in files_below([str(tmp_path), "/nowhere"])] == [(), ()]


@pytest.mark.parametrize(
    ("text", "is_so"), [("Linux", False), ("3 עמודים", True), ("Linux עברית", False), ("2026", False)]
)
def test_the_first_letter_says_where_a_text_begins(text: str, is_so: bool) -> None:
    assert runs_from_right(text) is is_so


@pytest.mark.starts_programs
def test_the_letters_are_found_in_any_folder(tmp_path: Path) -> None:
    """Also below one with brackets in its name."""
    folder = tmp_path / "[br]"
    shutil.copytree(Path(font_source_serif_pro.__file__).parent, folder / "font_source_serif_pro")
    program = "from social_images.images import OWN_FONTS; print(*OWN_FONTS, sep=chr(10))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(PROJECT / "plugins")])}
    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    fonts = [Path(line) for line in found.stdout.splitlines()]
    assert len(fonts) == 2
    assert all(font.is_relative_to(folder) and font.is_file() for font in fonts)
