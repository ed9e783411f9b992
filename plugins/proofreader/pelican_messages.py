"""Pelican's own messages: those that repeat a report with a place are dropped, and files are named as the author knows
them.
"""

from __future__ import annotations

import logging
from pathlib import Path

from drytables.pelican_plugin.showing import shown

#: Beginnings of what Pelican says, by the logger that says it: of a link, without its post; of posts with the same
#: title, also where their addresses differ; of a picture without words, without its line; of a link to a file that is
#: not there, which is no source.
_SAID_BETTER = {
    "pelican.contents": ("Unable to find '%s', skipping url replacement", "Replacement Indicator %r not recognized"),
    "pelican.utils": ("There are %s items", "There are %s original"),
    "pelican.cache": ("Cannot get modification stamp",),
    "pelican.readers": ("Empty alt attribute for image",),
}


def _is_news(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_SAID_BETTER.get(record.name, ("\0",)))


def _with_short_paths(record: logging.LogRecord) -> bool:
    """Have a reader name sources relative to the folder that the author is in."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            shown(Path(each)) if isinstance(each, str) and each.startswith("/") else each for each in record.args
        )
    return True


def filter_messages() -> None:
    """Leave out of Pelican's log what is reported better. To be called once or more often."""
    for name, use in (("pelican.readers", _with_short_paths), *((name, _is_news) for name in _SAID_BETTER)):
        filters = logging.getLogger(name).filters
        if use not in filters:
            filters.insert(0, use)  # before Pelican counts what is said, and says that there is more of it
