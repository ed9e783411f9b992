"""What Pelican tells this plugin, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drytables.pelican_plugin.further_checks import Found, Trouble, further_checks
from pelican import Pelican, signals

from .built import check_when_built
from .nearby_files import give_facts, settle_all
from .pelicans_words import take_over
from .round import Round
from .told_once import tell_once

_round: Round | None = None


def check_round(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Check a round, before anything of it is written."""
    global _round
    _round = Round(generators)
    yield from _round.found()


def take_round() -> Round | None:
    """Return the last round, once."""
    global _round
    taken, _round = _round, None
    return taken


def begin(pelican: Pelican) -> None:
    """Have the pages checked whenever this Pelican has written them."""
    check_when_built(pelican, take_round)


def connect() -> None:
    """Connect to Pelican's signals, and to drytables'."""
    tell_once()
    take_over()
    signals.initialized.connect(begin)
    signals.content_object_init.connect(give_facts)
    signals.page_generator_finalized.connect(settle_all)
    further_checks.connect(check_round)
