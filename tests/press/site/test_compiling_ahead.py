"""plugins/press/site/compiling_ahead.py: templates are compiled meanwhile, and nothing is otherwise for it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import need
from jinja2 import DictLoader, Environment, FunctionLoader, TemplateSyntaxError
from press.site.compiling_ahead import compiling_ahead
from press.site.processes import processors
from press.site.templates import CompiledTemplates

TEMPLATES = {
    "base.html": "base {% block main %}{% endblock %}",
    "broken.html": "{% if %}",
    "page.html": "{% extends 'base.html' %}{% block main %}page{% endblock %}",
}


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment in which nothing is compiled yet, on a machine that can do two things at once."""
    need(processors() > 1 or None, "a second processor", "a machine with two")
    return Environment(loader=DictLoader(TEMPLATES), bytecode_cache=CompiledTemplates(tmp_path / "cache"))


def awaited(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def compiled(environment: Environment) -> int:
    """How many templates are kept."""
    assert isinstance(environment.bytecode_cache, CompiledTemplates)
    return len([*Path(environment.bytecode_cache.directory).glob("*.cache")])


def is_gone(process: int | None) -> bool:
    """Whether a process has ended, and was waited for."""
    assert process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_can_be_compiled_is_compiled_by_another_process(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with compiling_ahead(environment) as process:
        awaited(lambda: compiled(environment) == 2)
    assert is_gone(process)

    monkeypatch.setattr(Environment, "compile", None)
    assert environment.get_template("page.html").render() == "base page"


def test_a_fault_is_told_where_the_template_is_needed(environment: Environment) -> None:
    with compiling_ahead(environment):
        awaited(lambda: compiled(environment) == 2)

    with pytest.raises(TemplateSyntaxError):
        environment.get_template("broken.html")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_process_that_dies_is_done_without(environment: Environment, number: signal.Signals) -> None:
    with compiling_ahead(environment) as process:
        assert process
        os.kill(process, number)

    assert is_gone(process)
    assert environment.get_template("page.html").render() == "base page"


def test_its_parents_way_of_ending_is_not_its_own(environment: Environment, tmp_path: Path) -> None:
    """Also in the moment in which it begins: what the parent does on a signal would be done twice."""
    ended = tmp_path / "ended"
    before = signal.signal(signal.SIGTERM, lambda *_: ended.touch())
    is_on = [True]  # what is done in each copy at first stays for as long as the process runs
    os.register_at_fork(after_in_child=lambda: time.sleep(0.5) if is_on else None)
    try:
        with compiling_ahead(environment):
            pass
    finally:
        is_on.clear()
        signal.signal(signal.SIGTERM, before)

    assert not ended.exists()


def test_one_that_is_slow_is_not_waited_for(environment: Environment) -> None:
    """Nor is it left behind when the reading of posts is broken off."""
    loader = FunctionLoader(lambda _: time.sleep(60))
    loader.list_templates = lambda: [*TEMPLATES]  # type: ignore[method-assign]
    environment.loader = loader
    begun = time.monotonic()

    with pytest.raises(KeyboardInterrupt), compiling_ahead(environment) as process:
        raise KeyboardInterrupt

    assert is_gone(process)
    assert time.monotonic() - begun < 30


def test_nothing_is_started_where_templates_are_kept_or_none_can_be(environment: Environment) -> None:
    environment.get_template("page.html")
    with compiling_ahead(environment) as process:
        assert process is None
    with compiling_ahead(Environment(loader=DictLoader(TEMPLATES))) as process:
        assert process is None


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processes can be kept to one processor on Linux only")
def test_nothing_is_started_on_one_processor(environment: Environment) -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        with compiling_ahead(environment) as process:
            assert process is None
    finally:
        os.sched_setaffinity(0, before)
