"""What the fuzzer once found falls over no more; and a short soup of its own, the same in each run."""

import random
from pathlib import Path

import pytest
from fuzzing import input_of, throw

CASES = sorted((Path(__file__).parent / "fuzz_cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_found_once_is_answered(case: Path) -> None:
    throw(case.read_bytes())


@pytest.mark.parametrize("seed", range(60))
def test_a_soup_is_answered(seed: int) -> None:
    soup = random.Random(seed).randbytes(2 * random.Random(seed).randrange(120))

    throw(b"\xff" + soup)


def test_the_first_byte_says_what_the_others_are() -> None:
    assert input_of(b"\x00iptables -L") == "iptables -L"
    assert input_of(b"\x80\x00\x00") == "\n"
    assert input_of(b"") == ""
