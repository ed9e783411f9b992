"""`python -m external_links [SETTINGS]`, which `make links` calls in the project.

Variables hold what was typed after `make links`: LINKS_TIMEOUT (`TIMEOUT=`), LINKS_WITHIN (`WITHIN=`) and
LINKS_REMEMBERED (`REMEMBERED=`).

The exit status is 1 if an address is gone or the sources could not be read, 2 for wrong usage, and 0 otherwise: an
address that cannot be reached today, or does not let programs in, is reported but is not a failure.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from drytables.pelican_plugin.showing import show
from press import progress
from press.build_error import BuildError
from press.reports import report

from .limits import Limits, WrongLimit, limits_of
from .memory import Memory
from .mentions.finding import mentions_in
from .mentions.mention import Mention
from .mentions.reading import Sources, read_sources
from .report import faults, summary
from .trying.answer import Answer, Outcome
from .trying.everything import try_all, user_agent
from .trying.places import is_place

USAGE = "usage: python -m external_links [SETTINGS]   in the folder of the project; see `make links`"
#: The file in CACHE_PATH.
_REMEMBERED = "external_links.json"

Mentions = Mapping[str, Sequence[Mention]]


def by_address(sources: Sources, limits: Limits) -> Mentions:
    """Return all addresses that are to be tried, each with its mentions."""
    mentions: dict[str, list[Mention]] = {}
    for each in mentions_in(sources):
        if not limits.ignores(each.address):
            mentions.setdefault(each.address, []).append(each)
    return dict(sorted(mentions.items()))


def answers_to(mentions: Mentions, sources: Sources, limits: Limits) -> tuple[dict[str, Answer], int]:
    """Return the answer to each address, and how many of them were remembered and not asked for."""
    places = {
        address: sorted({each.fragment for each in every if is_place(each.fragment)})
        for address, every in mentions.items()
    }
    memory = Memory(Path(sources.settings["CACHE_PATH"], _REMEMBERED), limits.remembered)
    known = {address: answer for address in mentions if (answer := memory.answer(address, places[address]))}
    asked = {address: bool(places[address]) for address in mentions if address not in known}
    found: dict[str, Answer] = {}

    def tell(address: str, answer: Answer) -> None:
        found[address] = answer
        memory.keep(address, places[address], answer)
        progress.show(f"trying links, {len(found):,} of {len(asked):,}: {address}")

    try:
        try_all(asked, user_agent(sources.settings.get("CANONICAL_SITE", "")), limits, tell)
    finally:
        progress.clear()
        memory.save()
    every = {**known, **found}
    return {address: every[address] for address in mentions}, len(known)


def check(settings_file: Path) -> bool:
    """Try the links of a site, tell of them, and return whether none is gone.

    Raises BuildError, WrongLimit, and whatever the settings and plugins raise.
    """
    sources = read_sources(settings_file)
    limits = limits_of(sources.settings)
    mentions = by_address(sources, limits)
    answers, remembered = answers_to(mentions, sources, limits)
    has_error = show(faults(mentions, answers))
    print(summary(answers, remembered))
    untried = sum(answer.outcome is Outcome.UNTRIED for answer in answers.values())
    if untried:
        print(f"the {limits.within:g} s for all of them were over; run it again, which goes on with what is left")
    return sources.is_whole and not has_error


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line and the environment say, and return the exit status."""
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        is_asked = bool({"-h", "--help"} & {*arguments})
        print(USAGE, file=sys.stdout if is_asked else sys.stderr)
        return 0 if is_asked else 2
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _end)
    progress.begin()
    try:
        return 0 if check(Path(*arguments or ["pelicanconf.py"])) else 1
    except (BuildError, WrongLimit) as error:
        report(str(error))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        report("the links could not be tried", error)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
