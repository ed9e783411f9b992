"""plugins/press/fault.py: where in an author's files something went wrong."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from press.fault import fault_of

PYTHON = [
    # A file of Python => what is shown of the place where running it fails.
    ("a = (", "--> a.py:1:5", "1 | a = (", "  |     ^"),
    ("def f():\n\tßß = 1 / 0\nf()", "--> a.py:2:7", "2 |     ßß = 1 / 0", "  |          ^^^^^"),
    ("import json\njson.loads('[')", "--> a.py:2:1", "2 | json.loads('[')", "  | ^^^^^^^^^^^^^^^"),
    ("x = (1 +\n'2')", "--> a.py:1", "1 | x = (1 +"),
    ("x = 1 / 0  # \x1b[31m" + "x" * 500, "--> a.py:1:5"),
    ("import nowhere  # \x1b[31m", "--> a.py:1:1", "1 | import nowhere  # �[31m", "  | ^^^^^^^^^^^^^^"),
]
TEMPLATES = [
    ("a\n{% if %}", "--> a.html:2", "2 | {% if %}"),
    ("a\n{{ nothing.at }}", "--> a.html:2", "2 | {{ nothing.at }}"),
    ("{{ 1|nothing }}", "--> a.html:1", "1 | {{ 1|nothing }}"),
    ("a\n{% include 'b.html' %}", "--> a.html:2", "2 | {% include 'b.html' %}"),
]


def _shown(error: BaseException) -> list[str]:
    fault = fault_of(error)
    assert fault is not None
    lines = [line.strip() if "-->" in line else line for line in fault.excerpt().splitlines()]
    return [line for line in lines if line.strip() != "|"]


@pytest.mark.parametrize(("text", "place", "rest"), [(text, place, rest) for text, place, *rest in PYTHON])
def test_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, rest: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(text, encoding="utf-8")

    with pytest.raises(Exception) as raised:
        exec(compile(text, str(tmp_path / "a.py"), "exec"), {})

    assert _shown(raised.value) == [place, *rest]


@pytest.mark.parametrize(("text", "place", "line"), TEMPLATES)
def test_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(text, encoding="utf-8")

    with pytest.raises(Exception) as raised:
        Environment(loader=FileSystemLoader(tmp_path)).get_template("a.html").render()

    assert _shown(raised.value) == [place, line]


def test_what_comes_from_no_file_of_the_author_has_no_place() -> None:
    assert fault_of(OSError("the disk is full")) is None
    assert fault_of(SyntaxError("of a text that was made")) is None
