"""plugins/press/site/fingerprint.py: it changes with all that reading depends on, and with nothing else."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from press.site import fingerprint as module
from press.site.fingerprint import fingerprint


class WithoutWords:
    """An object whose representation is another in each process."""


@pytest.fixture(autouse=True)
def without_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the folder of the tests for no plugin: it is large."""
    monkeypatch.delitem(sys.modules, "tests", raising=False)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a package that is loaded, with data beside it, and of a module."""
    (tmp_path / "carousel/words").mkdir(parents=True)
    for name in ("carousel/__init__.py", "carousel/wheel.py", "carousel/words/en.json", "alone.py"):
        (tmp_path / name).write_text("1")
    package, alone = types.ModuleType("carousel"), types.ModuleType("alone")
    package.__file__, package.__path__ = str(tmp_path / "carousel/__init__.py"), [str(tmp_path / "carousel")]
    alone.__file__ = str(tmp_path / "alone.py")
    monkeypatch.setitem(sys.modules, "carousel", package)
    monkeypatch.setitem(sys.modules, "alone", alone)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


SETTINGS: dict[str, Any] = {
    "SITENAME": "A", "PLUGINS": ["a", "b"], "MARKDOWN": {"extension_configs": {"toc": {"depth": 2}}},
    "IGNORE": {"x", "y"}, "SUBSTITUTIONS": [(re.compile("a"), "b")], "OUTPUT_PATH": "output", "OBJECT": WithoutWords(),
}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"SITENAME": "B"},
        {"PLUGINS": ["b", "a"]},
        {"PLUGINS": ("a", "c")},
        {"MARKDOWN": {"extension_configs": {"toc": {"depth": 3}}}},
        {"MARKDOWN": {"extension_configs": {"toc": {"depth": "2"}}}},
        {"IGNORE": {"x"}},
        {"SUBSTITUTIONS": [(re.compile("a", re.IGNORECASE), "b")]},
        {"SUBSTITUTIONS": [(re.compile("c"), "b")]},
        {"OBJECT": Path()},
        {"ANOTHER": None},
        {"FILTERS": {"own": lambda text: text}},
    ],
)
def test_it_changes_with_the_settings(changes: dict[str, Any]) -> None:
    assert fingerprint(SETTINGS | changes) != fingerprint(SETTINGS)


@pytest.mark.parametrize(
    "changes",
    [
        {"OUTPUT_PATH": "/elsewhere"},
        {"CACHE_PATH": "/elsewhere"},
        {"OBJECT": WithoutWords()},
        {"IGNORE": {"y", "x"}},
        {"SUBSTITUTIONS": [(re.compile("a"), "b")]},
    ],
)
def test_it_stays_when_the_site_is_the_same(changes: dict[str, Any]) -> None:
    assert fingerprint(SETTINGS | changes) == fingerprint(SETTINGS)


def test_settings_that_contain_themselves() -> None:
    settings: dict[str, Any] = {"LIST": []}
    settings["LIST"].append(settings["LIST"])

    assert fingerprint(settings) == fingerprint(settings)


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "carousel/wheel.py").write_text("2"),
    lambda folder: (folder / "carousel/words/en.json").write_text("2"),
    lambda folder: (folder / "carousel/words/es.json").write_text(""),
    lambda folder: (folder / "carousel/wheel.py").unlink(),
    lambda folder: (folder / "alone.py").write_text("2"),
    lambda folder: (folder / "other-1.0.dist-info").mkdir(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_it_changes_with_a_plugin_and_a_package(plugin: Path, change: Callable[[Path], object]) -> None:
    """With its code, the data beside it, and what is installed."""
    before = fingerprint(SETTINGS)

    change(plugin)

    assert fingerprint(SETTINGS) != before


def test_it_stays_when_a_plugin_is_compiled(plugin: Path) -> None:
    before = fingerprint(SETTINGS)
    (plugin / "carousel/__pycache__").mkdir()
    for name in ("__pycache__/wheel.pyc", "__pycache__/wheel.pyc.1234", "wheel.pyc"):
        (plugin / "carousel" / name).touch()
    (plugin / "unused.py").touch()

    assert fingerprint(SETTINGS) == before


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        (sys, "version", "4.0"),
        (module, "_FORM", 0),
        (module, "packages", lambda: ["pelican-1.0.dist-info"]),
        (module, "locale_and_zone", lambda: ("C", "Asia/Tokyo")),
    ],
)
def test_it_changes_with_python_packages_and_place(
    where: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(SETTINGS)

    monkeypatch.setattr(where, name, value)

    assert fingerprint(SETTINGS) != before


def test_it_changes_with_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(SETTINGS)

    monkeypatch.setenv("TZ", "Asia/Tokyo")

    assert fingerprint(SETTINGS) != before


def test_what_was_installed_with_a_version_is_not_looked_into() -> None:
    assert not [path for path in module.code_files() if "site-packages" in path]
