"""A verdict that is repeated for another command is the one that judging it gives, with all that is in its rule."""

from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.formats.records import report_record
from drytables.grammar.history.releases import NEWEST, Release
from drytables.grammar.rule import Rule, Setting, Use
from drytables.judging.acceptance import acceptance
from drytables.judging.verdict import Verdict, judge
from drytables.meaning.canonical import canonical
from drytables.page import shapes
from drytables.page.check import check
from drytables.page.shapes import Shapes
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command
from examples import examples
from same_shapes import JUDGED, REMEMBERED, line_of, made_up

NEW = Release(NEWEST)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be repeated is repeated as early as can be."""
    monkeypatch.setattr(shapes, "_JUDGED", 2)


def command_of(line: str) -> Command | None:
    """The command on a line; None if there is none."""
    command = read_line(Source("-", line))
    return None if isinstance(command, Diagnostic) else command


def laid_open(value: Any) -> Any:
    """A verdict, or anything in it, as tuples that can be compared. A use does not lead back to its rule."""
    match value:
        case Rule():
            facts = tuple(
                (name, laid_open(getattr(value, name))) for name in Rule.__slots__ if name not in ("written", "shared")
            )
            return (canonical(value), *facts)
        case Use():
            return tuple((name, laid_open(getattr(value, name))) for name in Use.__slots__ if name != "rule")
        case Setting():
            return (value.option.name, value.value, value.negated, value.words)
        case Verdict():
            return tuple(map(laid_open, value))
        case dict():
            return [(key, laid_open(each)) for key, each in value.items()]
        case list():
            return [laid_open(each) for each in value]
    return value


def differing(lines: list[str], release: Release) -> list[str]:
    """The lines whose verdict, where one is known without judging, is another than that of the command alone."""
    memory = Shapes(release)
    commands = ((line, command) for line in lines if (command := command_of(line)) is not None)
    return [
        line
        for line, command in commands
        if (known := memory.verdict(command)) is not None and not is_same(known, judge(command, release))
    ]


def is_same(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts are the same in all that is in them, and for which releases they hold."""
    return laid_open(one) == laid_open(other) and acceptance(one) == acceptance(other)


@pytest.mark.parametrize("rests", [*REMEMBERED, *JUDGED], ids=lambda rests: rests[2])
def test_the_verdict_is_that_of_the_command_alone(rests: tuple[str, ...]) -> None:
    assert differing([line_of(rest) for rest in (*rests, *rests)], NEW) == []


def test_a_shape_that_occurs_a_few_times_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_JUDGED", 4)
    memory = Shapes(NEW)
    commands = [command_of(line_of(f"-s 192.0.2.{number} -j DROP")) for number in range(6)]

    assert [memory.verdict(each) is not None for each in commands if each] == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    "rests",
    [*REMEMBERED, ("-d 10.0.0.1 -g A", "-d 10.0.0.2 -g A", "-d 10.0.0.3 -g A")],
    ids=lambda rests: rests[2],
)
def test_the_third_command_of_a_shape_is_not_judged(rests: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Shapes(NEW)
    first, second, third = (command_of(line_of(rest)) for rest in rests)
    assert first is not None and second is not None and third is not None
    memory.verdict(first)
    memory.verdict(second)
    monkeypatch.setattr(shapes, "judge", None)

    known = memory.verdict(third)

    assert known is not None
    assert known.status == "accepted"
    assert all(use.rule is known.rule for use in known.rule.uses())


@pytest.mark.parametrize(("version", "count"), [(NEWEST, 150), ("1.8.7", 30), ("1.4.10", 30), ("1.3.5", 30)])
def test_made_up_commands_are_judged_as_they_are_alone(version: str, count: int) -> None:
    """Of every extension, with values right and wrong, one after the other in one memory."""
    assert differing(made_up(examples(count)), Release(version)) == []


class Forgetful:
    """Knows no verdict, so that each command is judged."""

    def verdict(self, command: Command) -> None:
        """None, for any command."""


PAGES = sorted((*(PROJECT / "tests/golden").glob("*.md"), *(PROJECT / "content/posts").glob("*.md")))


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_pages_are_told_alike_whatever_was_judged_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is told of a page, in one memory again and again, and in none at all."""
    source = Source(file.name, file.read_text(encoding="utf-8"))
    monkeypatch.setattr("drytables.page.judge.shapes_of", lambda version: Forgetful())
    alone = report_record(check(source))
    memories: dict[str, Shapes] = {}
    monkeypatch.setattr(
        "drytables.page.judge.shapes_of", lambda version: memories.setdefault(version, Shapes(Release(version)))
    )

    assert [report_record(check(source)) for _ in range(3)] == [alone] * 3


def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_MOST", 20)
    memory = Shapes(NEW)

    for number in range(200):
        for line in (f"iptables -A IN{number} -j DROP", f"iptables -A INPUT -m limit --limit {number + 1}/day"):
            command = command_of(line)
            assert command is not None
            memory.verdict(command)
        assert sum(1 + len(shape.models) for shape in memory._shapes.values()) <= 2 * 20
