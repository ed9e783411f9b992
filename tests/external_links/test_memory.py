"""plugins/external_links/memory.py: what was good lately is not asked for again."""

import json
import time
from pathlib import Path

import pytest
from external_links.memory import Memory
from external_links.trying.answer import Answer, Outcome

GOOD = Answer(Outcome.GOOD)


def test_good_answers_are_remembered_for_some_days(tmp_path: Path) -> None:
    """With the places that were there; and not what may be mended tomorrow."""
    file = tmp_path / "new" / "links.json"
    memory = Memory(file, 7)
    memory.keep("a", ["x", "y"], GOOD._replace(ids=frozenset({"x"})))
    memory.keep("b", [], Answer(Outcome.MOVED, moved_to="c"))
    for number, outcome in enumerate((Outcome.GONE, Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.UNTRIED)):
        memory.keep("d", [], GOOD)
        memory.keep("d", [], Answer(outcome, str(number)))
    memory.save()
    again = Memory(file, 7)

    assert again.answer("a", ["x"]) == GOOD
    assert again.answer("a", ["x", "y"]) is None
    assert again.answer("b", []) == Answer(Outcome.MOVED, moved_to="c")
    assert again.answer("d", []) is None
    assert Memory(file, 0).answer("a", []) is None
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize(
    "damage",
    ["", "{", "null", "[]", "[" * 100_000, '{"form": 0, "kept": {"a": {}}}', '{"form": 1, "kept": []}']
    + [
        json.dumps({"form": 1, "kept": {"a": kept}})
        for kept in (None, {}, {"at": "x"}, {"at": 1e99, "outcome": "good"})
    ],
)
def test_what_is_damaged_is_forgotten(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "links.json"
    file.write_text(damage, encoding="utf-8")

    assert Memory(file, 7).answer("a", []) is None


def test_what_comes_from_the_future_is_forgotten(tmp_path: Path) -> None:
    """As after a clock that went wrong: it would be remembered for years."""
    kept = {"at": time.time() + 1e6, "outcome": "good", "moved_to": "", "places": []}
    file = tmp_path / "links.json"
    file.write_text(json.dumps({"form": 1, "kept": {"a": kept}}), encoding="utf-8")

    assert Memory(file, 7).answer("a", []) is None
