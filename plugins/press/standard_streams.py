"""Standard input, output and error: whoever starts a program may have closed them, or stop reading."""

import os
import sys


def open_closed() -> None:
    """Point closed streams at the null device. Otherwise the next files to be opened would take their descriptors."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # to the end


def say(text: str) -> None:
    """Print what was done. Failing to print it is not a failure: it is done."""
    try:
        print(text, end="", flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be written at the end
        if not isinstance(error, BrokenPipeError):
            print(f"warning: standard output cannot be written to: {error.strerror}", file=sys.stderr)
