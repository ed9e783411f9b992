"""The plugins of the site beside drytables: they import one way, and each file is as short as in its house."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from conftest import PROJECT
from test_house import LONGEST_FILE, LONGEST_FUNCTION, imports, nodes_of

PLUGINS = PROJECT / "plugins"
FILES = sorted(path for path in PLUGINS.rglob("*.py") if not path.is_relative_to(PLUGINS / "drytables"))
#: What is installed or started by itself, and so has no other plugin beside it.
ALONE = ("drytables", "environment", "press")


def where(path: Path) -> str:
    """The file, as a failing test names it."""
    return path.relative_to(PLUGINS).as_posix()


def module_of(path: Path) -> tuple[str, ...]:
    """The dotted name of a file's module, as a tuple."""
    parts = path.relative_to(PLUGINS).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


#: Every module, drytables' too.
MODULES = {module_of(path): path for path in PLUGINS.rglob("*.py")}


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of all plugins that a file imports."""
    folder = path.relative_to(PLUGINS).parent.parts
    for node in imports(path):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
            continue
        base = folder[: len(folder) - node.level + 1] if node.level else ()
        module = (*base, *(node.module or "").split(".")) if node.module else base
        names = ((*module, alias.name) for alias in node.names)
        yield from (name if name in MODULES else module for name in names)


def test_no_two_plugins_import_each_other() -> None:
    graph: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        others = {name[0] for name in imported(path) if name[:1] in MODULES or name in MODULES}
        graph.setdefault(module[0], set()).update(others - {module[0]})

    assert graph["proofreader"] >= {"drytables", "press"}
    assert list(TopologicalSorter(graph).static_order())  # a circle is named by the CycleError that it raises
    assert {name: graph[name] for name in ALONE} == {name: set() for name in ALONE}


def test_no_two_modules_import_each_other() -> None:
    graph = {module_of(path): {name for name in imported(path) if name in MODULES} for path in FILES}
    graph = {module: {name for name in names if name != module} for module, names in graph.items()}

    assert list(TopologicalSorter(graph).static_order())


def test_what_makes_the_environment_needs_nothing_but_python() -> None:
    own = [path for path in FILES if module_of(path)[0] == "environment"]
    named = {name[0] for path in own for name in imported(path)} - {"environment"}

    assert own
    assert named <= sys.stdlib_module_names


def test_a_file_holds_one_idea_and_opens_with_a_sentence_about_itself() -> None:
    lengths = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    long = [
        f"{where(path)}: {node.name}"
        for path in FILES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno and node.end_lineno - node.lineno > LONGEST_FUNCTION
    ]
    modules = [(where(path), node) for path in FILES for node in nodes_of(path) if isinstance(node, ast.Module)]

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}
    assert long == []
    assert [path for path, module in modules if (ast.get_docstring(module, clean=False) or " ")[0] in " \n"] == []
