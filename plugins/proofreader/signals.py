"""What Pelican tells this plugin, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drytables.pelican_plugin.further_checks import Found, Trouble, further_checks
from finishing import finish_with
from pelican import Pelican, signals

from .nearby_files import give_facts, settle_all
from .pelican_messages import filter_messages
from .pelicans_words import take_over
from .round import Round

#: The attribute of a round's first generator that keeps the round until its pages are written.
_ROUND = "proofreader_round"


def check_round(generators: list[Any]) -> Iterator[Found | Trouble]:
    """Check a round, before anything of it is written."""
    this_round = Round(generators)
    setattr(generators[0], _ROUND, this_round)
    yield from this_round.found()


def check_pages(pelican: Pelican, generators: list[Any]) -> None:
    """Check the pages of a round, if it was one of a site whose sources are checked."""
    this_round = getattr(generators[0], _ROUND, None)
    if this_round is not None:
        from .built import check  # when the pages are written, which a preview never does

        check(pelican, this_round)


def begin(pelican: Pelican) -> None:
    """Have the pages checked whenever this Pelican has written them."""
    finish_with("proofreader", check_pages, pelican)


def connect() -> None:
    """Connect to Pelican's signals, and to drytables'."""
    filter_messages()
    take_over()
    signals.initialized.connect(begin)
    signals.content_object_init.connect(give_facts)
    signals.page_generator_finalized.connect(settle_all)
    further_checks.connect(check_round)
