"""What each contestant has to do: build and serve a site, cold and again, while its posts are edited."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

from .contestants.contestant import Contestant, environment
from .measures import Measure, Notes
from .posts import Post, post, posts
from .process_tree import started
from .server import Server, serving

#: How many posts are saved each time that a server runs.
SAVES = 3
#: Words that no post has.
WORDS = (f"quillwort{number:05}" for number in itertools.count(1))


class Trial:
    """A contestant with a site of so many posts in a folder that is not there yet, and the notes to take.

    What takes longer than `limit` seconds raises TookTooLong, and what goes wrong raises Failed.
    """

    def __init__(self, contestant: Contestant, folder: Path, count: int, limit: float, notes: Notes) -> None:
        self.contestant = contestant
        self.count = count
        self._folder = folder
        self._limit = limit
        self._notes = notes
        folder.mkdir()
        contestant.lay_out(folder, posts(count))
        for each in posts(count):
            contestant.save(folder, each)
        self._newest = max(posts(count), key=lambda each: each.day)

    def build_cold(self) -> None:
        """Build with nothing built or remembered."""
        self.contestant.forget(self._folder)
        self._build(Measure.COLD_TIME, Measure.COLD_PROCESSORS, Measure.COLD_MEMORY)

    def build_again(self) -> None:
        """Build after one post was changed."""
        self._save(self._newest)
        self._build(Measure.CHANGED_TIME, Measure.CHANGED_PROCESSORS, Measure.CHANGED_MEMORY)

    def build_once_more(self) -> None:
        """Build after one post was changed since a build in which one had changed: as on a day of writing."""
        self._save(self._newest)
        self._build(Measure.CHANGED_AGAIN_TIME)

    def serve_cold(self) -> None:
        """Start a server with nothing built or remembered, and wait for the front page."""
        self.contestant.forget(self._folder)
        word = self._save(self._newest)
        begun = time.perf_counter()
        with serving(self.contestant, self._folder, self._limit) as server:
            self._wait(Measure.FIRST_COLD, server, "/", word, begun)

    def serve_again(self) -> None:
        """Start a server after one post was changed, wait for the front page that tells of it, and save some posts."""
        word = self._save(self._newest)
        begun = time.perf_counter()
        with serving(self.contestant, self._folder, self._limit) as server:
            self._wait(Measure.FIRST_AGAIN, server, "/", word, begun)
            for number in range(SAVES):
                chosen = post(number * self.count // SAVES)
                begun = time.perf_counter()
                self._wait(Measure.SAVE, server, chosen.address, self._save(chosen), begun)
            self._note(Measure.SERVER_MEMORY, server.mebibytes)

    def _build(self, *measures: Measure) -> None:
        """Build, and note seconds, seconds of processors and mebibytes, or only the first of these."""
        with started(self.contestant.build, self._folder, environment()) as program:
            taken = program.run_to_end(self._limit)
        for measure, figure in zip(measures, taken, strict=False):
            self._note(measure, figure)

    def _save(self, chosen: Post) -> str:
        """Save a post with a word in it that it did not have; returns the word."""
        word = next(WORDS)
        self.contestant.save(self._folder, chosen.with_word(word))
        return word

    def _wait(self, measure: Measure, server: Server, address: str, word: str, begun: float) -> None:
        """Note how long it takes from `begun` until the word is in the page, and let the server finish its work."""
        server.wait_for(address, word)
        self._note(measure, time.perf_counter() - begun)
        server.rest()

    def _note(self, measure: Measure, figure: float) -> None:
        self._notes.take(measure, self.count, self.contestant.name, figure)


#: In their order, each with the figure that a contestant has none of when it takes too long.
STEPS: tuple[tuple[Measure, Callable[[Trial], None]], ...] = (
    (Measure.COLD_TIME, Trial.build_cold),
    (Measure.CHANGED_TIME, Trial.build_again),
    (Measure.CHANGED_AGAIN_TIME, Trial.build_once_more),
    (Measure.FIRST_COLD, Trial.serve_cold),
    (Measure.FIRST_AGAIN, Trial.serve_again),
)
