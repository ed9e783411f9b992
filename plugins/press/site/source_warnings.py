"""The warnings that come up while a source is read: noted instead of shown, and given again for every build."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pelican.log import LimitLogger

#: What Pelican recognizes repetitions by.
_LIMITS = frozenset({"limit_msg", "limit_args"})


class SourceWarning(NamedTuple):
    """One warning: its logger, level and words, and what Pelican limits it by."""

    logger: str
    level: int
    words: str
    limits: dict[str, Any]

    def again(self) -> None:
        """Give the warning once more."""
        logging.getLogger(self.logger).log(self.level, "%s", self.words, extra=self.limits)


class _Notes(logging.Handler):
    """Notes what is said."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[SourceWarning] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        is_debugging = logging.getLogger().getEffectiveLevel() <= logging.DEBUG
        if not is_debugging and not LimitLogger.limit_filter._ignore.isdisjoint(
            {(record.levelno, record.msg), (record.levelno, words)}
        ):
            return  # the author does not want to see it (LOG_FILTER)
        limits = {name: value for name, value in vars(record).items() if name in _LIMITS}
        self.said.append(SourceWarning(record.name, record.levelno, words, limits))


@contextmanager
def noted() -> Iterator[list[SourceWarning]]:
    """Note what is said in a block. Nobody else hears it, and it does not count when Pelican leaves out repetitions."""
    root, notes, limits = logging.getLogger(), _Notes(), LimitLogger.limit_filter
    handlers = root.handlers
    root.handlers = [notes]
    limits.filter = lambda record: True
    try:
        yield notes.said
    finally:
        root.handlers = handlers
        del limits.filter


def forget_repetitions() -> None:
    """Have Pelican repeat what it said in an earlier build of this process."""
    LimitLogger.limit_filter._raised_messages.clear()
    LimitLogger.limit_filter._group_count.clear()
