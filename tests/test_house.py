"""The house of drytables stands as its plan says: imports point one way, and only the top floor touches the world."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "plugins" / "drytables"

#: From the ground up. A module imports from floors below, and from modules of its own floor that do not import it.
FLOORS = ("diagnostics", "reading", "grammar", "judging", "telling", "report", "showing", "plugin")
ENTRANCES = {"__init__": "plugin", "__main__": "plugin", "cli": "plugin", "commands": "plugin", "sources": "plugin"}

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 420, 45


def name_of(path: Path) -> tuple[str, ...]:
    """The dotted name within the package, as a tuple; a package's own file has the package's name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def floor_of(name: tuple[str, ...]) -> int:
    """How high a module stands."""
    return FLOORS.index(ENTRANCES.get(name[0], name[0]))


def imports(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import of a file, but for those that only type checkers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in unseen:
            yield node


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of this package that a file imports."""
    own = path.relative_to(PACKAGE).with_suffix("").parts
    for node in imports(path):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = own[: len(own) - node.level]
        module = (*base, *(node.module.split(".") if node.module else ()))
        for alias in node.names:
            deeper = (*module, alias.name)
            is_module = PACKAGE.joinpath(*deeper).with_suffix(".py").is_file() or PACKAGE.joinpath(*deeper).is_dir()
            yield deeper if is_module else module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_floor_and_below(path: Path) -> None:
    here = floor_of(name_of(path))

    above = [".".join(name) for name in imported(path) if name and floor_of(name) > here]

    assert above == []


def test_no_two_modules_import_each_other() -> None:
    graph = {name_of(path): {name for name in imported(path) if name != name_of(path)} for path in MODULES}

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_plugin_imports_pelican(path: Path) -> None:
    names = {alias.name for node in imports(path) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in imports(path) if isinstance(node, ast.ImportFrom) and not node.level}

    users = {name.split(".")[0] for name in names} & {"pelican"}

    assert not users or path.name == "plugin.py"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if floor_of(name_of(path)) < FLOORS.index("plugin")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_below_the_top_floor_nothing_prints_exits_or_reads_a_file(path: Path) -> None:
    forbidden = {
        "print",
        "open",
        "input",
        "exit",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "system",
        "Popen",
    }
    calls = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }

    assert calls & forbidden == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_holds_one_idea(path: Path) -> None:
    """A long file is two ideas, and a long function is two functions; tables of data may be long."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = [
        f"{node.name}: {node.end_lineno - node.lineno} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > LONGEST_FUNCTION
    ]

    assert long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_opens_with_a_sentence_about_itself(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring and docstring[0] not in " \n"


#: What may look at a setting's value whatever it is: those that make one, that print it, and that tell of a hole.
READ_RAW = {"grammar/rule.py", "grammar/saving.py", "grammar/nat_ranges.py"}


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if name_of(path)[0] == "grammar"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_checks_ask_for_a_value_and_do_not_take_it(path: Path) -> None:
    """`Setting.known` and `Setting.facts` note that they were asked: on that, commands of one shape are judged once."""
    taken = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "value"
        if ast.unparse(node.value).endswith(("setting", "]"))
    ]

    assert taken == [] or str(path.relative_to(PACKAGE)) in READ_RAW
