"""Many lines are answered on all processors: in their order, and to the last one."""

import json

import pytest
from drytables.commands import rules
from drytables.formats.records import rule_record
from drytables.grammar.history.releases import NEWEST, Release

NEW = Release(NEWEST)


def answered(lines: list[str]) -> tuple[list[dict[str, object]], bool]:
    """The records of the lines, and whether one is refused."""
    found = [*rules.answers(iter(lines), NEW, 2)]
    text = "".join(part for part, _ in found)
    return [json.loads(line) for line in text.splitlines()], any(refused for _, refused in found)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 95])
def test_each_line_has_its_answer_in_its_place(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Whether they fill one chunk, or many, or none."""
    monkeypatch.setattr(rules, "_CHUNK", 10)
    lines = [f"iptables -A INPUT -p tcp --dport {port} -j ACCEPT" for port in range(count)]

    records, refused = answered(lines)

    assert records == [rule_record(line, NEW) for line in lines]
    assert not refused


def test_a_refused_line_anywhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be it in the last chunk."""
    monkeypatch.setattr(rules, "_CHUNK", 10)

    _, refused = answered(["iptables -L"] * 44 + ["iptables -A INPUT -p tpc"])

    assert refused


def test_only_a_few_chunks_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lines there are, memory holds some of them only."""
    monkeypatch.setattr(rules, "_CHUNK", 10)
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield "iptables -L"

    stream = rules.answers(endless(), NEW, 2)  # type: ignore[arg-type]
    next(stream)
    assert taken <= 10 * (2 * 2 + 2)
    stream.close()


def test_the_releases_that_accept_a_command_may_have_gaps() -> None:
    """`since` is the first that accepts it, `gaps` name those after it that do not, and `misread` why one of these."""
    answer = rule_record("iptables -A INPUT -p tcp ! --syn -m state ! --state NEW", Release(NEWEST))
    assert (answer["since"], answer["gaps"], answer["misread"]) == ("1.1.0", [["1.4.11", "1.4.11.1"]], [])

    answer = rule_record("iptables -A INPUT -p tcp ! --syn", Release(NEWEST))
    assert (answer["since"], answer["gaps"]) == ("1.1.0", [["1.4.11", "1.4.11"]])
    assert answer["misread"] == [
        {"first": "1.4.11", "last": "1.4.11", "message": "the `!` before `--syn` is ignored"},
    ]
