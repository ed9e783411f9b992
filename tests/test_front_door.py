"""`from drytables import check`: all names of the library are there, typed, documented, and loaded when asked for."""

import ast
import doctest
import importlib
import inspect
import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import drytables
import pytest
from commands.run import ENVIRONMENT, PLUGINS
from conftest import PROJECT, need

#: What is public and no name of the library: it is for Pelican, and for the settings of a site.
FOR_PELICAN = {"STYLESHEET", "TEXT_FACTS", "register"}

#: Somebody's program, in which every name and every attribute of the package's docstring has a type that mypy knows.
USER = """\
from drytables import (
    Checked,
    Diagnostic,
    Part,
    Release,
    Report,
    Snippet,
    Source,
    Span,
    Verdict,
    check,
    explain,
    judge,
)


def read(path: str, text: str) -> list[str]:
    source = Source(path, text)
    report: Report = check(source, newest=Release("1.8.11"), dialect="commonmark")
    told = [f"{report.source.path}: {report.is_refused}"]
    for snippet in report.snippets:
        told += from_snippet(snippet)
    for checked in report.commands():
        told += from_command(checked)
    return told + [place(found, source) for found in report.all_diagnostics()]


def from_snippet(snippet: Snippet) -> list[str]:
    version = snippet.release.version if snippet.release is not None else "the newest"
    found = [each.code for each in snippet.diagnostics]
    corrected = [] if snippet.correction is None else [str(checked.refusal) for checked in snippet.correction.commands]
    return [version, snippet.repaired or "", *found, *corrected, *(checked.status for checked in snippet.commands)]


def from_command(checked: Checked) -> list[str]:
    since = str(checked.refused_since) if checked.refused_since is not None else ""
    today = checked.today.status if checked.today is not None else ""
    found = [each.code for each in checked.diagnostics]
    return [since, today, *found, *map(str, checked.needs), *said(checked.verdict)]


def said(verdict: Verdict) -> list[str]:
    first = verdict.refusal.message if verdict.refusal is not None else ""
    is_old = verdict.release < Release("1.4.11")
    found = [each.severity for each in verdict.diagnostics]
    return [verdict.status, verdict.misreading, first, str(is_old), *found, *map(str, verdict.needs), *verdict.holes]


def place(found: Diagnostic, source: Source) -> str:
    line, column = source.position(found.span.start)
    says = found.quote.words if found.quote is not None else ""
    below = [says, found.help, *found.notes, *(cause.text for cause in found.causes)]
    edits = [(edit.span.start, edit.span.end, edit.replacement) for edit in found.edits]
    where = f"{source.path}:{line}:{column} of {len(source.text)}: {source.slice(found.span)}"
    return f"{where} {found.code}: {found.message} {found.label.text} {below} {edits}"


def taken_apart(line: str) -> tuple[str, list[Span]]:
    try:
        parts: list[Part] = explain(line, Release("1.4.10"))
        verdict = judge(line)
    except ValueError as error:
        return str(error), []
    words = [part.words if part.is_detail else part.sentence for part in parts]
    return verdict.status + "".join(words), [part.span for part in parts]
"""


def python(program: str) -> str:
    """What a program prints, run by itself; none of the tests' modules is loaded there."""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def loaded_by(statement: str) -> set[str]:
    """The modules of drytables, and dataclasses, that are loaded once a statement has run."""
    program = f"import sys, json; {statement}; print(json.dumps([*sys.modules]))"
    return {name for name in json.loads(python(program)) if re.match(r"drytables|dataclasses$", name)}


@pytest.mark.parametrize("name", drytables.__all__)
def test_every_name_is_there_with_words_about_it(name: str) -> None:
    found = getattr(drytables, name)

    assert inspect.getdoc(found)
    assert found.__name__ == name
    assert name in dir(drytables)
    assert re.search(rf"\b{name}\b", drytables.__doc__ or ""), "the package's docstring names them all"


def test_every_attribute_that_is_promised_is_there() -> None:
    help_text = re.sub(r"\n {16}", " ", drytables.__doc__ or "")
    promised = re.findall(r"^    ([A-Z]\w+) +(.*)", help_text, re.MULTILINE)
    attributes = {(name, each) for name, words in promised for each in re.findall(r"`([a-z_]+)(?:\(\w*\))?`", words)}
    used = {node.attr for node in ast.walk(ast.parse(USER)) if isinstance(node, ast.Attribute)}

    assert {(name, each) for name, each in attributes if not hasattr(getattr(drytables, name), each)} == set()
    assert {each for _, each in attributes} <= used, "the user's file above is held against mypy"
    assert len(attributes) > 30


def test_nothing_else_is_public() -> None:
    for name in drytables.__all__:
        getattr(drytables, name)
    public = {name for name, value in vars(drytables).items() if name[0] != "_" and not isinstance(value, ModuleType)}

    assert public - {"TYPE_CHECKING"} == {*drytables.__all__} | FOR_PELICAN
    assert {name for name in dir(drytables) if name[0] != "_"} == {*drytables.__all__} | FOR_PELICAN


def test_every_name_comes_from_where_a_type_checker_sees_it() -> None:
    tree = ast.parse(Path(drytables.__file__ or "").read_text(encoding="utf-8"))
    (seen,) = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    modules = {
        alias.name: f"drytables.{node.module}"
        for node in seen.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert modules == {name: getattr(drytables, name).__module__ for name in drytables.__all__}


@pytest.mark.starts_programs
def test_the_package_alone_loads_none_of_its_modules() -> None:
    assert loaded_by("import drytables; dir(drytables); hasattr(drytables, 'nonsense')") == {"drytables"}


@pytest.mark.starts_programs
def test_a_name_loads_what_it_needs_and_not_the_rest() -> None:
    source = loaded_by("from drytables import Source")

    assert source == {"drytables", "drytables.diagnostics", "drytables.diagnostics.source"}
    assert not {"drytables.page.check", "drytables.pelican_plugin.signals", "drytables.cli"} & loaded_by(
        "from drytables import judge"
    )
    assert not {"drytables.pelican_plugin.signals", "drytables.cli"} & loaded_by("from drytables import *")


def test_a_name_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(ImportError, match="cannot import name 'nonsense' from 'drytables'"):
        exec("from drytables import nonsense", {})
    with pytest.raises(AttributeError, match=r"module 'drytables' has no attribute 'nonsense'; it has Checked, .*"):
        _ = drytables.nonsense  # type: ignore[attr-defined]


@pytest.mark.starts_programs
def test_a_users_strict_file_has_types_throughout(tmp_path: Path) -> None:
    """Not even an expression is of the type Any; and a name that is not there is found."""
    need(find_spec("mypy"), "mypy", "make test")
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    (tmp_path / "other.py").write_text("from drytables import nonsense\n", encoding="utf-8")
    # Installed, the package would be no business of the user's mypy either: errors in it are not shown.
    options = ("--strict", "--disallow-any-expr", "--follow-imports=silent", "--no-pretty", "--config-file=")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "user.py", "other.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT | {"MYPYPATH": str(PLUGINS)},
        timeout=300,
    )

    assert [line for line in checked.stdout.splitlines() if not line.startswith("other.py")] == [
        "Found 1 error in 1 file (checked 2 source files)"
    ]
    assert 'error: Module "drytables" has no attribute "nonsense"' in checked.stdout


def test_the_users_file_uses_all_of_the_names_and_runs() -> None:
    used = {node.id for node in ast.walk(ast.parse(USER)) if isinstance(node, ast.Name)}
    line = "iptables -A INPUT -m statistic --mode nth --every 3"
    names: dict[str, object] = {}
    exec(USER, names)
    read, taken_apart = names["read"], names["taken_apart"]
    assert callable(read) and callable(taken_apart)

    assert used >= {*drytables.__all__}
    told = read("post.md", f'```{{.sh iptables="1.4.10"}}\n{line}\n```\n')
    assert told[:6] == ["post.md: False", "1.4.10", f"{line} --packet 0\n", "None", "accepted", "1.4.11"]
    assert taken_apart("iptables -A INPUT -j DROP")[0].startswith("acceptedadd a rule at the end of the INPUT chain")
    assert taken_apart("sudo -l") == ("`sudo` is neither iptables nor ip6tables", [])


@pytest.mark.parametrize("name", ["check", "explain", "judge"])
def test_the_example_in_a_docstring_is_true(name: str) -> None:
    module = importlib.import_module(getattr(drytables, name).__module__)
    (test,) = (each for each in doctest.DocTestFinder().find(getattr(drytables, name), name, module) if each.examples)

    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize("ask", [drytables.judge, drytables.explain])
@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "the line has no command"),
        ("nft list ruleset", "`nft` is neither iptables nor ip6tables"),
        ('iptables -A INPUT -m comment --comment "', "this double quote is never closed"),
    ],
)
def test_a_line_that_is_no_command_raises_what_is_wrong_with_it(ask: object, line: str, why: str) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        ask(line)


def test_a_line_is_judged_as_the_release_that_is_named() -> None:
    line = "iptables -A INPUT -m statistic --mode nth --every 3"

    assert drytables.judge(line).status == "refused"
    assert drytables.judge(line, drytables.Release("1.4.10")).status == "accepted"


@pytest.mark.starts_programs
def test_the_example_prints_what_is_shown() -> None:
    page = (PROJECT / "CHECKING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    shown = [found.removeprefix("# ") for found in re.findall(r"# .*", example)]

    assert python(example).splitlines() == shown
    assert len(example.splitlines()) <= 12
