"""What the fuzzer once found falls over no more; and a short soup of its own, the same in each run."""

import random
from pathlib import Path

import pytest
from drytables.formats.records import report_record

from fuzz.one_input import answer, input_of, throw

CASES = sorted((Path(__file__).parent / "found").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_found_once_is_answered(case: Path) -> None:
    report = throw(case.read_bytes())

    assert [*report.commands()] or report.all_diagnostics()


@pytest.mark.parametrize(
    "words",
    [
        "-j \ud800",
        "-A INPUT -g \ud800",
        "-A INPUT -o \udfff",
        "-N \ud800",
        "-t \ud800 -L",
        "-s \ud800",
        "-j LOG \udcff",
    ],
)
def test_half_a_character_is_answered(words: str) -> None:
    (checked,) = answer(f"```sh\niptables {words}\n```\n", "commonmark").commands()

    assert len(checked.command.words) == 1 + len(words.split())
    # Whatever is left can be written to a file again.
    assert answer(words, "commonmark").source.text.encode(errors="surrogateescape")


@pytest.mark.parametrize("seed", range(60))
def test_a_soup_is_answered(seed: int) -> None:
    soup = random.Random(seed).randbytes(2 * random.Random(seed).randrange(120))

    data = bytes([0xC0 + 16 * (seed % 4)]) + soup

    assert report_record(throw(data)) == report_record(throw(data)), "the same each time"


def test_the_first_byte_says_what_the_others_are() -> None:
    assert input_of(b"\x00iptables -L") == "iptables -L"
    assert input_of(b"\x80\x00\x00") == "\n"
    assert input_of(b"") == ""
