"""What is measured of each contestant, and the notes that are taken."""

from __future__ import annotations

import math
from enum import Enum
from statistics import median


class Measure(Enum):
    """One kind of figure: what it is called in the table, and its unit."""

    COLD_TIME = ("cold build", "s")
    COLD_PROCESSORS = ("cold build, processor time", "s")
    COLD_MEMORY = ("cold build, memory", "MiB")
    CHANGED_TIME = ("build, one post changed since a cold build", "s")
    CHANGED_AGAIN_TIME = ("build, one post changed since such a build", "s")
    CHANGED_PROCESSORS = ("build, one post changed, processor time", "s")
    CHANGED_MEMORY = ("build, one post changed, memory", "MiB")
    FIRST_COLD = ("server, first page after a cold start", "s")
    FIRST_AGAIN = ("server, first page after a start with what was remembered", "s")
    SAVE = ("server, save to page", "s")
    SERVER_MEMORY = ("server, memory", "MiB")

    def __init__(self, title: str, unit: str) -> None:
        self.title = title
        self.unit = unit


class Notes:
    """All figures of a run."""

    def __init__(self) -> None:
        self._figures: dict[tuple[Measure, int, str], list[float]] = {}

    def take(self, measure: Measure, posts: int, contestant: str, figure: float) -> None:
        """Write down one figure; infinity stands for what took too long."""
        self._figures.setdefault((measure, posts, contestant), []).append(figure)

    def median(self, measure: Measure, posts: int, contestant: str) -> float | None:
        """The median of what was written down; nothing if nothing was."""
        figures = self._figures.get((measure, posts, contestant))
        return None if figures is None else median(figures)

    def took_too_long(self, posts: int, contestant: str) -> bool:
        """Whether a contestant gave up at that size."""
        return any(math.inf in self._figures.get((measure, posts, contestant), ()) for measure in Measure)
