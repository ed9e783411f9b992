"""Measures this site's build and preview beside those of others: `make bench-site`.

The same posts are built and served by each contestant in turn, so that whatever else the machine does meets all alike,
and again in each round. The table has the medians of that one run; below it stands what there is to know about it.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .contestants import ALL, ours
from .contestants.contestant import Contestant
from .measures import Notes
from .process_tree import Failed, TookTooLong
from .table import table
from .trials import STEPS, Trial

EXPLANATION = """
In brackets: what ours takes, as a multiple of it. The figures are medians of one run of {rounds}, in which all took
turns, on {processors} processors ({system}). Memory and processor time are of all that a command starts.
A cold build finds no output and nothing remembered. First page: from the start of the server, with the newest post just
changed, until the front page tells of the change. Save to page: until a GET of the post has the new word. All write the
posts, tags, years, months, archives, the front page in twenties, and a feed of the last hundred; only ours checks the
commands. Stock Pelican has the theme `simple` and our Markdown without typography, Hugo and Eleventy have small themes
of ours, and Eleventy serves with `--incremental`.
"""


def tell(words: str) -> None:
    """Tell what is being done, aside from the table."""
    print(words, file=sys.stderr, flush=True)


def present(chosen: Sequence[Contestant], install: bool) -> list[Contestant]:
    """Those that can be measured. Installs all, if so wished, also over what is half there; otherwise tells how."""
    found = []
    for contestant in chosen:
        if install and contestant.install:
            tell(f"Installing {contestant.name} ...")
            subprocess.run(contestant.install, check=False, stdout=sys.stderr)
        if contestant.is_installed:
            found.append(contestant)
        else:
            tell(f"{contestant.name} is left out: it is not installed. Install it with: make bench-site INSTALL=1")
    return found


def measure(contestants: Sequence[Contestant], size: int, rounds: int, limit: float, notes: Notes) -> None:
    """Let all contestants do everything with that many posts, in turn; raises Failed if one of them fails."""
    with tempfile.TemporaryDirectory(prefix="bench-site-") as folder:
        trials = [Trial(each, Path(folder, each.name), size, limit, notes) for each in contestants]
        for turn in range(rounds):
            for figure, step in STEPS:
                for trial in trials:
                    name = trial.contestant.name
                    if notes.took_too_long(size, name):
                        continue
                    tell(f"{size:,} posts, round {turn + 1} of {rounds}: {figure.title}: {name}")
                    try:
                        step(trial)
                    except TookTooLong:
                        notes.take(figure, size, name, math.inf)
                    except Failed as error:
                        raise Failed(f"{name}, {size:,} posts, {figure.title}: {error}") from None


def at_least_one(words: str) -> int:
    """A number of posts or rounds; raises ValueError for one that makes no sense."""
    if (number := int(words)) < 1:
        raise ValueError
    return number


def command_line() -> argparse.Namespace:
    """What is to be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench_site", description="Measure sites of many posts.")
    parser.add_argument("--sizes", nargs="+", type=at_least_one, default=[2, 100, 1000, 5000], help="numbers of posts")
    parser.add_argument("--contestants", nargs="+", choices=ALL, default=[*ALL], help="who is measured")
    parser.add_argument("--rounds", type=at_least_one, default=3, help="how often")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which something is given up")
    parser.add_argument("--install", action="store_true", help="install the others, into .cache/bench-site")
    chosen = parser.parse_args()
    chosen.sizes.sort()
    return chosen


def explanation(rounds: int) -> str:
    """What there is to know about the table of a run of so many rounds on this machine."""
    return EXPLANATION.format(
        rounds="one round" if rounds == 1 else f"{rounds} rounds",
        processors=os.cpu_count(),
        system=f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}",
    )


def main() -> int:
    """Measure as the command line says, print the table, and return the exit status."""
    chosen = command_line()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, it also ends all that was started.
        signal.signal(number, lambda *_: sys.exit(1))
    contestants = present([ALL[key] for key in chosen.contestants], chosen.install)
    notes = Notes()
    try:
        for size in chosen.sizes:
            measure(contestants, size, chosen.rounds, chosen.limit, notes)
    except Failed as error:
        tell(f"error: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    columns = {each.name: f"{each.name} {each.version()}".rstrip() for each in contestants}
    print(*table(notes, chosen.sizes, columns, ours.name, chosen.limit), sep="\n")
    print(explanation(chosen.rounds), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
