"""Goes on with a round though a plugin stops it: for a preview that has nothing better to show than what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pelican import signals

#: What plugins are told when Pelican has read the sources of one kind, or all, and when it has written. Who stops it
#: then has seen a fault in these, or is at fault; what Pelican needs to go on is there.
_ONCE_READ = (
    signals.article_generator_finalized,
    signals.page_generator_finalized,
    signals.static_generator_finalized,
    signals.all_generators_finalized,
    signals.article_writer_finalized,
    signals.page_writer_finalized,
    signals.finalized,
)


@contextmanager
def going_on(stopped: Callable[[BaseException], None]) -> Iterator[None]:
    """In a block, call `stopped` with what a plugin raises once sources were read, and go on with the next plugin."""
    with ExitStack() as ending:
        for signal in _ONCE_READ:
            # Each is an object of its own, of which this hides the method.
            vars(signal)["send"] = _sender(signal, stopped)
            ending.callback(vars(signal).pop, "send")
        yield


def _sender(signal: Any, stopped: Callable[[BaseException], None]) -> Callable[..., list[tuple[Any, Any]]]:
    def send(sender: Any = None, **named: Any) -> list[tuple[Any, Any]]:
        answers = []
        for receiver in signal.receivers_for(sender):
            try:
                answers.append((receiver, receiver(sender, **named)))
            except (Exception, SystemExit) as error:
                stopped(error)
        return answers

    return send
