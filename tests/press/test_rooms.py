"""The press stands by itself, and its rooms import each other one way: others install it under another name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT

PLUGINS = PROJECT / "plugins"
PRESS = PLUGINS / "press"
#: What Pelican finds in its namespace, from where nothing of the press is near.
IN_THE_NAMESPACE = PRESS / "namespace"
MODULES = sorted(path for path in PRESS.rglob("*.py") if not path.is_relative_to(IN_THE_NAMESPACE))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file: how many folders it goes up, and the module it names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.level, f"{node.module or ''}.{alias.name}".strip(".")) for alias in node.names)


def imported_from_outside(path: Path) -> set[str]:
    """The packages that a file names in full."""
    return {name.partition(".")[0] for level, name in imports(path) if not level}


def imported_from_inside(path: Path) -> set[str]:
    """The modules of the press that a file imports, as paths below it."""
    folder = path.parent.relative_to(PRESS).parts
    return {"/".join((*folder[: len(folder) - level + 1], *name.split("."))) for level, name in imports(path) if level}


def where(path: Path) -> str:
    """The file, as a failing test names it."""
    return path.relative_to(PRESS).as_posix()


def test_it_names_itself_nowhere_and_nothing_of_this_site() -> None:
    ours = {path.stem for path in PLUGINS.iterdir()} | {"pelican_press"}
    named = {where(path): imported_from_outside(path) & ours for path in MODULES}

    assert {path: names for path, names in named.items() if names} == {}


@pytest.mark.parametrize(
    ("room", "others"),
    [
        ("site", ["serve", "build", "pelican_plugin", "output_folder", "exchange", "build_lock"]),
        ("serve", ["build", "pelican_plugin"]),
        ("serve/front", ["site", "reports", "serve/worker", "serve/scratch"]),
    ],
)
def test_rooms_import_one_way(room: str, others: list[str]) -> None:
    """`site` knows nothing of who asks; the front of the preview knows nothing of Pelican."""
    wrong = [
        (where(path), name)
        for path in MODULES
        if path.is_relative_to(PRESS / room)
        for name in imported_from_inside(path)
        if any(f"{name}/".startswith(f"{other}/") for other in others)
    ]

    assert wrong == []


def test_only_the_worker_brings_the_site_into_the_preview() -> None:
    """And nothing of the front imports Pelican, which takes longer to load than all else."""
    serve = [path for path in MODULES if path.is_relative_to(PRESS / "serve")]

    assert {where(path) for path in serve if any(n.startswith("site/") for n in imported_from_inside(path))} == {
        "serve/worker.py"
    }
    assert [where(path) for path in serve if "pelican" in imported_from_outside(path)] == []


def test_the_room_of_the_site_lists_its_files() -> None:
    """They are many, and most have one function: the list says which belong together."""
    listed = re.findall(r"\b(\w+\.py)\b", (PRESS / "site/__init__.py").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(path.name for path in (PRESS / "site").glob("[!_]*.py"))
