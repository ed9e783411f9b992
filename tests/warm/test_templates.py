"""Templates are translated once, and again as soon as the same text would become something else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, TemplateSyntaxError

from warm.templates import keep_translations

TEXT = "{% if 'x' is known %}{{ 'a'|shout }}{% endif %}\n{{ 'b'|upper }}, {{ word }}"


def environment(answer: str = "A!", **options: Any) -> Environment:
    """Jinja with a filter and a test of our own."""
    made = Environment(**options)
    made.filters["shout"] = lambda text: answer
    made.tests["known"] = lambda text: True
    return made


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Keep translations from now on; returns the names of templates that were translated."""
    names: list[str | None] = []
    usual: Callable[..., str] = Environment._generate

    def note(environment: Environment, nodes: Any, name: str | None, *more: Any, **named: Any) -> str:
        names.append(name)
        return usual(environment, nodes, name, *more, **named)

    monkeypatch.setattr(Environment, "_generate", note)
    monkeypatch.setattr(Environment, "compile", Environment.compile)
    keep_translations(tmp_path)
    return names


def test_it_is_translated_once(translated: list[str | None]) -> None:
    shown = [environment().from_string(TEXT).render(word="c") for _ in range(3)]

    assert shown == ["A!\nB, c"] * 3
    assert len(translated) == 1


def test_what_a_filter_answers_now_is_shown(translated: list[str | None]) -> None:
    answers = ["A!", "A?", "A!"]

    assert [environment(each).from_string(TEXT).render(word="c")[:2] for each in answers] == answers


@pytest.mark.parametrize("options", [{"trim_blocks": True}, {"autoescape": True}, {"variable_start_string": "[["}])
def test_each_choice_of_options_has_its_own(translated: list[str | None], options: dict[str, Any]) -> None:
    environment().from_string(TEXT)

    environment(**options).from_string(TEXT)

    assert len(translated) == 2


def test_a_mistake_is_told_each_time(translated: list[str | None]) -> None:
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError, match="No filter named 'loud'"):
            environment().from_string("{{ word|loud }}")
