"""Every diagnostic code is documented by a bad and a good line, and both are judged."""

import pickle
import re
from importlib import import_module
from pathlib import Path

import pytest
from drive import report_of
from drytables.diagnostics.code import Code
from drytables.diagnostics.codes.every import CODES
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.grammar.history.releases import NEWEST, Release
from drytables.judging.verdict import judge
from drytables.page.check import check
from drytables.reading.shell.line import read_line

PACKAGE = Path(__file__).parents[2] / "plugins" / "drytables"


def found_in(code: Code, text: str) -> list[str]:
    """The codes that judging a text finds."""
    if code.on == "page":
        return [each.code for each in report_of(text).all_diagnostics()]
    if code.on == "advice":
        return [each.code for each in check(Source("post.md", text), advises=True).all_diagnostics()]
    command = read_line(Source("-", text))
    if isinstance(command, Diagnostic):
        return [command.code]
    return [each.code for each in judge(command, Release(code.release or NEWEST)).diagnostics]


RUNNABLE = [code for code in CODES.values() if code.on not in ("notebook", "site", "settings", "packet", "length")]


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code)
def test_the_bad_line_has_just_this_fault(code: Code) -> None:
    assert set(found_in(code, code.bad)) == {code}


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code)
def test_the_good_line_has_none(code: Code) -> None:
    assert found_in(code, code.good) == []


def test_a_constant_is_called_what_its_code_is() -> None:
    """So that whoever reads a code in a message finds its constant."""
    for path in (PACKAGE / "diagnostics" / "codes").glob("*.py"):
        for name, code in vars(import_module(f"drytables.diagnostics.codes.{path.stem}")).items():
            if isinstance(code, Code):
                assert name == code.upper().replace("-", "_"), path


def test_every_code_is_used() -> None:
    """Each constant is imported where something is told with it."""
    others = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "codes"]
    used = {word for path in others for word in re.findall(r"[A-Z_]+", path.read_text(encoding="utf-8"))}

    assert {code for code in CODES if code.upper().replace("-", "_") not in used} == set()


def test_a_code_comes_back_whole_from_another_process() -> None:
    code = CODES["bad-value"]
    copy = pickle.loads(pickle.dumps(code))

    assert copy == code
    assert (copy.sentence, copy.on, copy.about) == (code.sentence, code.on, code.about)


def test_a_code_says_what_and_why_in_sentences() -> None:
    for code in CODES.values():
        for sentence in (code.sentence, code.why):
            assert sentence.endswith("."), f"{code}: {sentence}"
