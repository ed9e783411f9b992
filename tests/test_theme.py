"""theme/: small enough to read, and free of anything a strict host would refuse."""

import gzip
import re
from pathlib import Path

import pytest
from conftest import PROJECT

TEMPLATES = sorted((PROJECT / "theme/templates").glob("*.html"))
STYLE = PROJECT / "theme/static/style.css"


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.name for template in TEMPLATES])
def test_template_is_short(template: Path) -> None:
    """A template is at most 60 lines."""
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 60


def test_stylesheet_is_small() -> None:
    """One stylesheet, of at most 6 KB as it is sent, in four chapters."""
    style = STYLE.read_text(encoding="utf-8")

    assert list((PROJECT / "theme").rglob("*.css")) == [STYLE]
    assert len(gzip.compress(style.encode(), 9)) <= 6_000
    assert re.findall(r"^/\* -+ \d\. (\w+)", style, re.MULTILINE) == ["Colours", "Elements", "Layout", "Snippets"]


def test_stylesheet_loads_nothing() -> None:
    """No font, image or other stylesheet is fetched."""
    assert not re.search(r"url\(|@import|@font-face", STYLE.read_text(encoding="utf-8"))


def test_colours_are_named_once() -> None:
    """Outside the chapter of colours there are none, save the black and white of print."""
    rest = STYLE.read_text(encoding="utf-8").split("2. Elements", 1)[1].split("@media print", 1)[0]

    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rest)
