"""plugins/drytables/README.md: its floors are those of the house, its paths lead somewhere, and its session is true."""

import doctest
import importlib
import re

from conftest import PROJECT
from test_house import FLOORS, PACKAGE

README = (PACKAGE / "README.md").read_text(encoding="utf-8")


def beginnings() -> dict[str, object]:
    """What the table of floors says to begin with, by name."""
    named = re.findall(r"`(\w+)` in `([\w/]+)\.py`", README)
    modules = {name: importlib.import_module(f"drytables.{path.replace('/', '.')}") for name, path in named}
    return {name: getattr(module, name) for name, module in modules.items()}


def test_the_floors_are_those_of_the_house() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)) == FLOORS
    assert beginnings()


def test_paths_stand_in_the_table_of_floors_alone() -> None:
    below = README[README.index("## One command’s life") :]

    assert re.findall(r"`(\S+\.py)`", below) == ["tests/commands/test_start.py"]
    assert (PROJECT / "tests/commands/test_start.py").is_file()


def test_the_life_of_a_command_is_as_shown() -> None:
    session = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", README, re.DOTALL | re.MULTILINE))
    names = beginnings()
    names["Site"] = vars(importlib.import_module(names["figure"].__module__))["Site"]
    test = doctest.DocTestParser().get_doctest(session, names, "README", "README.md", 0)

    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(test, out=said.append).failed == 0, "".join(said)
    assert len(test.examples) > 15


def test_its_example_is_the_first_posts_command() -> None:
    post = (PROJECT / "content/posts/load-balance-between-source-ips-in-linux.md").read_text(encoding="utf-8")
    (line,) = re.findall(r'^>>> line = "(.*)"$', README, re.MULTILINE)

    assert line.split() in [each.split() for each in post.splitlines()]
