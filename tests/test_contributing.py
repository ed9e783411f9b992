"""CONTRIBUTING.md: its paths lead somewhere, its commands exist, and its recipes work as they are written."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from commands.run import ENVIRONMENT
from conftest import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = {
    title: text for title, _, text in (part.partition("\n") for part in TEXT.split("\n## ")) if title.startswith("Add ")
}
#: What a recipe writes: the path in the first line of a block, and what follows it there.
BLOCK = re.compile(r"^ *```\w+\n *# (?P<path>[\w/]+\.\w+)(?P<where>.*)\n(?P<text>(?:.*\n)*?) *```$", re.MULTILINE)


def test_paths_lead_somewhere() -> None:
    made = {found["path"] for found in BLOCK.finditer(TEXT)}
    paths = set(re.findall(r"`([\w.]+/[\w./-]+|[A-Z]+\.md)`", TEXT)) - {"/style/"}

    assert len(paths) > 20
    assert [path for path in paths if path not in made and not (PROJECT / path).exists()] == []


def test_it_says_where_each_plugin_belongs() -> None:
    plugins = {path.name for path in (PROJECT / "plugins").iterdir() if not path.name.startswith(("_", "."))}

    assert {*re.findall(r"`plugins/(\w+(?:\.py)?)`", TEXT)} == plugins


def test_commands_are_those_of_make() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")

    assert {*re.findall(r"`make ([\w-]+)`", TEXT)} <= {*re.findall(r"^([\w-]+):", makefile, re.MULTILINE)}


def follow(recipe: str, folder: Path) -> set[str]:
    """Do in a copy of the project what a recipe says; returns the paths of the files that it changes."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules", "golden")
    for name in ("plugins", "tests", "theme"):
        shutil.copytree(PROJECT / name, folder / name, ignore=ignore)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for found in BLOCK.finditer(RECIPES[recipe]):
        file, text = folder / found["path"], dedent(found["text"])
        place = re.fullmatch(r", before `(.*)`", found["where"])
        if place:
            old = file.read_text(encoding="utf-8")
            assert old.count(f"    {place[1]}\n") == 1
            file.write_text(old.replace(place[1], f"{text.strip()}\n    {place[1]}"), encoding="utf-8")
        elif found["where"]:
            assert found["where"] == ", at the end"
            file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{text}", encoding="utf-8")
        else:
            assert not file.exists()
            file.write_text(text, encoding="utf-8")
    return {found["path"] for found in BLOCK.finditer(RECIPES[recipe])}


def run(folder: Path, *arguments: str) -> str:
    """What pytest or another module says in a copy of the project, when it is content."""
    command = [sys.executable, "-m", *arguments]
    environment = ENVIRONMENT | {"PYTHONPATH": str(folder / "plugins")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.starts_programs
def test_a_match_is_added(tmp_path: Path) -> None:
    changed = follow("Add a match", tmp_path)

    assert len(changed) == 4
    tests = ("tests/grammar/test_extensions.py", "tests/meaning/test_sentences.py", "tests/model/matches")
    assert "3 passed" in run(tmp_path, "pytest", *tests, "-k", "parity")
    run(tmp_path, "ruff", "check", *changed - {path for path in changed if path.endswith(".txt")})


@pytest.mark.starts_programs
def test_a_diagnostic_is_added(tmp_path: Path) -> None:
    changed = follow("Add a diagnostic", tmp_path)
    check = tmp_path / "plugins/drytables/judging/iptables.py"
    names = "from ..diagnostics.codes.command import (\n"
    text = check.read_text(encoding="utf-8")
    assert names in text
    check.write_text(text.replace(names, f"{names}    UNLUCKY_RULE,\n"), encoding="utf-8")

    assert len(changed) == 3
    run(tmp_path, "pytest", "tests/diagnostics/test_codes.py")
    assert "1 passed" in run(tmp_path, "pytest", "tests/grammar/test_extensions.py", "-k", "unlucky")
    assert "A rule's number is 13." in run(tmp_path, "drytables", "codes", "unlucky-rule")


@pytest.mark.starts_programs
def test_an_element_is_added(tmp_path: Path) -> None:
    follow("Add an element to the page", tmp_path)
    figure = tmp_path / "plugins/drytables/formats/html/figure.py"
    text = figure.read_text(encoding="utf-8")
    assert "        apart,\n" in text
    text = text.replace("        apart,\n", "        apart,\n        count(snippet),\n")
    figure.write_text(text.replace("from .pictures", "from .count import count\nfrom .pictures"), encoding="utf-8")
    tests = (sys.executable, "-m", "pytest", "tests/formats/html/test_snippet_classes.py", "-k", "each_class")
    unlisted = subprocess.run(tests, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    sheet = tmp_path / "plugins/drytables/formats/html/snippets.css"
    rule = ".snippet-count { font-style: italic; }\n"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("   .snippet-how ", "   .snippet-count       how many\n   .snippet-how ") + rule)

    assert unlisted.returncode == 1
    assert "snippet-count" in unlisted.stdout
    run(tmp_path, *tests[2:])
