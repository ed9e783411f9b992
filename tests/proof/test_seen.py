"""plugins/proof/seen.py: what was seen, and its short form."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof.seen import Connection, Seen, packed, record, seen_of, unpacked

PACKED = [
    ([], ""),
    ([0], "0"),
    ([0, 0, 0], "0*3"),
    ([0, 1, 2] * 100, "(0 1 2)*100"),
    ([0, 1, 2] * 3 + [0], "(0 1 2)*3 0"),
    ([0] * 7 + [1] + [0] * 2, "0*7 1 0*2"),
    ([0, 0, 1, 0, 0, 1], "(0 0 1)*2"),
]


@pytest.mark.parametrize(("numbers", "text"), PACKED, ids=[text for _, text in PACKED])
def test_an_order_is_short(numbers: list[int], text: str) -> None:
    assert packed(numbers) == text
    assert [*unpacked(text)] == numbers


@given(st.lists(st.integers(0, 4)), st.integers(1, 4))
def test_every_order_comes_back(numbers: list[int], times: int) -> None:
    assert [*unpacked(packed(numbers * times))] == numbers * times


@pytest.mark.parametrize("text", ["x", "(0 1", "0*", "0,1", "(0 1)*9999999999", "-1"])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="order"):
        [*unpacked(text)]


def test_what_was_seen_comes_back_from_json() -> None:
    one = Connection("answered", "192.0.2.1", "server", "192.0.2.9", 80, answers=2, mark=0, connmark=7)
    seen = Seen((one, Connection("dropped"), one, Connection("refused", reason="tcp-reset")), {"x: ": 2})

    data = record(seen)

    assert seen_of(json.loads(json.dumps(data))) == seen
    assert data["order"] == "0 1 0 2"
    assert [each["connections"] for each in data["kinds"]] == [2, 1, 1]


def test_a_connection_has_several_names() -> None:
    one = Connection("answered", "192.0.2.1", "server", "2001:db8::9", 80)

    for label in ("answered", "192.0.2.1", "server:80", "[2001:db8::9]:80", "server", "2001:db8::9"):
        assert one.is_labelled(label)
    assert not any(map(Connection("dropped").is_labelled, ("answered", "server", "192.0.2.1")))
