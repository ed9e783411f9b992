"""plugins/drytables/reading/pattern.py: expressions that are compiled when they are used."""

import ast
import copy
import dataclasses
import importlib
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from drytables.reading.pattern import pattern
from test_house import MODULES, PACKAGE, name_of, where

#: In whose modules expressions are of bytes, and are held against each text there is.
OF_BYTES = {"reading/relevance.py"}

PLUGINS = PACKAGE.parent


def compiled_when_imported(path: Path) -> Iterator[str]:
    """The expressions that a module compiles as soon as it is imported."""
    inner = (ast.FunctionDef, ast.Lambda)
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            yield f"{where(path)}:{node.lineno}"
        waiting += [each for each in ast.iter_child_nodes(node) if not isinstance(each, inner)]


def in_module(value: object, seen: set[int]) -> Iterator[type]:
    """What `pattern` made, wherever it stands in what a module holds."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from in_module(each, seen)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from in_module([getattr(value, each.name) for each in dataclasses.fields(value)], seen)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from in_module(each, seen)


def test_no_module_compiles_an_expression_as_it_is_imported() -> None:
    found = {where(path): [*compiled_when_imported(path)] for path in MODULES if where(path) not in OF_BYTES}

    assert {path: lines for path, lines in found.items() if lines} == {}


def test_each_expression_can_be_compiled() -> None:
    """As it is not when its module is imported, a slip would not show until a text needs it."""
    seen: set[int] = set()
    names = [".".join((PACKAGE.name, *name_of(path))) for path in MODULES if path.stem[:2] != "__"]
    others = [each for each in PLUGINS.rglob("*.py") if "drytables.reading.pattern import" in each.read_text("utf-8")]
    names += [".".join(each.relative_to(PLUGINS).with_suffix("").parts) for each in others]
    made = [each for name in names for each in in_module(vars(importlib.import_module(name)), seen)]

    assert len(others) >= 5
    assert len(made) > 350
    assert all(isinstance(re.compile(each.pattern, each.flags), re.Pattern) for each in made)


def test_it_is_compiled_once_and_does_what_a_compiled_expression_does(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    really = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given[0]) or really(*given))
    digits = pattern(r"(?P<digits>\d+)x", re.IGNORECASE)

    assert compiled == []
    assert [digits.search(text) is not None for text in ("12X", "x", "3x")] == [True, False, True]
    assert compiled == [r"(?P<digits>\d+)x"]
    assert digits.sub("-", "1x 2x") == "- -"
    assert digits.groupindex == {"digits": 1}


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_it_can_be_copied(copied: type) -> None:
    assert copied(pattern("a")).search("a")


def test_one_that_is_wrong_is_told_when_it_is_used() -> None:
    with pytest.raises(re.error):
        pattern("(").search("")
