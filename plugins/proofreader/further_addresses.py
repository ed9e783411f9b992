"""What other plugins write into a site, and links may lead to.

A plugin connects a function to `further_addresses`, which takes the list of Pelican's generators and returns the files
that it will write, by their paths below the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from blinker import Signal

further_addresses = Signal()


def all_further(generators: list[Any]) -> Iterator[str]:
    """Yield what all connected functions return."""
    answers: list[tuple[Any, Iterable[str] | None]] = further_addresses.send(generators)
    for _, names in answers:
        yield from names or ()
