"""plugins/press/site/templates.py: compiled templates are kept, and what is rendered is what the templates are now."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from press.site.templates import CompiledTemplates, keep_compiled

FILES = {
    "theme/page.html": "{% extends 'base.html' %}{% import 'macros.html' as macros %}"
    "{% block main %}{{ macros.greet() }} {% include 'part.html' %}{% endblock %}",
    "theme/base.html": "base {% block main %}{% endblock %}",
    "theme/macros.html": "{% macro greet() %}hello{% endmacro %}",
    "theme/part.html": "part",
}


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return a folder with a theme in it, and none of the site's own templates."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    assert rendered(tmp_path) == "base hello part"
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    """Write a template."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def rendered(folder: Path) -> str:
    """What the page is in an environment of another process."""
    loader = FileSystemLoader([folder / "own", folder / "theme"])
    return (
        Environment(loader=loader, bytecode_cache=CompiledTemplates(folder / "cache"))
        .get_template("page.html")
        .render()
    )


EDITS = [
    # which template => its text, and the page then
    ("theme/base.html", "other {% block main %}{% endblock %}", "other hello part"),
    ("theme/macros.html", "{% macro greet() %}good day{% endmacro %}", "base good day part"),
    ("theme/part.html", "PART", "base hello PART"),
    ("own/part.html", "own", "base hello own"),
    ("own/base.html", "own {% block main %}{% endblock %}", "own hello part"),
]


@pytest.mark.parametrize(("name", "text", "page"), EDITS)
def test_a_template_that_changes(theme: Path, name: str, text: str, page: str) -> None:
    """Be it the parent, what is imported or included, or the site's own in place of the theme's; and taken back."""
    write(theme, name, text)
    assert rendered(theme) == page

    if name in FILES:
        write(theme, name, FILES[name])
    else:
        (theme / name).unlink()
    assert rendered(theme) == "base hello part"


def test_a_template_that_is_removed(theme: Path) -> None:
    (theme / "theme/part.html").unlink()

    with pytest.raises(TemplateNotFound):
        rendered(theme)


def test_nothing_is_compiled_twice(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in another environment of a process nor in another process."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it is compiled again")

    monkeypatch.setattr(Environment, "compile", fail)

    assert rendered(theme) == "base hello part"


@pytest.mark.parametrize("content", [b"", b"j2", b"of another version" * 20])
def test_what_is_damaged_is_compiled_again(theme: Path, content: bytes) -> None:
    for file in (theme / "cache").iterdir():
        file.write_bytes(content or file.read_bytes()[: file.stat().st_size // 2])

    assert rendered(theme) == rendered(theme) == "base hello part"


def test_what_is_damaged_and_can_be_run_is_compiled_again(theme: Path) -> None:
    """A bit that a disk got wrong may be in a word of the page, or in what Python does."""
    for file in (theme / "cache").iterdir():
        file.write_bytes(file.read_bytes().replace(b"hello", b"hellp"))

    assert rendered(theme) == "base hello part"


def test_without_a_place_nothing_is_kept(theme: Path) -> None:
    for file in (theme / "cache").iterdir():
        file.unlink()
    (theme / "cache").rmdir()
    (theme / "cache").write_text("mine")

    assert rendered(theme) == "base hello part"
    assert (theme / "cache").read_text() == "mine"


def test_a_cache_of_the_settings_own_is_left_alone(tmp_path: Path) -> None:
    settings = {"JINJA_ENVIRONMENT": {"bytecode_cache": None, "trim_blocks": True}}
    keep_compiled(settings, tmp_path)

    assert settings["JINJA_ENVIRONMENT"]["bytecode_cache"] is None
    assert settings["JINJA_ENVIRONMENT"]["trim_blocks"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a'|answer }}",
        "{{ ('a', 'b')|join|answer|string }}",
        "{% set word = 'a'|answer %}{{ word }}",
        "{% set word = 'a' %}{{ word|answer }}",
        "{% filter answer %}a{% endfilter %}",
        "{{ 'yes' if 'a' is welcome else 'no' }}",
    ],
)
def test_what_a_plugin_is_asked_is_asked_each_time(tmp_path: Path, text: str) -> None:
    """Also where Jinja does so while it compiles: a filter may read a file, or write one."""
    write(tmp_path, "theme/page.html", text)
    for answer in ("yes", "no", "yes"):
        environment = Environment(
            loader=FileSystemLoader(tmp_path / "theme"), bytecode_cache=CompiledTemplates(tmp_path / "cache")
        )
        environment.filters["answer"] = lambda _, answer=answer: answer
        environment.tests["welcome"] = lambda _, answer=answer: answer == "yes"

        assert environment.get_template("page.html").render() == answer
