"""theme/: small enough to read, and free of anything a strict host would refuse."""

import gzip
import re
from pathlib import Path

import drytables
import pytest
from conftest import PROJECT, Site
from stylesheet import assembled

TEMPLATES = sorted((PROJECT / "theme/templates").glob("*.html"))
STYLE = PROJECT / "theme/static/style.css"
SNIPPETS = Path(drytables.STYLESHEET)


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.name for template in TEMPLATES])
def test_template_is_short(template: Path) -> None:
    """A template is at most 60 lines."""
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 60


#: A measure or side that stays left or right where the text runs the other way.
_FIXED_SIDE = re.compile(
    r"(?:^|[;{ ])(?:(?:margin|padding|border)-(?:left|right)|left|right|(?:float|text-align): *(?:left|right)"
    r"|(?:margin|padding): *(?P<top>[^;\s]+) (?P<right>[^;\s]+) [^;\s]+ (?!(?P=right)[;}\s])[^;\s]+)(?=[:; }])"
)


def test_the_stylesheet_turns_round_with_the_text() -> None:
    """Sides are those of the text, but for the columns whose side a writer names, and in code, in the last chapter."""
    text, _, _ = STYLE.read_text(encoding="utf-8").partition("/* ---- 4. Code")
    rules = [line for line in text.splitlines() if _FIXED_SIDE.search(line)]

    assert [line.partition(" ")[0] for line in rules] == [".align-right"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a  >  b {\n  color : red;\n  margin: 0 auto;\n}\n\np { }", "a>b{color :red;margin:0 auto}p{}"),
        ("a :hover, b { content: \"a  > b; c: d\" / ''; }", "a :hover,b{content:\"a  > b; c: d\" / ''}"),
        ("/* a; */ a { width: calc(1px + 2 * var(--b)); }", "a{width:calc(1px + 2 * var(--b))}"),
        ("@media (width: 2rem) and (hover: none) { a { b: c } }", "@media (width:2rem) and (hover:none){a{b:c}}"),
    ],
)
def test_what_a_browser_does_not_need_is_not_sent(written: str, sent: str, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static/style.css").write_text(written, encoding="utf-8")

    assert assembled(tmp_path).startswith(sent)


def test_stylesheet_is_small() -> None:
    """One stylesheet, of at most 6 KB as it is sent; the theme's part is in four chapters."""
    style = STYLE.read_text(encoding="utf-8")

    assert list((PROJECT / "theme").rglob("*.css")) == [STYLE]
    assert len(gzip.compress(assembled(PROJECT / "theme").encode(), 9)) <= 6_000
    assert re.findall(r"^/\* -+ \d\. (\w+)", style, re.MULTILINE) == ["Colours", "Elements", "Layout", "Code"]


def test_stylesheet_is_put_together(whole_site: Site) -> None:
    """What is sent is the theme's rules, and after them all those of the figures."""
    sent = (whole_site.output / "theme/style.css").read_text(encoding="utf-8")

    assert [file.name for file in whole_site.output.rglob("*.css")] == ["style.css"]
    assert sent == assembled(PROJECT / "theme")
    assert "/*" not in sent
    assert sent.index("body{") < sent.index(":where(.snippet){") < sent.index(".snippet-apart dl{")


def test_stylesheet_loads_nothing() -> None:
    """No font, image or other stylesheet is fetched."""
    assert not re.search(r"url\(|@import|@font-face", assembled(PROJECT / "theme"))


def test_a_line_below_words_is_drawn_by_webkit() -> None:
    """Which leaves out a `text-decoration` that says more than where the line is."""
    sheets = STYLE.read_text(encoding="utf-8") + SNIPPETS.read_text(encoding="utf-8")
    found = re.findall(r"text-decoration:([^;}]+)", sheets)

    assert len(found) > 5
    assert {each.strip() for each in found} == {"none", "underline"}


def test_colours_are_named_once() -> None:
    """Outside the chapter of colours there are none, save the black and white of print; nor in the figures' sheet below
    its defaults.
    """
    rest = STYLE.read_text(encoding="utf-8").split("2. Elements", 1)[1].split("@media print", 1)[0]
    figures = SNIPPETS.read_text(encoding="utf-8").split("\n}\n", 1)[1]

    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rest + figures)


def test_a_colour_has_one_role() -> None:
    """What colours code colours nothing else, and a drawing's tracks have colours of their own."""
    code = STYLE.read_text(encoding="utf-8").split("2. Elements", 1)[1]
    users = re.findall(r"^(.*?)\{.*var\(--code-", code, re.MULTILINE)

    assert users and all(rule.startswith(".highlight ") for rule in users)
    assert not re.search(r"var\(--track-", code)
