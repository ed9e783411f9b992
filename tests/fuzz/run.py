"""Throws made-up inputs at drytables, guided by the code they reach, for so many seconds: `make fuzz`.

What it finds is shown with its text. Put that into a file of tests/fuzz/found/, behind a byte 0, and it is a test from
then on; a text that no bytes can hold goes into tests/fuzz/test_found.py.
"""

import sys
import tempfile
from pathlib import Path

import atheris

FOUND = Path(__file__).parent / "found"
TESTS = FOUND.parent.parent
sys.path[:0] = [str(TESTS.parent / "plugins"), str(TESTS)]

with atheris.instrument_imports(include=["drytables", "fuzz"]):
    from fuzz.one_input import throw


def main() -> None:
    """Fuzz for the seconds named on the command line."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "300"
    with tempfile.TemporaryDirectory() as found:
        options = [
            f"-max_total_time={seconds}",
            "-timeout=10",
            "-max_len=600",
            "-len_control=0",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, found, str(FOUND)], throw)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
