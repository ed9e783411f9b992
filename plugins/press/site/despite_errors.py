"""Goes on with a round though a plugin or a template stops it: for a preview that has nothing better to show than what
was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pelican import signals
from pelican.generators import Generator

#: Signals that Pelican sends when it has read the sources of one kind, or all, and when it has written. A plugin that
#: stops it then has found a fault, or has one; Pelican itself could go on.
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
def despite_errors(stopped: Callable[[BaseException], None]) -> Iterator[None]:
    """In a block, call `stopped` with what a plugin raises once sources were read, and go on with the next plugin; and
    with what is wrong with a template, and raise that for the pages of that template only.
    """
    find = Generator.get_template
    unusable: dict[str, Unusable] = {}

    def get_template(generator: Any, name: str) -> Any:
        try:
            return unusable.get(name) or find(generator, name)
        except Exception as error:
            stopped(error)
            unusable[name] = Unusable(error)
            return unusable[name]

    with ExitStack() as ending:
        Generator.get_template = get_template
        ending.callback(setattr, Generator, "get_template", find)
        for signal in _ONCE_READ:
            ending.enter_context(_despite_errors_at(signal, stopped))
        yield


class Unusable:
    """Takes the place of a template that cannot be used."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def render(self, *_: object, **__: object) -> str:
        """Raise what is wrong with the template."""
        raise self._error


@contextmanager
def _despite_errors_at(signal: Any, stopped: Callable[[BaseException], None]) -> Iterator[None]:
    own = vars(signal)  # each signal is an object of its own: what is in here hides its method
    before = own.get("send")
    own["send"] = _sender(signal, stopped) if before is None else _of_a_plugin(before, stopped)
    try:
        yield
    finally:
        if before is None:
            del own["send"]
        else:
            own["send"] = before


def _of_a_plugin(send: Callable[..., Any], stopped: Callable[[BaseException], None]) -> Callable[..., Any]:
    """What a plugin has put in place of the method, to send signals of its own as well."""

    def go_on(*arguments: Any, **named: Any) -> Any:
        try:
            return send(*arguments, **named)
        except (Exception, SystemExit) as error:
            stopped(error)
            return []

    return go_on


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
