"""A command that differs from others in its values only gets the answer that it would get by itself."""

import pytest
from drytables.bulk import shapes
from drytables.bulk.shapes import Shapes
from drytables.formats.records import as_line, rule_record
from drytables.grammar.history.releases import NEWEST, Release
from examples import examples
from same_shapes import JUDGED, REMEMBERED, line_of, made_up

NEW = Release(NEWEST)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are judged in full from now on."""
    lines: list[str] = []

    def noted(line: str, release: Release) -> dict[str, object]:
        lines.append(line)
        return rule_record(line, release)

    monkeypatch.setattr(shapes, "rule_record", noted)
    return lines


def answer_in_full(line: str, release: Release) -> tuple[str, bool]:
    """What `Shapes.answer` should say."""
    record = rule_record(line, release)
    return as_line(record), not record["ok"]


@pytest.mark.parametrize("rests", [*REMEMBERED, *JUDGED], ids=lambda rests: rests[2])
def test_the_answer_is_that_of_the_command_alone(rests: tuple[str, ...]) -> None:
    memory = Shapes(NEW)
    lines = [line_of(rest) for rest in (*rests, *rests)]

    assert [memory.answer(line) for line in lines] == [answer_in_full(line, NEW) for line in lines]


@pytest.mark.parametrize("rests", REMEMBERED, ids=lambda rests: rests[2])
def test_what_makes_no_difference_is_not_judged_again(rests: tuple[str, ...], judged: list[str]) -> None:
    first, second, third = map(line_of, rests)
    memory = Shapes(NEW)

    for line in (first, second, third):
        memory.answer(line)

    assert judged == [first, second]


@pytest.mark.parametrize("rests", JUDGED, ids=lambda rests: rests[2])
def test_what_may_make_a_difference_is_judged(rests: tuple[str, ...], judged: list[str]) -> None:
    memory = Shapes(NEW)

    for rest in rests:
        memory.answer(line_of(rest))

    assert judged[-1] == line_of(rests[2])


@pytest.mark.parametrize(("version", "count"), [(NEWEST, 150), ("1.8.7", 40), ("1.4.10", 40), ("1.3.5", 40)])
def test_made_up_commands_are_answered_as_they_are_alone(version: str, count: int) -> None:
    """Of every extension, with values right and wrong, one after the other in one memory."""
    release, memory = Release(version), Shapes(Release(version))
    differing = [line for line in made_up(examples(count)) if memory.answer(line) != answer_in_full(line, release)]

    assert differing == []


def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many shapes there are, and however many values that count."""
    monkeypatch.setattr(shapes, "_MOST", 20)
    memory = Shapes(NEW)

    for number in range(200):
        memory.answer(f"iptables -A INPUT -i eth{number} -j DROP")
        memory.answer(f"iptables -A INPUT -m limit --limit {number + 1}/day")
        assert sum(1 + len(shape.answers) for shape in memory._shapes.values()) <= 2 * 20
