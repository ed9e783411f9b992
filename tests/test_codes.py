"""Every diagnostic code is documented by a bad and a good line, and both are judged."""

import ast
from pathlib import Path

import pytest
from drive import report_of
from drytables.diagnostics.codes import CODES, Code
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.grammar.releases import NEWEST, Release
from drytables.judging.verdict import judge
from drytables.reading.line import read_line

PACKAGE = Path(__file__).parent.parent / "plugins" / "drytables"


def found_in(code: Code, text: str) -> list[str]:
    """The codes that judging a text finds."""
    if code.on == "page":
        return [each.code for each in report_of(text).all_diagnostics()]
    command = read_line(Source("-", text))
    if isinstance(command, Diagnostic):
        return [command.code]
    return [each.code for each in judge(command, Release(code.release or NEWEST)).diagnostics]


RUNNABLE = [code for code in CODES.values() if code.on not in ("site", "length")]


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code.name)
def test_the_bad_line_has_just_this_fault(code: Code) -> None:
    assert set(found_in(code, code.bad)) == {code.name}


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code.name)
def test_the_good_line_has_none(code: Code) -> None:
    assert found_in(code, code.good) == []


def codes_in_the_source() -> set[str]:
    """The first arguments of every Diagnostic, Fault and refusal in the package, as far as they are written out."""
    makers = {"Diagnostic", "Fault", "refuse"}
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
            if name in makers or any(word.arg == "code" for word in node.keywords):
                found |= {
                    each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return {code for code in found if "-" in code or code in CODES}


def test_every_code_that_is_used_is_documented() -> None:
    undocumented = {code for code in codes_in_the_source() if " " not in code} - set(CODES)

    assert not undocumented


def test_a_code_says_what_and_why_in_sentences() -> None:
    for code in CODES.values():
        for sentence in (code.sentence, code.why):
            assert sentence.endswith("."), f"{code.name}: {sentence}"
