"""An order in which each comes after all that it depends on, also where some depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def in_order(start: str, needed_by: Callable[[str], Iterable[str]]) -> Iterator[list[str]]:
    """Yield what `start` depends on, and itself at the end: each in a list, with those that depend on each other in
    one. `needed_by` is asked once for each. This is Tarjan's algorithm without recursion: it takes linear time.
    """
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_ones: list[str] = []
    is_open: set[str] = set()
    way: list[tuple[str, Iterator[str]]] = []

    def enter(one: str) -> None:
        numbers[one] = lowest[one] = len(numbers)
        open_ones.append(one)
        is_open.add(one)
        way.append((one, iter(needed_by(one))))

    enter(start)
    while way:
        one, needed = way[-1]
        for other in needed:
            if other not in numbers:
                enter(other)
                break
            if other in is_open:
                lowest[one] = min(lowest[one], numbers[other])
        else:
            way.pop()
            if way:
                above = way[-1][0]
                lowest[above] = min(lowest[above], lowest[one])
            if lowest[one] == numbers[one]:
                circle = [open_ones.pop()]
                while circle[-1] != one:
                    circle.append(open_ones.pop())
                is_open.difference_update(circle)
                yield circle
